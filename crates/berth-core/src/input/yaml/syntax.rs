//! What granit-parser says about broken YAML, with a position and with help.

use granit_parser::{ErrorKind, ScanError};

use super::YamlProblem;
use crate::input::error::{Fault, LONE_SURROGATE, Problem, WRITE_BOTH_HALVES};

/// The fault behind an error of granit-parser in `text`.
pub(super) fn fault(text: &str, error: &ScanError) -> Fault {
    let marker = error.marker();
    let start = marker
        .byte_offset()
        .or_else(|| text.char_indices().nth(marker.index()).map(|(at, _)| at))
        .unwrap_or(text.len());
    let rest = text.get(start..).unwrap_or_default();
    match error.kind() {
        ErrorKind::RecursionLimitExceeded => Fault::at(Problem::TooDeep, start..start + first(rest)),
        ErrorKind::UnknownAnchor => {
            let end =
                rest.find(|next: char| next.is_whitespace() || ",[]{}".contains(next)).unwrap_or(rest.len());
            let alias = rest.get(..end).unwrap_or_default().to_owned();
            Fault::at(YamlProblem::UnknownAlias { alias }.into(), start..start + end)
        }
        kind => {
            // A scalar is reported at its beginning, which may be lines above the tab.
            let start = if is_tab(kind) { start + rest.find('\t').unwrap_or(0) } else { start };
            let rest = text.get(start..).unwrap_or_default();
            let problem = Problem::Syntax { language: "YAML", why: why(kind), hint: hint(kind) };
            Fault::at(problem, start..start + first(rest))
        }
    }
}

/// The length of the first character.
fn first(rest: &str) -> usize {
    rest.chars().next().map_or(0, char::len_utf8)
}

fn why(kind: &ErrorKind) -> String {
    match kind {
        ErrorKind::UnexpectedCharacter { character: '`' } => "text can't begin with a backtick".to_owned(),
        ErrorKind::UnexpectedCharacter { character } => format!("text can't begin with `{character}`"),
        ErrorKind::UnclosedFlowCollection { open } => format!("bracket `{open}` is not closed"),
        ErrorKind::UnclosedQuotedScalar => "a quote is not closed".to_owned(),
        ErrorKind::MappingValueNotAllowed | ErrorKind::InvalidColonPlacement => {
            "a `:` stands where no key can be".to_owned()
        }
        ErrorKind::SimpleKeyExpected => "no `:` follows a key".to_owned(),
        ErrorKind::ExpectedBlockMappingKey => "this does not fit the indentation above it".to_owned(),
        ErrorKind::BlockSequenceEntryNotAllowed => "a list can't begin here".to_owned(),
        ErrorKind::MisplacedFlowCollectionEnd => "a closing bracket has no opening one".to_owned(),
        ErrorKind::UnknownQuotedScalarEscape => "unknown escape in a string".to_owned(),
        ErrorKind::UndeclaredTagHandle => "a tag's handle is not declared".to_owned(),
        kind if is_tab(kind) => "a tab stands where spaces should".to_owned(),
        ErrorKind::UnpairedLowSurrogate
        | ErrorKind::MissingLowSurrogate
        | ErrorKind::InvalidLowSurrogate
        | ErrorKind::InvalidUnicodeEscape => LONE_SURROGATE.to_owned(),
        other => other.to_string(),
    }
}

fn hint(kind: &ErrorKind) -> Option<&'static str> {
    match kind {
        kind if is_tab(kind) => Some("indent by spaces instead of tabs"),
        ErrorKind::UnexpectedCharacter { .. } => Some("put the text in quotes"),
        ErrorKind::UnclosedFlowCollection { .. }
        | ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::UnexpectedEofFlowSequence => Some("write the closing bracket"),
        ErrorKind::UnclosedQuotedScalar => Some("write the closing quote"),
        ErrorKind::MappingValueNotAllowed | ErrorKind::InvalidColonPlacement => {
            Some("put text that holds `: ` in quotes, and check the indentation")
        }
        ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey => {
            Some("write `key: value`, or put text of several lines in quotes")
        }
        ErrorKind::InvalidIndentation
        | ErrorKind::ExpectedBlockMappingKey
        | ErrorKind::ExpectedBlockSequenceEntry => {
            Some("begin the entries of one map or list in the same column")
        }
        ErrorKind::BlockSequenceEntryNotAllowed => Some("begin each item of a list on its own line"),
        ErrorKind::MisplacedFlowCollectionEnd => Some("remove it, or put the text in quotes"),
        ErrorKind::UnknownQuotedScalarEscape => {
            Some("write `\\\\` for a backslash, or use single quotes, where it is only itself")
        }
        ErrorKind::UnpairedLowSurrogate
        | ErrorKind::MissingLowSurrogate
        | ErrorKind::InvalidLowSurrogate
        | ErrorKind::InvalidUnicodeEscape => Some(WRITE_BOTH_HALVES),
        ErrorKind::UndeclaredTagHandle => Some("remove the tag"),
        _ => None,
    }
}

fn is_tab(kind: &ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::TabNotAllowed
            | ErrorKind::TabInBlockIndentation
            | ErrorKind::TabInIndentation
            | ErrorKind::TabAtBlockScalarStart
            | ErrorKind::TabInPlainScalar
    )
}
