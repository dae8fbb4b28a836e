//! What a template reads: one request, decided.

use serde_json::Value;

use super::{Read, RequestField, TeamField};
use crate::plan::RequestId;
use crate::policy::{Blueprint, FieldKind, ResolvedTeam, Slot, look_up};

/// Who and what a set of objects is made for. The core has no clock and no randomness: all of it is input.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RequestIdentity<'a> {
    /// The request's id, a label value.
    pub(crate) id: &'a str,
    /// When it was made, RFC 3339.
    pub(crate) created_at: &'a str,
    /// Who asked.
    pub(crate) requester: Option<&'a str>,
    /// Do the objects carry the provisioning label?
    pub(crate) provisioning: bool,
}

impl RequestIdentity<'_> {
    /// What a plan shows where none of it is known yet.
    pub(crate) const UNKNOWN: Self =
        Self { id: RequestId::UNKNOWN, created_at: RequestId::UNKNOWN, requester: None, provisioning: false };
}

/// Everything that `${...}` can read.
#[derive(Clone, Debug)]
pub(crate) struct Scope<'a> {
    pub(crate) blueprint: &'a Blueprint,
    pub(crate) team: ResolvedTeam<'a>,
    pub(crate) slots: &'a [Slot<'a>],
    pub(crate) parameters: &'a [Option<&'a Value>],
    /// What the platform fills in, by the place of its parameter.
    pub(crate) filled: Option<(usize, &'a Value)>,
    pub(crate) request: RequestIdentity<'a>,
}

/// The item of an `each`, and those around it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame<'a> {
    pub(super) item: Resolved<'a>,
    pub(super) outer: Option<&'a Frame<'a>>,
}

/// A value that was read.
#[derive(Clone, Copy, Debug)]
pub(super) enum Resolved<'a> {
    Value(&'a Value),
    Text(&'a str),
    Texts(&'a [String]),
    Missing,
}

impl<'a> Scope<'a> {
    /// The value of a parameter: given, by default, or filled in.
    pub(crate) fn parameter(&self, field: usize) -> Option<&'a Value> {
        let filled = || self.filled.filter(|(place, _)| *place == field).map(|(_, value)| value);
        self.parameters.get(field).copied().flatten().or_else(filled)
    }

    pub(super) fn read<'s>(&'s self, read: &'s Read, frame: Option<&Frame<'s>>) -> Resolved<'s> {
        let value = |found: Option<&'s Value>| found.map_or(Resolved::Missing, Resolved::Value);
        match read {
            Read::Parameter(field) => value(self.parameter(*field)),
            Read::Column { field, path } => value(self.column(*field, path)),
            Read::Constant(constant) => Resolved::Value(constant),
            Read::Team(TeamField::Title) => Resolved::Text(self.team.title()),
            Read::Team(TeamField::CatalogRef) => Resolved::Text(&self.team.catalog_ref),
            Read::Team(TeamField::RbacGroups) => Resolved::Texts(self.team.rbac_groups()),
            Read::Team(TeamField::TokenGroups) => Resolved::Texts(self.team.token_groups()),
            Read::Request(RequestField::Id) => Resolved::Text(self.request.id),
            Read::Request(RequestField::CreatedAt) => Resolved::Text(self.request.created_at),
            Read::Request(RequestField::Requester) => {
                self.request.requester.map_or(Resolved::Missing, Resolved::Text)
            }
            Read::Request(RequestField::Provisioning) if self.request.provisioning => {
                Resolved::Text(self.request.id)
            }
            Read::Request(RequestField::Provisioning) => Resolved::Missing,
            Read::Item { level, path } => {
                let mut at = frame;
                for _ in 0..*level {
                    at = at.and_then(|frame| frame.outer);
                }
                match at.map(|frame| frame.item) {
                    Some(Resolved::Value(item)) => value(look_up(item, path)),
                    Some(other) if path.is_empty() => other,
                    _ => Resolved::Missing,
                }
            }
        }
    }

    fn column(&self, field: usize, path: &str) -> Option<&Value> {
        let Some(Slot::Choice(index)) = self.slots.get(field) else { return None };
        let FieldKind::Choice(options) = &self.blueprint.fields.get(field)?.kind else { return None };
        let row = &options.list.get(usize::from(*index))?.row;
        crate::policy::look_up_in(row, path)
    }
}
