//! `render`: a valid request as an Argo Workflow, a thin Workflow by reference, or plain manifests.
//!
//! One pod carries a request out: a container set of kubectl calls, a container for each step. No shell
//! anywhere. Every string that people or blueprints wrote travels inside JSON in which braces are
//! escaped, so that Argo never sees a tag in it.

mod argo;
mod bundle;
mod change;
mod checks;
mod containers;
mod create;
mod delete;
mod error;
mod labels;
mod neutral;
mod options;
mod reference;

pub use argo::*;
pub use error::RenderError;
pub use options::{Kind, Origin, RenderOptions, Target};

use serde::Serialize;
use serde_json::Value;

use crate::berth::Berth;
use crate::decide::Subject;
use crate::plan::Outline;
use crate::request::Context;
use crate::template::RequestIdentity;

/// What was rendered. Serializes as it is sent to Argo or to a cluster.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum Rendering {
    /// A Workflow, whole or thin.
    Workflow(Box<Workflow>),
    /// A `WorkflowTemplate`.
    WorkflowTemplate(Box<WorkflowTemplate>),
    /// A `v1` List of the objects, in the order of the plan.
    Manifests(List),
}

/// A Kubernetes List.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct List {
    /// Always `v1`.
    pub api_version: &'static str,
    /// Always `List`.
    pub kind: &'static str,
    /// The objects.
    pub items: Vec<Value>,
}

impl Rendering {
    /// As YAML; a List becomes several documents.
    pub fn to_yaml(&self) -> String {
        match self {
            Self::Manifests(list) => crate::emit::to_yaml_documents(&list.items),
            other => crate::emit::to_yaml(other),
        }
    }
}

impl Berth {
    /// Renders a valid request. The same input gives the same bytes.
    ///
    /// # Errors
    /// When the request is not valid, when it is too large for Argo, or when the options don't fit together.
    pub fn render<'a>(
        &'a self,
        request: &'a Value,
        context: &'a Context,
        options: &RenderOptions<'a>,
    ) -> Result<Rendering, RenderError<'a>> {
        let subject = match options.kind {
            Kind::Delete { .. } => self.standing(request)?,
            Kind::Create | Kind::Change { .. } => self.subject(request, context)?,
        };
        let spec = &self.platform.document.spec;
        let identity = options.identity(&subject);
        let outline = Outline::new(&subject, identity);
        let removed = match options.kind {
            Kind::Create | Kind::Delete { .. } => Vec::new(),
            Kind::Change { from, .. } => {
                let before = self.standing(from)?;
                change::no_longer_wanted(&Outline::new(&before, identity), &outline)?
            }
        };
        let job = Job {
            platform: spec,
            blueprint: subject.blueprint,
            outline: &outline,
            options,
            digest: self.policy_digest(),
            removed,
        };
        let rendering = match options.target {
            Target::Manifests => Rendering::Manifests(manifests(&outline)),
            Target::Workflow => Rendering::Workflow(Box::new(whole(&job))),
            Target::WorkflowRef => Rendering::Workflow(Box::new(reference::workflow(&job))),
            Target::WorkflowTemplate => Rendering::WorkflowTemplate(Box::new(reference::template(&job))),
        };
        checks::check(&rendering, &job)?;
        Ok(rendering)
    }

    fn subject<'a>(
        &'a self,
        request: &'a Value,
        context: &'a Context,
    ) -> Result<Subject<'a>, RenderError<'a>> {
        let decided = self.decided(request, context, false);
        match decided.subject {
            Some(subject) if decided.decision.valid => Ok(subject),
            _ => Err(RenderError::Refused(Box::new(decided.decision))),
        }
    }

    /// A request that was carried out once. Today's rules and limits don't matter: what stands must stay
    /// changeable and deletable when the policy has moved on.
    fn standing<'a>(&'a self, request: &'a Value) -> Result<Subject<'a>, RenderError<'a>> {
        let decided = self.decided(request, &Context::UNKNOWN, false);
        match decided.subject {
            Some(subject) if subject.is_well_formed() => Ok(subject),
            _ => Err(RenderError::Refused(Box::new(decided.decision))),
        }
    }
}

/// Everything that a rendering is made from.
struct Job<'j> {
    platform: &'j crate::document::PlatformSpec,
    blueprint: &'j crate::policy::Blueprint,
    outline: &'j Outline<'j>,
    options: &'j RenderOptions<'j>,
    digest: &'j str,
    /// The objects that a change takes away.
    removed: Vec<Value>,
}

impl Job<'_> {
    /// The cluster of the request's environment.
    fn cluster(&self) -> &str {
        self.platform
            .environments
            .get(self.outline.environment())
            .map_or("", |environment| &environment.cluster)
    }

    /// The id in the labels of what stands: of the request that made it.
    fn owner(&self) -> &str {
        match self.options.kind {
            Kind::Create => self.options.request_id.as_str(),
            Kind::Change { origin, .. } | Kind::Delete { origin } => origin.request_id.as_str(),
        }
    }
}

/// A Workflow that holds everything.
fn whole(job: &Job<'_>) -> Workflow {
    let texts = create::texts(job);
    let spec = match job.options.kind {
        Kind::Create => create::spec(job, texts),
        Kind::Change { .. } => {
            let prune = (!job.removed.is_empty()).then(|| bundle::json(&job.removed));
            change::spec(job, texts, prune)
        }
        Kind::Delete { .. } => delete::spec(job, &texts),
    };
    let arguments = Some(Arguments { parameters: create::request_parameters(job) });
    job.workflow(WorkflowSpec { arguments, ..spec })
}

fn manifests(outline: &Outline<'_>) -> List {
    let objects = outline.steps().into_iter().flat_map(|step| step.objects);
    List { api_version: "v1", kind: "List", items: objects.map(|object| object.to_value()).collect() }
}

impl RenderOptions<'_> {
    fn identity<'s>(&'s self, subject: &Subject<'s>) -> RequestIdentity<'s> {
        let provisioning = self.target != Target::Manifests && matches!(self.kind, Kind::Create);
        match &self.kind {
            Kind::Create => RequestIdentity {
                id: self.request_id.as_str(),
                created_at: self.now.as_str(),
                requester: subject.requester,
                provisioning,
            },
            Kind::Change { origin, .. } | Kind::Delete { origin } => RequestIdentity {
                id: origin.request_id.as_str(),
                created_at: origin.created_at.as_str(),
                requester: origin.requester,
                provisioning,
            },
        }
    }
}
