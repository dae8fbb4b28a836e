//! The stream of events that Argo Server sends, read line by line.

use std::io::{self, BufRead, Read};

use serde::Deserialize;
use serde_json::Value;

/// The longest event that is read.
const MOST_BYTES: u64 = 16 << 20;

/// What happened to a Workflow.
#[derive(Debug, PartialEq)]
pub(super) enum Event {
    /// It is there, or has changed.
    Stands(Box<Value>),
    /// It was deleted.
    Deleted,
}

/// The events of a stream. It ends when the connection does, or with whatever else is not an event.
#[derive(Debug)]
pub(super) struct Events<R> {
    reader: R,
}

#[derive(Deserialize)]
struct Message {
    result: Change,
}

#[derive(Deserialize)]
struct Change {
    #[serde(rename = "type")]
    kind: String,
    object: Value,
}

impl<R: BufRead> Events<R> {
    pub(super) fn new(reader: R) -> Self {
        Self { reader }
    }

    fn next_event(&mut self) -> io::Result<Option<Event>> {
        let mut line = String::new();
        loop {
            line.clear();
            if Read::by_ref(&mut self.reader).take(MOST_BYTES).read_line(&mut line)? == 0 {
                return Ok(None);
            }
            // Everything else is an empty line or a sign of life.
            let Some(data) = line.strip_prefix("data:") else { continue };
            let Ok(Message { result }) = serde_json::from_str(data) else { return Ok(None) };
            return Ok(match result.kind.as_str() {
                "ADDED" | "MODIFIED" => Some(Event::Stands(Box::new(result.object))),
                "DELETED" => Some(Event::Deleted),
                _ => None,
            });
        }
    }
}

impl<R: BufRead> Iterator for Events<R> {
    type Item = Event;

    fn next(&mut self) -> Option<Event> {
        // A connection that breaks is one that ended: whoever watches looks again.
        self.next_event().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn events_are_read_between_signs_of_life() {
        let stream = concat!(
            ":\n\n",
            "data: {\"result\":{\"type\":\"ADDED\",\"object\":{\"a\":1}}} \n\n\n",
            "data: {\"result\":{\"type\":\"DELETED\",\"object\":{}}}\n\n",
            "data: {\"error\":{\"message\":\"EOF\"}}\n\n",
            "data: {\"result\":{\"type\":\"ADDED\",\"object\":{}}}\n\n",
        );
        let events: Vec<Event> = Events::new(stream.as_bytes()).collect();
        assert_eq!(events, [Event::Stands(Box::new(json!({"a": 1}))), Event::Deleted]);
    }
}
