//! The nodes of one YAML document with their positions. After an error of syntax,
//! and beyond the reader's limits, there are no more of them.

use std::borrow::Cow;
use std::ops::Range;

use granit_parser::Event;

use super::{Kind, MAX_MARKS, Mark};
use crate::input::yaml::{bytes, events, is_left_out};

/// The marks of a document; they are counted without the empty ones.
pub(super) fn marks(text: &str, document: usize) -> Vec<Mark<'_>> {
    let mut marks: Vec<Mark<'_>> = Vec::new();
    let mut seen = 0;
    for (event, span) in events(text).map_while(Result::ok) {
        if matches!(event, Event::DocumentEnd) && !marks.is_empty() {
            if seen == document {
                return marks;
            }
            seen += 1;
            marks.clear();
        }
        if marks.is_empty() && is_left_out(&event, &span) {
            continue;
        }
        let content_end = marks.last().map_or(0, |mark| mark.range.end);
        if let Some(mark) = mark(event, trimmed(text, bytes(&span)), content_end) {
            marks.push(mark);
        }
        if marks.len() > MAX_MARKS {
            break;
        }
    }
    if seen == document { marks } else { Vec::new() }
}

fn mark(event: Event<'_>, range: Range<usize>, content_end: usize) -> Option<Mark<'_>> {
    let anchor = event.anchor_id().unwrap_or(0);
    let alias = event.alias_id().unwrap_or(0);
    let (kind, text) = match event {
        Event::Scalar(text, ..) => (Kind::Scalar, text),
        Event::MappingStart(..) => (Kind::Map, Cow::default()),
        Event::SequenceStart(..) => (Kind::List, Cow::default()),
        Event::Alias(_) => (Kind::Scalar, Cow::default()),
        Event::MappingEnd | Event::SequenceEnd => {
            // A block ends where the next token begins, which may be lines further down.
            let range = if range.is_empty() { content_end..content_end } else { range };
            return Some(Mark { kind: Kind::Close, text: Cow::default(), range, anchor, alias });
        }
        _ => return None,
    };
    Some(Mark { kind, text, range, anchor, alias })
}

/// Without the blank lines after a block scalar.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let length = text.get(range.clone()).map_or(0, |slice| slice.trim_end().len());
    range.start..range.start + length
}
