//! Compiles a Blueprint document, and says everything that is wrong with it.

mod manifest;
mod parameters;
mod rules;
mod steps;

#[cfg(feature = "schema")]
pub(crate) use parameters::TAKEN_PARAMETERS;

use serde_json::Value;

use super::blueprint::Blueprint;
use super::condition::Vocabulary;
use super::platform::Platform;
use super::problems::Problems;
use crate::document::{BlueprintDocument, from_value};
use crate::kubernetes::NameRule;
use crate::template::Compiler;

/// What is left of a Workflow's 63 characters in `berth-<name>-create-<12 hex>`.
const LONGEST_NAME: usize = 37;

/// Compiles a blueprint; `None` when something is wrong with it.
pub(crate) fn compile_blueprint(
    value: &Value,
    platform: &Platform,
    problems: &mut Problems,
) -> Option<Blueprint> {
    let document: BlueprintDocument = match from_value(value) {
        Ok(document) => document,
        Err(error) => {
            problems.push(*error);
            return None;
        }
    };
    problems.inside("metadata", |problems| {
        let name = &document.metadata.name;
        check_name("name", name, NameRule::DnsLabel, problems);
        if name.len() > LONGEST_NAME {
            problems.add_at(
                "name",
                format!("`{name}` is longer than {LONGEST_NAME} characters"),
                "it is part of the names of Workflows, which have 63: choose a shorter name",
            );
        }
    });
    let blueprint = problems.inside("spec", |problems| compile_spec(&document, value, platform, problems));
    if problems.is_empty() { blueprint } else { None }
}

fn check_name(key: &str, value: &str, rule: NameRule, problems: &mut Problems) {
    problems.inside(key, |problems| problems.obey(rule.check(value)));
}

fn compile_spec(
    document: &BlueprintDocument,
    value: &Value,
    platform: &Platform,
    problems: &mut Problems,
) -> Option<Blueprint> {
    let spec = &document.spec;
    parameters::check_tables(&spec.tables, problems);
    let fields = parameters::compile(spec, platform, problems)?;
    let find = |key: &str, name: &str, problems: &mut Problems| {
        let found = fields.iter().position(|field| field.name == name);
        if found.is_none() {
            problems.inside("scope", |problems| {
                problems.add_at(key, format!("there is no parameter `{name}`"), "name one of `parameters`");
            });
        }
        found
    };
    let name_field = find("name", &spec.scope.name, problems)?;
    let team_field = find("team", &spec.scope.team, problems)?;
    let environment_field = find("environment", &spec.scope.environment, problems)?;
    parameters::check_scope(spec, &fields, [name_field, team_field, environment_field], problems);
    let expiry_field = match &spec.scope.expiry {
        Some(name) => Some(find("expiry", name, problems)?),
        None => None,
    };
    parameters::check_expiry(&fields, expiry_field, problems);

    let vocabulary = Vocabulary { fields: &fields, platform: &platform.constants };
    let rules = rules::compile(spec, &vocabulary, problems);
    let approvals = rules::compile_approvals(spec, &vocabulary, problems);
    rules::check_cluster_roles(spec, problems);
    let steps = steps::compile(spec, name_field, platform, &Compiler { vocabulary: &vocabulary }, problems);
    let name = document.metadata.name.clone();
    Some(Blueprint {
        name,
        metadata: document.metadata.clone(),
        text: crate::emit::to_json(value),
        fields,
        name_field,
        team_field,
        environment_field,
        expiry_field,
        rules,
        approvals,
        steps,
    })
}
