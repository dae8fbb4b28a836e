//! What is wrong with a document, and where.

use std::fmt;

use crate::input::{self, Format, Location};

/// One thing that is wrong with a document: what, where, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentError {
    /// The document's name: a file name, or `platform`, or a blueprint's name.
    pub source_name: String,
    /// JSON pointer into the document.
    pub pointer: String,
    /// Does the pointer's key or its value err?
    pub place: ErrorPlace,
    /// Line and column, where the document came as text.
    pub location: Option<Location>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: Option<String>,
}

/// What a [`DocumentError`] points at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorPlace {
    /// The key itself: unknown, or something is missing under it.
    Key,
    /// The value.
    Value,
}

impl DocumentError {
    /// Finds the place in the text that the document came as.
    pub fn locate(&self, text: &str, format: Format) -> Option<Location> {
        match self.place {
            ErrorPlace::Key => input::locate_key(text, format, 0, &self.pointer),
            ErrorPlace::Value => input::locate(text, format, 0, &self.pointer),
        }
    }

    pub(crate) fn new(pointer: impl Into<String>, place: ErrorPlace) -> Self {
        Self {
            source_name: String::new(),
            pointer: pointer.into(),
            place,
            location: None,
            message: String::new(),
            hint: None,
        }
    }

    /// An error of the value at `pointer`.
    pub(crate) fn at(pointer: impl Into<String>, message: impl Into<String>) -> Self {
        Self::new(pointer, ErrorPlace::Value).message(message)
    }

    pub(crate) fn message(mut self, message: impl Into<String>) -> Self {
        self.message = message.into();
        self
    }

    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl fmt::Display for DocumentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.location {
            Some(at) => write!(f, "{}:{}:{}: ", self.source_name, at.line, at.column)?,
            None if self.pointer.is_empty() => write!(f, "{}: ", self.source_name)?,
            None => write!(f, "{}:{}: ", self.source_name, self.pointer)?,
        }
        f.write_str(&self.message)?;
        match &self.hint {
            Some(hint) => write!(f, "; {hint}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for DocumentError {}
