//! What the Workflows of some blueprints touch, counted up from their manifests.
//!
//! What a kind of Workflow does with it (the calls of kubectl in `render`) is left to the parent.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::super::error::ExportProblem;
use super::super::resource::{self, Resource};
use crate::policy::{Blueprint, Condition, ObjectTemplate, Platform, Step};
use crate::template::{Part, Read, Template};

/// What is touched.
#[derive(Default)]
pub(super) struct Needs {
    /// In the namespaces of requests.
    pub(super) inside: BTreeMap<Resource, Use>,
    /// Elsewhere, by namespace; `None` holds what is cluster-scoped.
    pub(super) outside: BTreeMap<Option<String>, BTreeMap<Resource, Use>>,
    /// The `ClusterRole`s that are handed out.
    pub(super) bound: BTreeSet<String>,
    /// What the documents don't say.
    pub(super) problems: Vec<ExportProblem>,
}

/// How objects of a resource are used, besides being applied and looked up.
#[derive(Clone, Copy, Default)]
pub(super) struct Use {
    /// Is something waited for?
    pub(super) verified: bool,
    /// May a change take one away?
    pub(super) prunable: bool,
}

impl Needs {
    /// Of all steps of all blueprints.
    pub(super) fn of(platform: &Platform, blueprints: &[Blueprint]) -> Self {
        let mut needs = Self::default();
        for blueprint in blueprints {
            for step in &blueprint.steps {
                for object in &step.objects {
                    needs.add(platform, blueprint, step, object);
                }
            }
        }
        needs
    }

    fn add(&mut self, platform: &Platform, blueprint: &Blueprint, step: &Step, object: &ObjectTemplate) {
        if object.kind == "Namespace" && object.api_version == "v1" {
            return;
        }
        let resource = match resource::of(platform, &object.api_version, &object.kind) {
            Ok(resource) => resource,
            Err(problem) => return self.problems.push(problem),
        };
        let always = |condition: &Condition| matches!(condition, Condition::Constant(true));
        let stays = always(&step.when) && always(&object.when) && has_one_name(&object.name, blueprint);
        let verified = step.verify.iter().any(|verify| verify.kind == object.kind);
        let uses = match &step.outside {
            None => &mut self.inside,
            Some(place) => self.outside.entry(place.namespace.clone()).or_default(),
        };
        let found = uses.entry(resource).or_default();
        found.verified |= verified;
        found.prunable |= !stays;
        if resource::group(&object.api_version) == "rbac.authorization.k8s.io" {
            match bound(blueprint, step, object) {
                Ok(name) => drop(self.bound.insert(name)),
                Err(problem) => self.problems.push(problem),
            }
        }
    }
}

/// Is the name the same for every change of one namespace? Its name, its team and its environment stay.
fn has_one_name(name: &Template, blueprint: &Blueprint) -> bool {
    let stays = |read: &Read| match read {
        Read::Parameter(field) => {
            [blueprint.name_field, blueprint.team_field, blueprint.environment_field].contains(field)
        }
        Read::Constant(_) => true,
        _ => false,
    };
    match name {
        Template::Literal(_) => true,
        Template::Read(read) => stays(read),
        Template::Text(parts) => parts.iter().all(|part| match part {
            Part::Literal(_) => true,
            Part::Read(read) => stays(read),
        }),
        _ => false,
    }
}

/// The `ClusterRole` that a binding names.
fn bound(blueprint: &Blueprint, step: &Step, object: &ObjectTemplate) -> Result<String, ExportProblem> {
    let place = format!("the step `{}` of the blueprint `{}`", step.id, blueprint.name);
    if !object.kind.ends_with("Binding") {
        return Err(ExportProblem::new(
            format!("{place} makes a {}: its maker would have to hold all these rights itself", object.kind),
            "write its rules under `clusterRoles` of the blueprint, and bind that ClusterRole",
        ));
    }
    let role = match &object.body {
        Template::Map(entries) => entries.iter().find(|(key, _)| key == "roleRef").map(|(_, role)| role),
        _ => None,
    };
    // What doesn't read a request is a literal by now.
    let role = match role {
        Some(Template::Literal(role)) => role,
        _ => &Value::Null,
    };
    match (role.get("kind").and_then(Value::as_str), role.get("name").and_then(Value::as_str)) {
        (Some("ClusterRole"), Some(name)) => Ok(name.to_owned()),
        _ => Err(ExportProblem::new(
            format!("{place} makes a {} to something else than a fixed ClusterRole", object.kind),
            "let `roleRef` name a ClusterRole, and read nothing of the request in it",
        )),
    }
}
