//! What a change may not do: move a namespace elsewhere, or give it less than it uses.

use std::borrow::Cow;

use indexmap::IndexMap;
use serde_json::Value;

use super::{Subject, Violation};
use crate::kubernetes::amount;
use crate::plan::Outline;
use crate::policy::{Blueprint, Slot};
use crate::request::Context;
use crate::template::{RequestIdentity, Template};
use crate::text::excerpt;

/// Name, team and environment stay: each that differs from what stands.
pub(super) fn immutable<'a>(
    subject: &Subject<'a>,
    before: &Subject<'a>,
    path: impl Fn(usize) -> Cow<'a, str>,
) -> impl Iterator<Item = Violation<'a>> {
    let blueprint = subject.blueprint;
    fixed(blueprint).into_iter().filter_map(move |field| {
        let stands = before.text(field)?;
        // What is wrong with the parameter itself is said already.
        let asked = subject.text(field).filter(|asked| *asked != stands)?;
        let name = blueprint.fields.get(field).map_or("", |field| field.name.as_str());
        let violation = Violation::new(
            "immutable",
            format!("`{name}` stays `{stands}`: a change can't make it `{}`", excerpt(asked)),
        );
        Some(violation.at(path(field)).hint(format!("write `{stands}`, or ask for a new one")))
    })
}

/// The parameters that a change leaves as they are.
pub(super) fn fixed(blueprint: &Blueprint) -> [usize; 3] {
    [blueprint.name_field, blueprint.team_field, blueprint.environment_field]
}

/// A limit of a quota.
pub(super) struct Limit {
    /// As Kubernetes calls it: `requests.cpu`.
    resource: String,
    amount: String,
    /// The parameter that it comes from.
    field: Option<usize>,
}

impl Limit {
    /// What it has against so much in use.
    pub(super) fn message(&self, used: &str) -> String {
        format!("`{}` would be limited to {}, and {used} is in use", self.resource, self.amount)
    }
}

/// The limits of all quotas that are made of these values; none while something is wrong with them.
pub(super) fn limits(subject: &Subject<'_>) -> Vec<Limit> {
    if !subject.is_well_formed() {
        return Vec::new();
    }
    let outline = Outline::new(subject, RequestIdentity::UNKNOWN);
    let objects = outline.steps().into_iter().flat_map(|step| step.objects);
    let quotas = objects.filter(|object| object.template.kind == "ResourceQuota");
    let limits = quotas.flat_map(|object| {
        let template = object.template.body.at("spec").and_then(|spec| spec.at("hard"));
        let field = |resource: &str| template.and_then(|hard| hard.at(resource)).and_then(Template::field);
        let mut manifest = object.to_value();
        let hard = manifest.pointer_mut("/spec/hard").map(Value::take);
        let Some(Value::Object(hard)) = hard else { return Vec::new() };
        let limits = hard.into_iter().map(|(resource, value)| {
            let amount = match value {
                Value::String(text) => text,
                other => crate::emit::to_json(&other),
            };
            Limit { field: field(&resource), resource, amount }
        });
        limits.collect::<Vec<_>>()
    });
    limits.collect()
}

/// The limits that are lower than what is used, with that; `before` are those that stand. One that isn't lowered has
/// nothing against it: it was so before.
pub(super) fn too_low<'l, 'u>(
    limits: &'l [Limit],
    before: &'l [Limit],
    used: &'u IndexMap<String, String>,
) -> impl Iterator<Item = (&'l Limit, &'u str)> {
    limits.iter().filter_map(move |limit| {
        let short = limit.resource.strip_prefix("requests.").unwrap_or(&limit.resource);
        let in_use = used.get(&limit.resource).or_else(|| used.get(short))?;
        let now = amount(&limit.amount)?;
        let stood = before.iter().find(|other| other.resource == limit.resource);
        let lowered = stood.and_then(|other| amount(&other.amount)).is_none_or(|stood| now < stood);
        (lowered && amount(in_use)? > now).then_some((limit, in_use.as_str()))
    })
}

/// A violation for each limit that is lower than what is used.
pub(super) fn in_use<'a>(
    subject: &Subject<'a>,
    before: Option<&Subject<'a>>,
    used: &IndexMap<String, String>,
    path: impl Fn(usize) -> Cow<'a, str>,
    violations: &mut Vec<Violation<'a>>,
) {
    if used.is_empty() {
        return;
    }
    let stood = before.map(limits).unwrap_or_default();
    violations.extend(too_low(&limits(subject), &stood, used).map(|(limit, used)| {
        Violation::new("in-use", limit.message(used))
            .at(path(limit.field.unwrap_or(subject.blueprint.name_field)))
            .hint("free some of it first, or choose something larger")
    }));
}

/// What stands, as options are judged against it.
pub(super) struct Against<'c> {
    /// The parameters that stay as they are, with what they are.
    fixed: Vec<(usize, Slot<'c>)>,
    stood: Vec<Limit>,
    used: Option<&'c IndexMap<String, String>>,
}

impl<'c> Against<'c> {
    pub(super) fn new(subject: &Subject<'_>, before: Option<&Subject<'c>>, context: &'c Context) -> Self {
        let slot = |field: usize| Some((field, *before?.slots.get(field)?));
        let used = context.current.as_ref().map(|current| &current.used).filter(|used| !used.is_empty());
        Self {
            fixed: fixed(subject.blueprint).into_iter().filter_map(slot).collect(),
            stood: used.and(before).map(limits).unwrap_or_default(),
            used,
        }
    }

    /// The code and the words of what forbids an option, if something does.
    pub(super) fn option(
        &self,
        subject: &Subject<'_>,
        place: usize,
        slot: Slot<'_>,
    ) -> Option<(&'static str, Cow<'static, str>)> {
        if let Some((_, stands)) = self.fixed.iter().find(|(field, _)| *field == place) {
            return (*stands != slot).then_some(("immutable", "a change can't move it".into()));
        }
        let used = self.used?;
        let trial = limits(&subject.with(place, slot));
        let (limit, used) =
            too_low(&trial, &self.stood, used).find(|(limit, _)| limit.field == Some(place))?;
        Some(("in-use", limit.message(used).into()))
    }
}
