//! YAML, for people and for every YAML reader. Where things stand: indentation, dashes, keys; how strings look is left to
//! `string`.
//!
//! The layout is kubectl's own: block style, two spaces, lists not indented under their key, nothing folded. A string
//! stands without quotes only where no reader, of YAML 1.1 or 1.2, could take it for something else.

mod string;

use crate::{Kind, Sink, push_integer};
use string::{Style, write_line};

/// Readers look at most 1024 characters ahead for the `:` after a key; a longer key is announced by `?`.
const LONGEST_SIMPLE_KEY: usize = 1000;

/// A document that is being written.
#[derive(Debug)]
pub(crate) struct Yaml<'o> {
    out: &'o mut String,
    /// Where the next value stands.
    place: Place,
    /// The column of the key or dash before it.
    indent: usize,
    /// The lists and maps that are not complete, the outermost first.
    blocks: Vec<Block>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Root,
    AfterKey,
    AfterDash,
}

/// A list or a map that is being written.
#[derive(Debug, Clone, Copy)]
struct Block {
    place: Place,
    /// The column of its keys or dashes.
    indent: usize,
    is_empty: bool,
}

impl<'o> Yaml<'o> {
    pub(crate) fn new(out: &'o mut String) -> Self {
        Self { out, place: Place::Root, indent: 0, blocks: Vec::new() }
    }

    fn separate(&mut self) {
        if self.place != Place::Root {
            self.out.push(' ');
        }
    }

    fn scalar(&mut self, text: &str) {
        self.separate();
        self.out.push_str(text);
    }

    fn literal(&mut self, text: &str) {
        let (lines, header) = text.strip_suffix('\n').map_or((text, " |-"), |lines| (lines, " |"));
        self.out.push_str(header);
        for line in lines.split('\n') {
            begin_line(self.out, if line.is_empty() { 0 } else { self.indent + 2 });
            self.out.push_str(line);
        }
    }

    /// Goes to where the next key or dash of the innermost block stands, and remembers that a value follows it.
    fn begin_entry(&mut self, place: Place) {
        let Some(block) = self.blocks.last_mut() else { return };
        match block.place {
            Place::Root if block.is_empty => {}
            Place::AfterDash if block.is_empty => self.out.push(' '),
            _ => begin_line(self.out, block.indent),
        }
        block.is_empty = false;
        self.indent = block.indent;
        self.place = place;
    }
}

impl Sink for Yaml<'_> {
    fn null(&mut self) {
        self.scalar("null");
    }

    fn boolean(&mut self, value: bool) {
        self.scalar(if value { "true" } else { "false" });
    }

    fn integer(&mut self, negative: bool, size: u64) {
        self.separate();
        push_integer(self.out, negative, size);
    }

    fn text(&mut self, text: &str) {
        match Style::of(text) {
            Style::Literal if self.place != Place::Root => self.literal(text),
            style => {
                self.separate();
                write_line(self.out, text, style);
            }
        }
    }

    fn begin(&mut self, kind: Kind) {
        let indent = match (self.place, kind) {
            (Place::Root, _) => 0,
            (Place::AfterKey, Kind::List) => self.indent,
            (Place::AfterKey, Kind::Map) | (Place::AfterDash, _) => self.indent + 2,
        };
        self.blocks.push(Block { place: self.place, indent, is_empty: true });
    }

    fn item(&mut self) {
        self.begin_entry(Place::AfterDash);
        self.out.push('-');
    }

    fn key(&mut self, key: &str) {
        self.begin_entry(Place::AfterKey);
        let start = self.out.len();
        write_line(self.out, key, Style::of(key));
        if self.out.len() - start > LONGEST_SIMPLE_KEY {
            self.out.insert_str(start, "? ");
            begin_line(self.out, self.indent);
        }
        self.out.push(':');
    }

    fn end(&mut self, kind: Kind) {
        let Some(block) = self.blocks.pop() else { return };
        if block.is_empty {
            self.place = block.place;
            self.scalar(match kind {
                Kind::List => "[]",
                Kind::Map => "{}",
            });
        }
    }
}

fn begin_line(out: &mut String, indent: usize) {
    const LINE: &str = "\n                                ";
    match LINE.get(..=indent) {
        Some(line) => out.push_str(line),
        None => out.extend(std::iter::once('\n').chain(std::iter::repeat_n(' ', indent))),
    }
}

#[cfg(test)]
mod tests;
