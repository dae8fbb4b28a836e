//! YAML text to values: granit-parser reads, this module builds. What a scalar means is left to `scalar`, copies to
//! `anchors`, bad syntax to `syntax`.

mod anchors;
mod problem;
mod scalar;
mod syntax;

pub(super) use problem::YamlProblem;

use std::ops::Range;

use granit_parser::{Event, Parser, ScalarStyle, Span, StrInput, options};
use serde_json::map::Entry;
use serde_json::{Map, Value};

use super::Documents;
use super::error::{Fault, Problem};
use super::limits::{Budget, MAX_DEPTH, deeper};
use super::pointer::Step;
use anchors::Anchors;

/// Reads the documents of a text that are not empty.
pub(super) fn parse(text: &str, wanted: Documents) -> Result<Vec<Value>, Fault> {
    let mut reader =
        Reader { text, events: events(text), anchors: Anchors::default(), budget: Budget::default() };
    let mut documents = Vec::new();
    loop {
        let document = documents.len();
        match reader.document(document, wanted).map_err(|fault| Fault { document, ..fault })? {
            Read::Value(value) => documents.push(value),
            Read::Empty => {}
            Read::End => return Ok(documents),
        }
    }
}

/// The events of a text, as reading and locating both need them.
pub(super) fn events(text: &str) -> Parser<'_, StrInput<'_>> {
    let options = options! {
        emit_comments: false,
        flow_nesting_limit: MAX_DEPTH,
        block_nesting_limit: MAX_DEPTH,
    };
    Parser::new_from_str_with_options(text, options)
}

/// Whether a document's first node says that nothing is in the document.
pub(super) fn is_left_out(root: &Event<'_>, span: &Span) -> bool {
    matches!(root, Event::Scalar(_, ScalarStyle::Plain, 0, None)) && bytes(span).is_empty()
}

/// The bytes of an event; granit-parser promises them for a text that is in memory.
pub(super) fn bytes(span: &Span) -> Range<usize> {
    span.byte_range().unwrap_or_default()
}

/// What stands between two ends of documents.
enum Read {
    Value(Value),
    Empty,
    End,
}

struct Reader<'t> {
    text: &'t str,
    events: Parser<'t, StrInput<'t>>,
    anchors: Anchors,
    budget: Budget,
}

impl<'t> Reader<'t> {
    fn document(&mut self, index: usize, wanted: Documents) -> Result<Read, Fault> {
        loop {
            let (event, span) = self.next()?;
            match event {
                Event::StreamEnd => return Ok(Read::End),
                Event::DocumentStart(_, Some(version)) if (version.major, version.minor) != (1, 2) => {
                    let version = format!("{}.{}", version.major, version.minor);
                    return Err(Fault::at(YamlProblem::Version { version }.into(), bytes(&span)));
                }
                event if event.is_node() => {
                    if is_left_out(&event, &span) {
                        return Ok(Read::Empty);
                    }
                    if index > 0 && wanted == Documents::One {
                        return Err(Fault::at(YamlProblem::SecondDocument.into(), bytes(&span)));
                    }
                    return self.node(event, &span, 0).map(Read::Value);
                }
                _ => {}
            }
        }
    }

    fn next(&mut self) -> Result<(Event<'t>, Span), Fault> {
        match self.events.next_event() {
            Some(Ok(next)) => Ok(next),
            Some(Err(error)) => Err(syntax::fault(self.text, &error)),
            None => Ok((Event::StreamEnd, Span::default())),
        }
    }

    /// The value that begins with `event`; `depth` counts the lists and maps around it.
    fn node(&mut self, event: Event<'t>, span: &Span, depth: usize) -> Result<Value, Fault> {
        let at = |problem| Fault::at(problem, bytes(span));
        let anchor = event.anchor_id();
        let value = match event {
            Event::Alias(anchor) => {
                let alias = self.written(span);
                return self.anchors.copy(anchor, alias, depth, &mut self.budget).map_err(at);
            }
            Event::Scalar(text, style, _, tag) => scalar::value(text, style, tag.as_deref()).map_err(at)?,
            Event::SequenceStart(_, _, tag) => {
                scalar::check_tag(tag.as_deref(), "seq", "a list").map_err(at)?;
                self.list(deeper(depth).map_err(at)?)?
            }
            Event::MappingStart(_, _, tag) => {
                scalar::check_tag(tag.as_deref(), "map", "a map").map_err(at)?;
                self.map(deeper(depth).map_err(at)?)?
            }
            _ => return Err(at(YamlProblem::EndsEarly.into())),
        };
        self.budget.take(1).map_err(at)?;
        if let Some(anchor) = anchor {
            self.anchors.keep(anchor, &value, &mut self.budget).map_err(at)?;
        }
        Ok(value)
    }

    fn list(&mut self, depth: usize) -> Result<Value, Fault> {
        let mut list = Vec::new();
        loop {
            let (event, span) = self.next()?;
            if matches!(event, Event::SequenceEnd) {
                return Ok(Value::Array(list));
            }
            let item =
                self.node(event, &span, depth).map_err(|fault| fault.under(Step::Index(list.len())))?;
            list.push(item);
        }
    }

    fn map(&mut self, depth: usize) -> Result<Value, Fault> {
        let mut map = Map::new();
        loop {
            let (event, span) = self.next()?;
            if matches!(event, Event::MappingEnd) {
                return Ok(Value::Object(map));
            }
            match map.entry(self.key(event, &span, depth)?) {
                Entry::Vacant(slot) => {
                    let (event, span) = self.next()?;
                    let value = self
                        .node(event, &span, depth)
                        .map_err(|fault| fault.under(Step::Key(slot.key().clone())))?;
                    slot.insert(value);
                }
                Entry::Occupied(slot) => {
                    let key = slot.key().clone();
                    return Err(Fault::of(Problem::DuplicateKey { key: key.clone() }).under(Step::Key(key)));
                }
            }
        }
    }

    fn key(&mut self, event: Event<'t>, span: &Span, depth: usize) -> Result<String, Fault> {
        let written = self.written(span);
        let refuse = |problem: YamlProblem| {
            Fault::at(problem.into(), bytes(span)).under(Step::Key(written.to_owned()))
        };
        if matches!(&event, Event::Scalar(text, ScalarStyle::Plain, _, None) if text == "<<") {
            return Err(refuse(YamlProblem::MergeKey));
        }
        let is_scalar = matches!(event, Event::Scalar(..));
        let kind = match self.node(event, span, depth) {
            Ok(Value::String(key)) => return Ok(key),
            Ok(Value::Null) => "null",
            Ok(Value::Bool(_)) => "a boolean",
            Ok(Value::Number(_)) => "a number",
            Err(fault) if is_scalar && fault.problem.is_number() => "a number",
            Ok(Value::Array(_)) => {
                return Err(Fault::at(YamlProblem::KeyNotScalar { kind: "a list" }.into(), bytes(span)));
            }
            Ok(Value::Object(_)) => {
                return Err(Fault::at(YamlProblem::KeyNotScalar { kind: "a map" }.into(), bytes(span)));
            }
            Err(fault) => return Err(fault),
        };
        Err(refuse(YamlProblem::KeyNotText { text: written.to_owned(), kind }))
    }

    fn written(&self, span: &Span) -> &'t str {
        span.slice(self.text).unwrap_or_default()
    }
}
