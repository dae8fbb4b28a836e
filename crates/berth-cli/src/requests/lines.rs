//! A stream with one JSON document a line. It may go on for ever: never more than a line of it is held.
//!
//! Standard input may also be one document or several YAML documents, and tells by its first line.

use std::io::{self, BufRead, Read};
use std::sync::Arc;

use berth_core::input::MAX_BYTES;

use super::text::too_many;
use super::{Piece, Text};
use crate::error::CliError;

/// The lines of a stream, each a piece.
pub(super) struct Lines<R> {
    file: Arc<str>,
    reader: R,
    line: usize,
    /// Must the first line tell whether all is one text?
    sniff: bool,
    ended: bool,
}

impl<R: BufRead> Lines<R> {
    /// A stream that holds one document a line.
    pub(super) fn new(file: Arc<str>, reader: R) -> Self {
        Self { file, reader, line: 0, sniff: false, ended: false }
    }

    /// A stream whose first line tells.
    pub(super) fn sniffing(file: Arc<str>, reader: R) -> Self {
        Self { sniff: true, ..Self::new(file, reader) }
    }

    /// The next line with its line break; nothing at the end. What is too long to be read is skipped.
    fn next_line(&mut self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        Read::by_ref(&mut self.reader).take(too_many()).read_until(b'\n', &mut bytes)?;
        if bytes.len() > MAX_BYTES && !bytes.ends_with(b"\n") {
            self.reader.skip_until(b'\n')?;
        }
        self.line += 1;
        Ok(bytes)
    }

    fn next_piece(&mut self) -> io::Result<Option<Piece>> {
        let mut skipped = Vec::new();
        loop {
            let bytes = self.next_line()?;
            let number = self.line;
            if bytes.is_empty() {
                self.ended = true;
                // A stream that holds nothing is one text that holds nothing.
                let nothing =
                    self.sniff.then(|| Piece::Text(Text::new(Arc::clone(&self.file), skipped, None)));
                return Ok(nothing);
            }
            if bytes.trim_ascii().is_empty() {
                if self.sniff && skipped.len() <= MAX_BYTES {
                    skipped.extend(bytes);
                }
                continue;
            }
            if self.sniff && !is_whole(&bytes) {
                return self.rest(skipped, bytes).map(Some);
            }
            if self.sniff && self.is_last()? {
                self.ended = true;
                skipped.extend(bytes);
                return Ok(Some(Piece::Text(Text::new(Arc::clone(&self.file), skipped, None))));
            }
            self.sniff = false;
            return Ok(Some(Piece::Text(Text::of_line(Arc::clone(&self.file), bytes, number))));
        }
    }

    /// Does nothing but white space follow? Line breaks on the way are counted.
    fn is_last(&mut self) -> io::Result<bool> {
        loop {
            let buffer = self.reader.fill_buf()?;
            if buffer.is_empty() {
                return Ok(true);
            }
            let blank = buffer.len() - buffer.trim_ascii_start().len();
            let found = blank < buffer.len();
            // A byte before the next line's text is no line break: the line itself is still whole.
            self.line += buffer.iter().take(blank).filter(|byte| **byte == b'\n').count();
            self.reader.consume(blank);
            if found {
                return Ok(false);
            }
        }
    }

    /// All of it as one text.
    fn rest(&mut self, mut skipped: Vec<u8>, line: Vec<u8>) -> io::Result<Piece> {
        self.ended = true;
        skipped.extend(line);
        Read::by_ref(&mut self.reader).take(too_many()).read_to_end(&mut skipped)?;
        Ok(Piece::Text(Text::new(Arc::clone(&self.file), skipped, None)))
    }
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        if self.ended {
            return None;
        }
        self.next_piece().unwrap_or_else(|error| {
            self.ended = true;
            Some(Piece::Trouble(CliError::unreadable(self.file.as_ref().as_ref(), &error)))
        })
    }
}

/// Is the line a JSON map from its first to its last brace, right or wrong? A line of a longer JSON text closes less
/// than it opens.
fn is_whole(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    let line = line.strip_prefix("\u{feff}".as_bytes()).unwrap_or(line);
    if !line.starts_with(b"{") || !line.ends_with(b"}") {
        return false;
    }
    let (mut depth, mut in_string, mut escaped) = (0i64, false, false);
    for byte in line {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'{' if !in_string => depth += 1,
            b'}' if !in_string => depth -= 1,
            _ => {}
        }
    }
    depth == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(stream: &str) -> Vec<(usize, bool, String)> {
        let lines = Lines::sniffing("-".into(), stream.as_bytes());
        lines
            .map(|piece| match piece {
                Piece::Text(text) => (text.first_line, text.is_line, text.content),
                other => panic!("{other:?}"),
            })
            .collect()
    }

    #[test]
    fn a_document_a_line_is_a_stream_also_when_one_is_broken() {
        let found = texts("\n{\"team\":\"payments\",}\n\n{\"team\":\"}\"}\nteam: x\n");
        let lines: Vec<usize> = found.iter().map(|(line, ..)| *line).collect();
        assert_eq!(lines, [2, 4, 5]);
        assert!(found.iter().all(|(_, is_line, _)| *is_line));
    }

    #[test]
    fn everything_else_is_one_text() {
        for text in [
            "{\n  \"team\": \"payments\"\n}\n",
            "{\"team\": \"payments\"}\n",
            "{\"parameters\": {}\n}\n",
            "\nteam: payments\n---\nteam: checkout\n",
            "[1]\n",
            "",
            "\n \n",
        ] {
            assert_eq!(texts(text), [(1, false, text.to_owned())]);
        }
    }

    #[test]
    fn a_line_that_is_too_long_does_not_hide_the_next() {
        let long = format!("{{}}\n{{{}\n{{}}\n", " ".repeat(2 * MAX_BYTES));
        let found = texts(&long);
        assert_eq!(found.len(), 3);
        assert_eq!((found[2].0, found[2].2.as_str()), (3, "{}\n"));
    }
}
