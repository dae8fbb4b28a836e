//! What becomes of each object: added, changed field by field, removed, or left as it is.

use serde::Serialize;
use serde_json::Value;

use super::{Outline, OutlineObject, OutlineStep};
use crate::compare::{self, FieldChange};

/// What becomes of an object.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ObjectChange {
    /// The step that makes it, or made it.
    pub step: String,
    /// Such as `v1`.
    pub api_version: String,
    /// Such as `ResourceQuota`.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// Its namespace; left out for cluster-scoped objects.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub namespace: Option<String>,
    /// What becomes of it.
    pub change: Change,
    /// The fields that change; only of a changed object.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldChange>,
}

/// What becomes of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Change {
    /// It isn't there yet.
    Added,
    /// It stands, and some of its fields change.
    Changed,
    /// It goes.
    Removed,
    /// It stays as it is.
    Unchanged,
}

impl ObjectChange {
    fn of(step: &OutlineStep<'_>, object: &OutlineObject<'_>, change: Change) -> Self {
        Self {
            step: step.step.id.clone(),
            api_version: object.template.api_version.clone(),
            kind: object.template.kind.clone(),
            name: object.name.clone(),
            namespace: object.namespace.map(str::to_owned),
            change,
            fields: Vec::new(),
        }
    }

    /// The object that stands, and that becomes this.
    pub(super) fn from(step: &OutlineStep<'_>, object: &OutlineObject<'_>, fields: Vec<FieldChange>) -> Self {
        let change = if fields.is_empty() { Change::Unchanged } else { Change::Changed };
        Self { fields, ..Self::of(step, object, change) }
    }
}

/// What a change does: what is wanted in the order of its steps, then what goes.
pub(super) fn between(before: &Outline<'_>, after: &Outline<'_>) -> Vec<ObjectChange> {
    let (before, after) = (before.steps(), after.steps());
    let stands: Vec<(_, Value)> =
        objects(&before).map(|(_, object)| (object.key(), object.to_value())).collect();
    let wanted = objects(&after).map(|(step, object)| {
        let key = object.key();
        match stands.iter().find(|(other, _)| *other == key) {
            Some((_, stands)) => {
                ObjectChange::from(step, object, compare::fields(stands, &object.to_value()))
            }
            None => ObjectChange::of(step, object, Change::Added),
        }
    });
    let gone = no_longer_wanted(&before, &after);
    wanted.chain(gone.map(|(step, object)| ObjectChange::of(step, object, Change::Removed))).collect()
}

/// The quotas are set to nothing, and all else stays.
pub(super) fn frozen(outline: &Outline<'_>) -> Vec<ObjectChange> {
    let steps = outline.steps();
    let change = |(step, object): (&OutlineStep<'_>, &OutlineObject<'_>)| {
        let stands = object.to_value();
        let fields = object.frozen().map(|frozen| compare::fields(&stands, &frozen)).unwrap_or_default();
        ObjectChange::from(step, object, fields)
    };
    objects(&steps).map(change).collect()
}

/// Everything goes.
pub(super) fn removed(outline: &Outline<'_>) -> Vec<ObjectChange> {
    let steps = outline.steps();
    objects(&steps).map(|(step, object)| ObjectChange::of(step, object, Change::Removed)).collect()
}

/// What it takes to make of what stands in a cluster what is wanted; objects of the `unread` kinds are passed over.
pub(crate) fn against(live: &[Value], outline: &Outline<'_>, unread: &[&str]) -> Vec<ObjectChange> {
    let steps = outline.steps();
    let wanted = objects(&steps).filter(|(_, object)| !unread.contains(&object.template.kind.as_str()));
    let changes = wanted.map(|(step, object)| match live.iter().find(|live| object.is(live)) {
        Some(stands) => ObjectChange::from(step, object, compare::drifted(stands, &object.to_value())),
        None => ObjectChange::of(step, object, Change::Added),
    });
    changes.collect()
}

/// What one request made and the next one doesn't have. INVARIANT: never a Namespace.
pub(crate) fn no_longer_wanted<'s, 'o>(
    before: &'s [OutlineStep<'o>],
    after: &[OutlineStep<'_>],
) -> impl Iterator<Item = (&'s OutlineStep<'o>, &'s OutlineObject<'o>)> {
    let wanted: Vec<_> = objects(after).map(|(_, object)| object.key()).collect();
    objects(before)
        .filter(move |(_, object)| object.template.kind != "Namespace" && !wanted.contains(&object.key()))
}

fn objects<'s, 'o>(
    steps: &'s [OutlineStep<'o>],
) -> impl Iterator<Item = (&'s OutlineStep<'o>, &'s OutlineObject<'o>)> {
    steps.iter().flat_map(|step| step.objects.iter().map(move |object| (step, object)))
}
