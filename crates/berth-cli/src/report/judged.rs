//! A request with its decision: every violation with the lines that it is about.

use std::fmt::Write;

use annotate_snippets::Renderer;
use berth_core::decide::{ApprovalRequirement, Decision, Violation};
use berth_core::document::Severity;
use berth_core::input::{InputError, Location, locate, locate_key};
use berth_core::{Berth, Context};
use serde::Serialize;

use super::{Notice, Place};
use crate::output::Styles;
use crate::requests::Text;

/// The most violations of a request that are looked up in its text: each takes a walk through it.
const MOST: usize = 50;

/// A request, judged, and where it stands.
#[derive(Debug)]
pub(crate) struct Judged<'a> {
    pub(crate) text: &'a Text,
    /// Its place among the documents of the text, from 0, and how many there are.
    pub(crate) document: (usize, usize),
    pub(crate) decision: Decision<'a>,
    /// Why it could not be read.
    unread: Option<&'a InputError>,
}

/// A line and a column, both from 1.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Position {
    line: usize,
    column: usize,
}

impl From<&Location> for Position {
    fn from(location: &Location) -> Self {
        Self { line: location.line, column: location.column }
    }
}

impl<'a> Judged<'a> {
    /// A request that was judged.
    pub(crate) fn new(text: &'a Text, document: (usize, usize), decision: Decision<'a>) -> Self {
        Self { text, document, decision, unread: None }
    }

    /// A text that could not be read: a decision like any other, with this as its violation.
    pub(crate) fn unread(
        berth: &'a Berth,
        context: &'a Context,
        text: &'a Text,
        error: &'a InputError,
    ) -> Self {
        // What a decision says about no request at all stands around the violation.
        let mut decision = berth.decide(&serde_json::Value::Null, context);
        decision.violations = vec![Violation {
            code: error.code.into(),
            path: error.pointer.as_deref().unwrap_or_default().into(),
            message: (&*error.message).into(),
            hint: error.hint.as_deref().map(Into::into),
            severity: Severity::Error,
        }];
        Self { text, document: (0, 1), decision, unread: Some(error) }
    }

    /// Where each violation stands, as far as that is known.
    pub(crate) fn positions(&self) -> Vec<Option<Position>> {
        let position = |violation| {
            let location = self.location(violation)?;
            Some(Position { line: self.text.first_line + location.line - 1, column: location.column })
        };
        self.decision.violations.iter().take(MOST).map(position).collect()
    }

    /// How many of the violations don't make the request invalid.
    pub(crate) fn warnings(&self) -> usize {
        self.count(Severity::Warning)
    }

    fn count(&self, severity: Severity) -> usize {
        self.decision.violations.iter().filter(|violation| violation.severity == severity).count()
    }

    fn location(&self, violation: &Violation<'_>) -> Option<Location> {
        if let Some(error) = self.unread {
            return error.location;
        }
        let find = if violation.code == "unknown-field" { locate_key } else { locate };
        find(&self.text.content, self.text.format, self.document.0, &violation.path)
    }

    fn excerpt(&self, violation: &Violation<'_>, renderer: &Renderer) -> String {
        let location = self.location(violation);
        let place = location.as_ref().map(|location| Place {
            name: Some(self.text.name()),
            text: &self.text.content,
            first_line: self.text.first_line,
            location,
            first: self.unread.and_then(|error| error.first.as_deref()),
        });
        // Without a place the message must say what it is about.
        let message = match place {
            Some(_) => violation.message.clone(),
            None => format!("{}: {}", self.text.name(), violation.message).into(),
        };
        let notice = match violation.severity {
            Severity::Error => Notice::error(&message),
            Severity::Warning => Notice::warning(&message),
        };
        notice.code(&violation.code).hint(violation.hint.as_deref()).place(place).render(renderer)
    }
}

/// Every violation with an empty line behind it; nothing when there is none.
pub(crate) fn excerpts(judged: &Judged<'_>, renderer: &Renderer) -> String {
    let violations = &judged.decision.violations;
    let mut text = String::new();
    for violation in violations.iter().take(MOST) {
        text.push_str(&judged.excerpt(violation, renderer));
        text.push_str("\n\n");
    }
    if let Some(more) = violations.len().checked_sub(MOST).filter(|more| *more > 0) {
        let message = format!("{}: {more} more violations are not shown", judged.text.name());
        text.push_str(&Notice::warning(&message).render(renderer));
        text.push_str("\n\n");
    }
    text
}

/// What became of a single request, in a line.
pub(crate) fn verdict(judged: &Judged<'_>, styles: &Styles) -> String {
    let decision = &judged.decision;
    let name = judged.text.name();
    if !decision.valid {
        let errors = judged.count(Severity::Error);
        let (bad, plural) = (styles.bad, if errors == 1 { "" } else { "s" });
        return format!("{name}: {bad}invalid{bad:#}, {errors} error{plural}");
    }
    let good = styles.good;
    let mut line =
        format!("{name}: {good}valid{good:#}, {} a month", decision.cost.amount(decision.cost.monthly));
    if decision.approval.required {
        let who: Vec<String> = decision.approval.requirements.iter().map(approvers).collect();
        line.push_str(", needs approval by ");
        line.push_str(&who.join(" and by "));
    } else {
        line.push_str(", no approval needed");
    }
    line
}

/// Who must approve, as it follows "by".
pub(crate) fn approvers(requirement: &ApprovalRequirement<'_>) -> String {
    let groups = requirement.by.join(" or ");
    if requirement.count == 1 { groups } else { format!("{} of {groups}", requirement.count) }
}

/// Which options may still be chosen, and why the others may not, parameter by parameter.
pub(crate) fn options(judged: &Judged<'_>, styles: &Styles) -> String {
    let Styles { strong, faint, good, bad, .. } = styles;
    let mut text = String::new();
    for (parameter, options) in judged.decision.options.iter().flatten() {
        let _ = writeln!(text, "{strong}{parameter}{strong:#}");
        let widest = options.iter().map(|option| option.value.chars().count()).max().unwrap_or_default();
        for option in options {
            let pad = widest - option.value.chars().count();
            let _ = match (&option.reason, option.allowed) {
                (Some(reason), false) => {
                    writeln!(text, "  {bad}no{bad:#}   {}{:pad$}  {faint}{reason}{faint:#}", option.value, "")
                }
                _ => writeln!(text, "  {good}yes{good:#}  {}", option.value),
            };
        }
    }
    text.push('\n');
    text
}
