//! The conditions of a blueprint as they were written, each with its place in the document.
//!
//! The compiled blueprint has the platform's constants folded in and holds no places; both are needed to say
//! *where* something is wrong. Whether the platform document makes it so is left to `constants`.

use std::borrow::Cow;

use serde_json::Value;

use crate::document::{BlueprintDocument, Condition, Operator, from_value};
use crate::text;

/// A condition of a blueprint document.
#[derive(Clone, Debug)]
pub(super) struct Site<'a> {
    /// JSON pointer into the document.
    pub(super) pointer: String,
    /// What it decides about.
    pub(super) part: Part,
    /// As it was written.
    pub(super) written: Cow<'a, Condition>,
    /// The sites whose conditions must hold before this one matters.
    pub(super) within: Vec<usize>,
}

/// What a condition decides about; rules, approvals and steps by their place in the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    RuleWhen(usize),
    RuleRequire(usize),
    Approval(usize),
    Step(usize),
    Manifest {
        step: usize,
        manifest: usize,
    },
    /// A value inside a manifest of this step.
    Value(usize),
}

/// All conditions, in the order of the document.
pub(super) fn collect(document: &BlueprintDocument) -> Vec<Site<'_>> {
    let mut sites = Vec::new();
    for (index, rule) in document.spec.rules.iter().enumerate() {
        let pointer = format!("/spec/rules/{index}");
        if let Some(when) = &rule.when {
            add(&mut sites, format!("{pointer}/when"), Part::RuleWhen(index), Cow::Borrowed(when), &[]);
        }
        let require = Cow::Borrowed(&rule.require);
        add(&mut sites, format!("{pointer}/require"), Part::RuleRequire(index), require, &[]);
    }
    for (index, approval) in document.spec.approvals.iter().enumerate() {
        if let Some(when) = &approval.when {
            let pointer = format!("/spec/approvals/{index}/when");
            add(&mut sites, pointer, Part::Approval(index), Cow::Borrowed(when), &[]);
        }
    }
    for (index, step) in document.spec.steps.iter().enumerate() {
        let pointer = format!("/spec/steps/{index}");
        let mut within = Vec::new();
        if let Some(when) = &step.when {
            let when = Cow::Borrowed(when);
            within.push(add(&mut sites, format!("{pointer}/when"), Part::Step(index), when, &[]));
        }
        for (place, manifest) in step.manifests.iter().enumerate() {
            let pointer = format!("{pointer}/manifests/{place}");
            let mut within = within.clone();
            if let Some(when) = &manifest.when {
                let (at, when) = (format!("{pointer}/when"), Cow::Borrowed(when));
                let part = Part::Manifest { step: index, manifest: place };
                let site = add(&mut sites, at, part, when, &within);
                within.push(site);
            }
            for (key, value) in &manifest.object {
                values(&mut sites, &format!("{pointer}{}", text::pointer(key)), index, value, &within);
            }
        }
    }
    sites
}

fn add<'a>(
    sites: &mut Vec<Site<'a>>,
    pointer: String,
    part: Part,
    written: Cow<'a, Condition>,
    within: &[usize],
) -> usize {
    sites.push(Site { pointer, part, written, within: within.to_vec() });
    sites.len() - 1
}

/// Finds every `{when, value}` inside a value of a manifest.
fn values(sites: &mut Vec<Site<'_>>, pointer: &str, step: usize, value: &Value, within: &[usize]) {
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                values(sites, &format!("{pointer}/{index}"), step, item, within);
            }
        }
        Value::Object(entries) => {
            if let (Some(when), Some(inner), 2) = (entries.get("when"), entries.get("value"), entries.len())
                && let Ok(condition) = from_value(when)
            {
                let at = format!("{pointer}/when");
                let site = add(sites, at, Part::Value(step), Cow::Owned(condition), within);
                let mut within = within.to_vec();
                within.push(site);
                values(sites, &format!("{pointer}/value"), step, inner, &within);
                return;
            }
            for (key, value) in entries {
                values(sites, &format!("{pointer}{}", text::pointer(key)), step, value, within);
            }
        }
        _ => {}
    }
}

/// Tells every test of a condition.
pub(super) fn tests<'c>(condition: &'c Condition, tell: &mut impl FnMut(&'c str, &'c Operator)) {
    match condition {
        Condition::All { all: list } | Condition::Any { any: list } => {
            for one in list {
                tests(one, tell);
            }
        }
        Condition::Not { not } => tests(not, tell),
        Condition::Fields(found) => found.iter().for_each(|(name, operator)| tell(name, operator)),
    }
}
