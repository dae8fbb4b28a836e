//! What a call says when it has no answer: the fields of `BerthError`.

use berth_core::decide::Decision;
use berth_core::document::DocumentError;
use berth_core::input::{InputError, Location};
use berth_core::render::RenderError;
use berth_core::{DocumentErrors, MomentError, emit};
use serde::Serialize;

/// Why there is no answer.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub(crate) struct Failure(Box<Report>);

#[derive(Debug, Serialize)]
struct Report {
    code: &'static str,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<Place>,
    /// Everything that is wrong with the documents.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<Problem>,
    /// What `decide` says of a request that can't be planned or rendered, as JSON.
    #[serde(skip)]
    decision: Option<String>,
}

/// One thing that is wrong with a document.
#[derive(Debug, Serialize)]
struct Problem {
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<String>,
    location: Place,
}

/// Where something stands: in which text, at which pointer, on which line.
#[derive(Clone, Debug, Serialize)]
struct Place {
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pointer: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
}

impl Failure {
    pub(crate) fn new(code: &'static str, message: impl Into<String>) -> Self {
        let message = message.into();
        Self(Box::new(Report {
            code,
            message,
            hint: None,
            location: None,
            errors: Vec::new(),
            decision: None,
        }))
    }

    pub(crate) fn hint(mut self, hint: Option<impl Into<String>>) -> Self {
        self.0.hint = hint.map(Into::into);
        self
    }

    /// The request must be valid for this, and is not.
    pub(crate) fn refused(decision: &Decision<'_>) -> Self {
        let mut failure = Self::new("invalid-request", "the request is not valid")
            .hint(Some("its `decision` says what is wrong"));
        failure.0.decision = Some(emit::to_json(decision));
        failure
    }

    /// Writes it as JSON. The decision is JSON already, and goes in as it is.
    pub(crate) fn write(&self, output: &mut String) {
        emit::write_json(output, self);
        if let Some(decision) = &self.0.decision {
            output.pop();
            output.push_str(",\"decision\":");
            output.push_str(decision);
            output.push('}');
        }
    }

    /// A text is not what can be read. One without a name was made of an object: where in it something stands helps nobody.
    pub(crate) fn unreadable(name: &str, error: InputError) -> Self {
        let named = !name.is_empty();
        let place =
            Place::new(named.then_some(name), error.pointer.as_deref(), error.location.filter(|_| named));
        Self::new(error.code, error.message).hint(error.hint).at(place)
    }

    /// The context is not what it must be.
    pub(crate) fn invalid_context(error: DocumentError) -> Self {
        let place = Place::new(Some("context"), Some(&error.pointer), None);
        Self::new("invalid-context", error.message).hint(error.hint).at(place)
    }

    /// The documents are not what they must be. Those that were objects have no lines and columns.
    pub(crate) fn invalid_documents(mut errors: DocumentErrors, was_object: impl Fn(&str) -> bool) -> Self {
        for error in &mut errors.errors {
            error.location = error.location.filter(|_| !was_object(&error.source_name));
        }
        let mut failure = Self::new("invalid-document", errors.to_string());
        let problems: Vec<Problem> = errors.errors.into_iter().map(Problem::from).collect();
        failure.0.location = problems.first().map(|first| first.location.clone());
        failure.0.errors = problems;
        failure
    }

    fn at(mut self, place: Place) -> Self {
        self.0.location = Some(place);
        self
    }
}

impl Place {
    fn new(source: Option<&str>, pointer: Option<&str>, location: Option<Location>) -> Self {
        Self {
            source: source.map(str::to_owned),
            pointer: pointer.map(str::to_owned),
            line: location.map(|at| at.line),
            column: location.map(|at| at.column),
        }
    }
}

impl From<DocumentError> for Problem {
    fn from(error: DocumentError) -> Self {
        let location = Place::new(Some(&error.source_name), Some(&error.pointer), error.location);
        Self { message: error.message, hint: error.hint, location }
    }
}

impl From<MomentError> for Failure {
    fn from(error: MomentError) -> Self {
        Self::new("invalid-argument", error.to_string())
    }
}

impl From<RenderError<'_>> for Failure {
    fn from(error: RenderError<'_>) -> Self {
        let code = match &error {
            RenderError::Refused(decision) => return Self::refused(decision),
            RenderError::TooLarge { .. } => "too-large",
            RenderError::OtherNamespace { .. } => "other-namespace",
            RenderError::NothingToFreeze { .. } => "nothing-to-freeze",
            RenderError::Invariant { .. } => "internal",
        };
        Self::new(code, error.to_string())
    }
}
