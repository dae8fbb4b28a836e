//! What a request is judged against besides itself: what is known, the moment, and what stands already.

use serde_json::{Map, Value};

use super::{Subject, parameters};
use crate::policy::{Blueprint, Platform};
use crate::request::{Context, Current, Moment, Request};

/// Everything that is known besides the request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Circumstances<'a> {
    pub(crate) context: &'a Context,
    /// The moment of the decision: the context's, or else that of the plan or rendering.
    pub(crate) now: Option<&'a Moment>,
    pub(crate) standing: Standing<'a>,
}

/// What stands under the name of the request.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Standing<'a> {
    /// Nothing that is known: it is to be made.
    Nothing,
    /// A namespace that Berth did not make: it is to be taken over.
    Foreign,
    /// A namespace with these parameters: it is to be changed.
    As(&'a Map<String, Value>),
}

impl<'a> Circumstances<'a> {
    /// What the context says; `now` where it names no moment.
    pub(crate) fn new(context: &'a Context, now: Option<&'a Moment>) -> Self {
        let standing = match &context.current {
            Some(Current { parameters: Some(parameters), .. }) => Standing::As(parameters),
            Some(Current { adopt: true, .. }) => Standing::Foreign,
            _ => Standing::Nothing,
        };
        Self { context, now: context.now.as_ref().or(now), standing }
    }

    /// The same for a change of what stands so, whatever the context says of it.
    pub(crate) fn changing(self, parameters: &'a Map<String, Value>) -> Self {
        Self { standing: Standing::As(parameters), ..self }
    }
}

impl<'a> Standing<'a> {
    /// What is changed, read as a request of the blueprint.
    pub(super) fn subject(self, blueprint: &'a Blueprint, platform: &'a Platform) -> Option<Subject<'a>> {
        let Self::As(parameters) = self else { return None };
        let request = Request { blueprint: &blueprint.name, parameters, requester: None, wrapped: false };
        // What is wrong with it by today's documents is no fault of the request.
        let read = parameters::read(blueprint, request, None, &mut Vec::new());
        Some(Subject::new(blueprint, platform, read, None))
    }
}
