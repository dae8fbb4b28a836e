//! What `plan` answers: for people, and as JSON.

use serde::Serialize;
use serde_json::Value;

use super::Outline;
use crate::decide::{Approval, Cost, Decided, Subject};
use crate::policy::Platform;
use crate::template::RequestIdentity;

/// What a request will create.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Plan<'a> {
    /// The blueprint.
    pub blueprint: &'a str,
    /// The namespace.
    pub name: String,
    /// The team that will own it.
    pub team: String,
    /// Where it goes.
    pub environment: String,
    /// The cluster of that environment.
    pub cluster: String,
    /// What is done, in order; a step starts when those in `after` are done.
    pub steps: Vec<PlanStep>,
    /// The blueprint's steps that this request doesn't need.
    pub skipped: Vec<SkippedStep>,
    /// Who must say yes first.
    pub approval: Approval<'a>,
    /// What it costs.
    pub cost: Cost<'a>,
    /// Hash of what is created, whatever the request's id and time: an approval pins it.
    pub plan_digest: String,
    /// Hash of both documents.
    pub policy_digest: &'a str,
    /// The version of the core that planned.
    pub core_version: &'static str,
}

/// Objects that are applied together.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PlanStep {
    /// The container's name in the Workflow.
    pub id: String,
    /// For people.
    pub title: String,
    /// The steps that must be done before.
    pub after: Vec<String>,
    /// Why the step is part of the plan, for people.
    pub reason: String,
    /// What is applied.
    pub objects: Vec<PlanObject>,
    /// What must be true afterwards.
    pub verify: Vec<PlanVerify>,
}

/// A Kubernetes object.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PlanObject {
    /// Such as `v1`.
    pub api_version: String,
    /// Such as `ResourceQuota`.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// Its namespace; left out for cluster-scoped objects.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub namespace: Option<String>,
    /// The whole object.
    pub manifest: Value,
}

/// Something that must be true of an object in the end.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PlanVerify {
    /// The object's kind.
    pub kind: String,
    /// The object's name.
    pub name: String,
    /// Where to look.
    pub jsonpath: String,
    /// What must stand there.
    pub expected: String,
}

/// A step that the request doesn't need.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SkippedStep {
    /// Its id.
    pub id: String,
    /// For people.
    pub title: String,
    /// When it would be needed, for people.
    pub reason: String,
}

/// Writes the plan of a valid request.
pub(crate) fn answer<'a>(
    decided: Decided<'a>,
    subject: &Subject<'a>,
    platform: &Platform,
    request: RequestIdentity<'_>,
) -> Plan<'a> {
    let outline = Outline::new(subject, request);
    let environment = outline.environment().to_owned();
    let cluster =
        platform.document.spec.environments.get(&environment).map_or("", |environment| &environment.cluster);
    let steps = steps(&outline);
    let skipped = outline.skipped().map(|step| SkippedStep {
        id: step.id.clone(),
        title: step.title.clone(),
        reason: format!("only when {}", step.reason),
    });
    Plan {
        blueprint: decided.decision.blueprint,
        name: outline.name().to_owned(),
        team: outline.team().to_owned(),
        cluster: cluster.to_owned(),
        plan_digest: digest(subject, cluster),
        steps,
        skipped: skipped.collect(),
        environment,
        approval: decided.decision.approval,
        cost: decided.decision.cost,
        policy_digest: decided.decision.policy_digest,
        core_version: decided.decision.core_version,
    }
}

fn steps(outline: &Outline<'_>) -> Vec<PlanStep> {
    let steps = outline.steps();
    let id =
        |index: &usize| steps.iter().find(|other| other.index == *index).map(|other| other.step.id.clone());
    let objects = |step: &super::OutlineStep<'_>| {
        let list = step.objects.iter().map(|object| PlanObject {
            api_version: object.template.api_version.clone(),
            kind: object.template.kind.clone(),
            name: object.name.clone(),
            namespace: object.namespace.map(str::to_owned),
            // A template always serializes: its keys are text and its values come from JSON.
            manifest: serde_json::to_value(object).unwrap_or(Value::Null),
        });
        list.collect()
    };
    let verify = |step: &super::OutlineStep<'_>| {
        let list = step.verify.iter().map(|check| PlanVerify {
            kind: check.kind.to_owned(),
            name: check.name.clone(),
            jsonpath: check.jsonpath.to_owned(),
            expected: check.expected.clone(),
        });
        list.collect()
    };
    steps
        .iter()
        .map(|step| PlanStep {
            id: step.step.id.clone(),
            title: step.step.title.clone(),
            after: step.after.iter().filter_map(id).collect(),
            reason: step.step.reason.clone(),
            objects: objects(step),
            verify: verify(step),
        })
        .collect()
}

/// The hash of everything that is created, with the id and the time left open.
fn digest(subject: &Subject<'_>, cluster: &str) -> String {
    let open = RequestIdentity {
        id: super::RequestId::UNKNOWN,
        created_at: super::RequestId::UNKNOWN,
        requester: None,
        provisioning: false,
    };
    let outline = Outline::new(subject, open);
    let steps: Vec<_> =
        outline.steps().into_iter().map(|step| (&step.step.id, step.after, step.objects)).collect();
    // A template always serializes: its keys are text and its values come from JSON.
    let text = serde_json::to_string(&steps).unwrap_or_default();
    format!("sha256:{}", crate::digest::sha256([cluster, &text]))
}
