//! Where things stand in block style: indentation, dashes, keys. How strings look is left to `string`, and what kind of
//! thing a value is to `serializer`.

use std::fmt::{Display, Write as _};

use serde::Serialize;

use super::string::{Style, write_line};

/// Readers look at most 1024 characters ahead for the `:` after a key; a longer key is announced by `?`.
const LONGEST_SIMPLE_KEY: usize = 1000;

/// The place of one value.
#[derive(Debug)]
pub(super) struct Node<'o> {
    out: &'o mut String,
    place: Place,
    /// The column of the key or dash before it.
    indent: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Root,
    Key,
    AfterKey,
    AfterDash,
}

/// Why a value can't be written.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct EmitError(pub(super) String);

impl<'o> Node<'o> {
    /// The place of a whole document.
    pub(super) fn root(out: &'o mut String) -> Self {
        Self { out, place: Place::Root, indent: 0 }
    }

    fn separate(&mut self) {
        if matches!(self.place, Place::AfterKey | Place::AfterDash) {
            self.out.push(' ');
        }
    }

    /// A scalar that is no string; as a key it becomes one.
    pub(super) fn scalar(mut self, scalar: impl Display) {
        if self.place == Place::Key {
            self.string(&scalar.to_string());
        } else {
            self.separate();
            // Writing to a string can't fail.
            let _ = write!(self.out, "{scalar}");
        }
    }

    pub(super) fn string(mut self, text: &str) {
        match Style::of(text) {
            Style::Literal if matches!(self.place, Place::AfterKey | Place::AfterDash) => self.literal(text),
            style => {
                self.separate();
                write_line(self.out, text, style);
            }
        }
    }

    fn literal(self, text: &str) {
        let (lines, header) = text.strip_suffix('\n').map_or((text, " |-"), |lines| (lines, " |"));
        self.out.push_str(header);
        for line in lines.split('\n') {
            self.out.push('\n');
            if !line.is_empty() {
                spaces(self.out, self.indent + 2);
                self.out.push_str(line);
            }
        }
    }

    pub(super) fn block(self, kind: Kind) -> Result<Block<'o>, EmitError> {
        if self.place == Place::Key {
            return Err(EmitError("a list or map is no key".to_owned()));
        }
        let indent = match (self.place, kind) {
            (Place::Root | Place::Key, _) => 0,
            (Place::AfterKey, Kind::List) => self.indent,
            (Place::AfterKey, Kind::Map) | (Place::AfterDash, _) => self.indent + 2,
        };
        Ok(Block { out: self.out, place: self.place, kind, indent, is_empty: true })
    }

    /// The value in a map of one entry, whose key names the variant of an enum.
    pub(super) fn variant(self, name: &str) -> Result<Self, EmitError> {
        let mut map = self.block(Kind::Map)?;
        map.key(name)?;
        Ok(Self { out: map.out, place: Place::AfterKey, indent: map.indent })
    }
}

/// A list or a map that is being written.
#[derive(Debug)]
pub(super) struct Block<'o> {
    out: &'o mut String,
    place: Place,
    kind: Kind,
    /// The column of its keys or dashes.
    indent: usize,
    is_empty: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    List,
    Map,
}

impl Block<'_> {
    /// Goes to where the next key or dash stands.
    fn begin_entry(&mut self) {
        match self.place {
            Place::Root | Place::Key if self.is_empty => {}
            Place::AfterDash if self.is_empty => self.out.push(' '),
            _ => {
                self.out.push('\n');
                spaces(self.out, self.indent);
            }
        }
        self.is_empty = false;
    }

    pub(super) fn item(&mut self, value: &(impl Serialize + ?Sized)) -> Result<(), EmitError> {
        self.begin_entry();
        self.out.push('-');
        value.serialize(Node { out: self.out, place: Place::AfterDash, indent: self.indent })
    }

    pub(super) fn key(&mut self, key: &(impl Serialize + ?Sized)) -> Result<(), EmitError> {
        self.begin_entry();
        let start = self.out.len();
        key.serialize(Node { out: self.out, place: Place::Key, indent: self.indent })?;
        if self.out.len() - start > LONGEST_SIMPLE_KEY {
            self.out.insert_str(start, "? ");
            self.out.push('\n');
            spaces(self.out, self.indent);
        }
        self.out.push(':');
        Ok(())
    }

    pub(super) fn value(&mut self, value: &(impl Serialize + ?Sized)) -> Result<(), EmitError> {
        value.serialize(Node { out: self.out, place: Place::AfterKey, indent: self.indent })
    }

    pub(super) fn finish(self) {
        if self.is_empty {
            if self.place != Place::Root {
                self.out.push(' ');
            }
            self.out.push_str(match self.kind {
                Kind::List => "[]",
                Kind::Map => "{}",
            });
        }
    }
}

fn spaces(out: &mut String, count: usize) {
    out.extend(std::iter::repeat_n(' ', count));
}
