//! Workflow documents: what they may say, and what is left to run when they are understood.
//!
//! [`compile`] takes a document as a caller sent it and gives a [`Program`], or says in Argo's words
//! (or, for what only the sandbox can't do, by naming it) why there is none. Nothing of a Workflow
//! runs before all of it is understood.

mod compile;
mod container_set;
mod document;
mod duration;
mod graph;
mod names;
mod program;
pub(crate) mod reference;
mod steps;
mod substitute;
mod when;

pub(crate) use compile::{Compiled, compile, compile_template};
pub(crate) use document::Metadata;
pub(crate) use program::{Body, Container, ContainerSet, Program, Retry, RetryPolicy, Step, Template};
pub(crate) use when::When;

/// Why a document is not a Workflow that can run here; the text is for the caller.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub(crate) struct Invalid(pub(crate) String);

impl Invalid {
    /// Says that Argo knows it and the sandbox does not.
    fn refused(what: &str) -> Self {
        Self(format!("berth sandbox does not run {what}; it runs only what berth renders"))
    }
}
