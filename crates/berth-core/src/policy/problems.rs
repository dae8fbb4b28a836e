//! Collects what is wrong with a document, so that its author sees all of it at once.

use std::fmt::Write as _;

use crate::document::{DocumentError, ErrorPlace};
use crate::kubernetes::NameProblem;

/// Errors of one document, and the pointer at which the compiler stands.
#[derive(Debug, Default)]
pub(crate) struct Problems {
    pointer: String,
    errors: Vec<DocumentError>,
}

impl Problems {
    /// Runs `work` one key further down.
    pub(crate) fn inside<T>(&mut self, key: impl std::fmt::Display, work: impl FnOnce(&mut Self) -> T) -> T {
        let length = self.pointer.len();
        let key = key.to_string();
        // Writing to a String can't fail.
        let _ = write!(self.pointer, "/{}", key.replace('~', "~0").replace('/', "~1"));
        let result = work(self);
        self.pointer.truncate(length);
        result
    }

    /// Notes an error of the value at which the compiler stands; an empty hint is none.
    pub(crate) fn add(&mut self, message: impl Into<String>, hint: impl Into<String>) {
        self.add_in(ErrorPlace::Value, message, hint);
    }

    /// Notes an error of the key under which the compiler stands.
    pub(crate) fn add_to_key(&mut self, message: impl Into<String>, hint: impl Into<String>) {
        self.add_in(ErrorPlace::Key, message, hint);
    }

    fn add_in(&mut self, place: ErrorPlace, message: impl Into<String>, hint: impl Into<String>) {
        let hint = Some(hint.into()).filter(|hint| !hint.is_empty());
        let error = DocumentError::new(self.pointer.clone(), place).message(message);
        self.errors.push(DocumentError { hint, ..error });
    }

    /// Notes an error of the value one key further down.
    pub(crate) fn add_at(
        &mut self,
        key: impl std::fmt::Display,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        self.inside(key, |problems| problems.add(message, hint));
    }

    /// Notes what a rule for names has against a text.
    pub(crate) fn obey(&mut self, judged: Result<(), NameProblem>) {
        if let Err(problem) = judged {
            self.add(problem.message(), problem.hint());
        }
    }

    /// Notes what a rule for names has against the key under which the compiler stands.
    pub(crate) fn obey_in_key(&mut self, judged: Result<(), NameProblem>) {
        if let Err(problem) = judged {
            self.add_to_key(problem.message(), problem.hint());
        }
    }

    /// Notes an error that is already made.
    pub(crate) fn push(&mut self, error: DocumentError) {
        self.errors.push(error);
    }

    /// Notes an error whose pointer begins where the compiler stands.
    pub(crate) fn push_below(&mut self, error: DocumentError) {
        let pointer = format!("{}{}", self.pointer, error.pointer);
        self.errors.push(DocumentError { pointer, ..error });
    }

    /// Are there none?
    pub(crate) fn is_empty(&self) -> bool {
        self.errors.is_empty()
    }

    /// All of them, in the order of the compiler, as errors of the document of this name.
    pub(crate) fn into_errors_of(self, source_name: &str) -> impl Iterator<Item = DocumentError> {
        self.errors.into_iter().map(|error| DocumentError { source_name: source_name.to_owned(), ..error })
    }
}
