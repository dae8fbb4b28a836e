//! What `plan` answers: for people, and as JSON.

use serde::Serialize;
use serde_json::Value;

use super::{ObjectChange, Outline, PlanKind, PlanOptions, changes};
use crate::berth::{Berth, Refused};
use crate::decide::{Approval, Circumstances, Cost, Decided, Decision, Standing, Subject};
use crate::policy::Platform;
use crate::request::{Context, Moment};
use crate::template::RequestIdentity;

/// What a request will create or change.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Plan<'a> {
    /// What is planned.
    pub kind: PlanKind,
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
    /// What is applied, in order; a step starts when those in `after` are done.
    pub steps: Vec<PlanStep>,
    /// What becomes of each object; left out of a creation, which adds them all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changes: Option<Vec<ObjectChange>>,
    /// The blueprint's steps that this request doesn't need.
    pub skipped: Vec<SkippedStep>,
    /// Who must say yes first.
    pub approval: Approval<'a>,
    /// What it costs.
    pub cost: Cost<'a>,
    /// Hash of what is created and what becomes of what stands, whatever the request's id and time: an approval pins it.
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
    #[cfg_attr(feature = "schema", schemars(extend("type" = "object")))]
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

impl Berth {
    /// What a valid request will create or change, or what becomes of what stands.
    ///
    /// # Errors
    /// The decision, when the request is not valid.
    pub fn plan<'a>(
        &'a self,
        request: &'a Value,
        context: &'a Context,
        options: &PlanOptions<'_>,
    ) -> Result<Plan<'a>, Refused<'a>> {
        let circumstances = Circumstances::new(context, options.now.as_ref());
        let kind = options.kind.unwrap_or(match circumstances.standing {
            Standing::As(_) => PlanKind::Change,
            Standing::Foreign => PlanKind::Adopt,
            Standing::Nothing => PlanKind::Create,
        });
        let mut decided = match kind {
            PlanKind::Create => self.decided_in(request, circumstances.creating(), false),
            PlanKind::Change | PlanKind::Adopt => self.decided_in(request, circumstances, false),
            PlanKind::Freeze | PlanKind::Delete => self.decided_standing(request, context, kind),
        };
        let refuse = |decision: Decision<'a>| Err(Refused(Box::new(decision)));
        let Some(subject) = decided.subject.take().filter(|_| decided.decision.valid) else {
            return refuse(decided.decision);
        };
        if let Some(missing) = circumstances.standing.misses(kind) {
            return refuse(decided.decision.with(missing));
        }
        let identity = match (kind, options.origin) {
            (PlanKind::Create | PlanKind::Adopt, _) => RequestIdentity {
                id: options.request_id.as_ref().map_or(super::RequestId::UNKNOWN, super::RequestId::as_str),
                created_at: options.now.as_ref().map_or(super::RequestId::UNKNOWN, Moment::as_str),
                requester: subject.requester,
                provisioning: false,
            },
            (_, Some(origin)) => origin.identity(),
            (_, None) => RequestIdentity::UNKNOWN,
        };
        let before = decided.before.take();
        if let Some(before) = &before
            && !before.is_well_formed()
        {
            return refuse(decided.decision.with(Standing::unreadable()));
        }
        let outline = Outline::new(&subject, identity);
        let changes = |outline: &Outline<'_>| changes_of(kind, outline, before.as_ref(), options.live);
        Ok(answer(kind, decided, &outline, &changes, &self.platform))
    }
}

/// What becomes of each object; nothing for a creation.
fn changes_of(
    kind: PlanKind,
    outline: &Outline<'_>,
    before: Option<&Subject<'_>>,
    live: &[Value],
) -> Option<Vec<ObjectChange>> {
    match kind {
        PlanKind::Create => None,
        PlanKind::Change => {
            let before = Outline::new(before?, outline.identity());
            Some(changes::between(&before, outline))
        }
        PlanKind::Adopt => Some(changes::against(live, outline, &[])),
        PlanKind::Freeze => Some(changes::frozen(outline)),
        PlanKind::Delete => Some(changes::removed(outline)),
    }
}

fn answer<'a>(
    kind: PlanKind,
    decided: Decided<'a>,
    outline: &Outline<'_>,
    changes: &dyn Fn(&Outline<'_>) -> Option<Vec<ObjectChange>>,
    platform: &Platform,
) -> Plan<'a> {
    let environment = outline.environment().to_owned();
    let cluster =
        platform.document.spec.environments.get(&environment).map_or("", |environment| &environment.cluster);
    let applies = !matches!(kind, PlanKind::Freeze | PlanKind::Delete);
    let steps = if applies { steps(outline) } else { Vec::new() };
    let skipped = outline.skipped().filter(|_| applies).map(|step| SkippedStep {
        id: step.id.clone(),
        title: step.title.clone(),
        reason: format!("only when {}", step.reason),
    });
    Plan {
        kind,
        blueprint: decided.decision.blueprint,
        name: outline.name().to_owned(),
        team: outline.team().to_owned(),
        cluster: cluster.to_owned(),
        plan_digest: digest(kind, &outline.of_nobody(), changes, cluster),
        steps,
        changes: changes(outline),
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
            manifest: object.to_value(),
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

/// The hash of everything that is done; of an outline with the id and the time left open.
fn digest(
    kind: PlanKind,
    outline: &Outline<'_>,
    changes: &dyn Fn(&Outline<'_>) -> Option<Vec<ObjectChange>>,
    cluster: &str,
) -> String {
    let steps: Vec<_> =
        outline.steps().into_iter().map(|step| (&step.step.id, step.after, step.objects)).collect();
    let text = crate::emit::to_json(&steps);
    let hash = match changes(outline) {
        None => crate::digest::sha256([cluster, &text]),
        Some(changes) => {
            let changes = crate::emit::to_json(&changes);
            crate::digest::sha256([cluster, &text, kind.name(), &changes])
        }
    };
    format!("sha256:{hash}")
}
