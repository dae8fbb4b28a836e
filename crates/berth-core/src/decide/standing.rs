//! What a request is judged against besides itself: what is known, the moment, and what stands already.

use serde_json::{Map, Value};

use super::{Subject, Violation, parameters};
use crate::plan::PlanKind;
use crate::policy::{Blueprint, Platform};
use crate::request::{Context, Current, Moment, Request};

/// Everything that is known besides the request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Circumstances<'a> {
    pub(crate) context: &'a Context,
    /// The moment of the decision in seconds since the Unix epoch: the context's, or else that of the plan or rendering.
    pub(crate) now: Option<i64>,
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
    pub(crate) fn new(context: &'a Context, now: Option<&Moment>) -> Self {
        let standing = match &context.current {
            Some(Current { parameters: Some(parameters), .. }) => Standing::As(parameters),
            Some(Current { adopt: true, .. }) => Standing::Foreign,
            _ => Standing::Nothing,
        };
        Self { context, now: context.now.as_ref().or(now).map(Moment::seconds), standing }
    }

    /// The same for a change of what stands so, whatever the context says of it.
    pub(crate) fn changing(self, parameters: &'a Map<String, Value>) -> Self {
        Self { standing: Standing::As(parameters), ..self }
    }

    /// The same for a creation.
    pub(crate) fn creating(self) -> Self {
        Self { standing: Standing::Nothing, ..self }
    }

    /// The same for an adoption.
    pub(crate) fn adopting(self) -> Self {
        Self { standing: Standing::Foreign, ..self }
    }
}

impl<'a> Standing<'a> {
    /// What is missing for a plan of this kind.
    pub(crate) fn misses(self, kind: PlanKind) -> Option<Violation<'static>> {
        let (message, hint) = match (kind, self) {
            (PlanKind::Change, Self::Nothing | Self::Foreign) => {
                ("it isn't said what stands", "give `current.parameters` in the context")
            }
            (PlanKind::Adopt, Self::Nothing | Self::As(_)) => (
                "it isn't said that a namespace is to be taken over",
                "give `current.adopt: true` in the context",
            ),
            _ => return None,
        };
        Some(Violation::new("no-current", message).hint(hint))
    }

    /// What stands can't be read with today's documents, so what a change would remove isn't known.
    pub(crate) fn unreadable() -> Violation<'static> {
        Violation::new("unreadable-current", "what stands is not what the blueprint takes any more")
            .hint("give `current.parameters` as they were carried out, or mend the documents")
    }

    /// What is changed, read as a request of the blueprint.
    pub(super) fn subject(self, blueprint: &'a Blueprint, platform: &'a Platform) -> Option<Subject<'a>> {
        let Self::As(parameters) = self else { return None };
        let request = Request { blueprint: &blueprint.name, parameters, requester: None, wrapped: false };
        // What is wrong with it by today's documents is no fault of the request.
        let read = parameters::read(blueprint, request, None, &mut Vec::new());
        Some(Subject::new(blueprint, platform, read, None))
    }
}
