//! An error, a warning or a remark with the lines that it is about, as compilers show it.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use berth_core::input::Location;

/// Something to tell, perhaps about a place in a text.
#[derive(Debug)]
pub(crate) struct Notice<'a> {
    level: Option<Level<'static>>,
    code: Option<&'a str>,
    message: &'a str,
    remark: Option<&'a str>,
    hint: Option<&'a str>,
    place: Option<Place<'a>>,
}

/// A place in a text.
#[derive(Debug)]
pub(crate) struct Place<'a> {
    /// What the text is called; without it only its lines are shown.
    pub(crate) name: Option<&'a str>,
    /// The text that `location` counts in.
    pub(crate) text: &'a str,
    /// The number of the text's first line.
    pub(crate) first_line: usize,
    pub(crate) location: &'a Location,
    /// Another place to look at: the first of two equal keys.
    pub(crate) first: Option<&'a Location>,
}

impl<'a> Notice<'a> {
    /// Something that is wrong.
    pub(crate) fn error(message: &'a str) -> Self {
        Self { level: Some(Level::ERROR), code: None, message, remark: None, hint: None, place: None }
    }

    /// Something that somebody should know.
    pub(crate) fn warning(message: &'a str) -> Self {
        Self { level: Some(Level::WARNING), ..Self::error(message) }
    }

    /// Something worth knowing.
    pub(crate) fn note(message: &'a str) -> Self {
        Self { level: Some(Level::NOTE), ..Self::error(message) }
    }

    /// Something that is wrong, where the message says everything.
    pub(crate) fn bare(message: &'a str) -> Self {
        Self { level: None, ..Self::error(message) }
    }

    pub(crate) fn code(self, code: &'a str) -> Self {
        Self { code: Some(code), ..self }
    }

    /// What else there is to say.
    pub(crate) fn remark(self, remark: Option<&'a str>) -> Self {
        Self { remark, ..self }
    }

    /// What to do.
    pub(crate) fn hint(self, hint: Option<&'a str>) -> Self {
        Self { hint, ..self }
    }

    pub(crate) fn place(self, place: Option<Place<'a>>) -> Self {
        Self { place, ..self }
    }

    /// As text, without a line break at its end.
    pub(crate) fn render(self, renderer: &Renderer) -> String {
        let level = self.level.unwrap_or_else(|| Level::ERROR.no_name());
        let mut title = level.primary_title(self.message);
        if let Some(code) = self.code {
            title = title.id(code);
        }
        let mut group = Group::with_title(title);
        if let Some(place) = &self.place {
            group = group.element(place.snippet());
        }
        // Both may quote what somebody wrote.
        if let Some(remark) = self.remark {
            group = group.element(Level::NOTE.message(annotate_snippets::normalize_untrusted_str(remark)));
        }
        if let Some(hint) = self.hint {
            group = group.element(Level::HELP.message(annotate_snippets::normalize_untrusted_str(hint)));
        }
        renderer.render(&[group])
    }
}

impl<'a> Place<'a> {
    /// The lines, cut out: a text may be long, and only its lines are looked at.
    fn snippet(&self) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
        let from = self.first.map_or(self.location.start, |first| first.start.min(self.location.start));
        let from_line = self.first.map_or(self.location.line, |first| first.line.min(self.location.line));
        let begin = line_start(self.text, from);
        let end = line_end(self.text, self.location.start);
        let lines = self.text.get(begin..end).unwrap_or_default();
        let span = |location: &Location| -> Range<usize> {
            let start = location.start.saturating_sub(begin).min(lines.len());
            // What is missing stands nowhere: the list or map around it is pointed at.
            let stop = if location.exact {
                location.end.min(line_end(self.text, location.start)).saturating_sub(begin)
            } else {
                start + lines.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8)
            };
            start..stop.clamp(start, lines.len())
        };
        let mut snippet = Snippet::source(lines)
            .line_start(self.first_line + from_line - 1)
            .annotation(AnnotationKind::Primary.span(span(self.location)));
        if let Some(first) = self.first {
            snippet = snippet.annotation(AnnotationKind::Context.span(span(first)).label("first here"));
        }
        match self.name {
            Some(name) => snippet.path(name),
            None => snippet,
        }
    }
}

fn line_start(text: &str, at: usize) -> usize {
    let bom = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    text.get(..at).and_then(|before| before.rfind('\n')).map_or(bom, |newline| newline + 1)
}

fn line_end(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let line = rest.split('\n').next().unwrap_or_default();
    at + line.strip_suffix('\r').unwrap_or(line).len()
}
