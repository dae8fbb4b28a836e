//! `render`: a valid request as an Argo Workflow, a thin Workflow by reference, or plain manifests.
//!
//! One pod carries a request out: a container set of kubectl calls, a container for each step. No shell
//! anywhere. Every string that people or blueprints wrote travels inside JSON in which braces are
//! escaped, so that Argo never sees a tag in it.

mod adopt;
mod argo;
mod bundle;
mod change;
mod checks;
mod containers;
mod create;
mod delete;
mod error;
mod freeze;
mod labels;
mod options;
mod reference;
mod report;

pub use argo::*;
use containers::Common;
#[cfg(feature = "export")]
pub(crate) use containers::image;
pub use error::RenderError;
pub use options::{Kind, RenderOptions, Target};
#[cfg(feature = "export")]
pub(crate) use reference::{NAMESPACE, REQUEST_ID, Takes, takes};

pub use crate::plan::Origin;

use serde::Serialize;
use serde_json::Value;

use crate::berth::Berth;
use crate::decide::{Circumstances, Subject};
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
        let mut text = String::new();
        self.write_yaml(&mut text);
        text
    }

    /// Adds it as YAML to the end of a text.
    pub fn write_yaml(&self, text: &mut String) {
        match self {
            Self::Manifests(list) => crate::emit::write_yaml_documents(text, &list.items),
            other => crate::emit::write_yaml(text, other),
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
        let circumstances = Circumstances::new(context, Some(&options.now));
        let (subject, before) = match options.kind {
            Kind::Delete { .. } | Kind::Freeze { .. } => (self.standing(request)?, None),
            Kind::Create => (self.judged(request, circumstances.creating())?, None),
            Kind::Adopt => (self.judged(request, circumstances.adopting())?, None),
            Kind::Change { from, .. } => {
                let stands = self.standing(from)?;
                let parameters = crate::request::parameters(from);
                let changing = parameters.map_or(circumstances, |stands| circumstances.changing(stands));
                (self.judged(request, changing)?, Some(stands))
            }
        };
        let spec = &self.platform.document.spec;
        let identity = options.identity(&subject);
        let outline = Outline::new(&subject, identity);
        let before = before.as_ref().map(|before| Outline::new(before, identity));
        let removed = match &before {
            None => Vec::new(),
            Some(before) => change::no_longer_wanted(before, &outline)?,
        };
        let job = Job {
            platform: spec,
            blueprint: subject.blueprint,
            outline: &outline,
            options,
            digest: self.policy_digest(),
            removed,
            frozen: freeze::quotas(&outline, options.kind)?,
            before: before.as_ref(),
            common: Common::of(&spec.workflow),
        };
        let rendering = match options.target {
            Target::Manifests => Rendering::Manifests(manifests(&job)),
            Target::Workflow => Rendering::Workflow(Box::new(whole(&job))),
            Target::WorkflowRef => Rendering::Workflow(Box::new(reference::workflow(&job))),
            Target::WorkflowTemplate => Rendering::WorkflowTemplate(Box::new(reference::template(&job))),
        };
        checks::check(&rendering, &job)?;
        Ok(rendering)
    }

    fn judged<'a>(
        &'a self,
        request: &'a Value,
        circumstances: Circumstances<'a>,
    ) -> Result<Subject<'a>, RenderError<'a>> {
        let decided = self.decided_in(request, circumstances, false);
        match decided.subject {
            Some(subject) if decided.decision.valid => Ok(subject),
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
    /// The quotas that a freezing sets to nothing.
    frozen: Vec<Value>,
    /// What a change starts from.
    before: Option<&'j Outline<'j>>,
    common: Common,
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
            Kind::Create | Kind::Adopt => self.options.request_id.as_str(),
            Kind::Change { origin, .. } | Kind::Freeze { origin } | Kind::Delete { origin } => {
                origin.request_id.as_str()
            }
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
            change::spec(job, texts, prune, change::force(job))
        }
        Kind::Adopt => adopt::spec(job, texts),
        Kind::Freeze { .. } => freeze::spec(job, &texts, bundle::json(&job.frozen)),
        Kind::Delete { .. } => delete::spec(job, &texts),
    };
    let arguments = Some(Arguments { parameters: create::request_parameters(job) });
    job.workflow(WorkflowSpec { arguments, ..spec })
}

fn manifests(job: &Job<'_>) -> List {
    let freezes = matches!(job.options.kind, Kind::Freeze { .. });
    let objects = job.outline.steps().into_iter().flat_map(|step| step.objects);
    let items = objects.map(|object| match object.frozen() {
        Some(frozen) if freezes => frozen,
        _ => object.to_value(),
    });
    List { api_version: "v1", kind: "List", items: items.collect() }
}

impl RenderOptions<'_> {
    fn identity<'s>(&'s self, subject: &Subject<'s>) -> RequestIdentity<'s> {
        match &self.kind {
            Kind::Create | Kind::Adopt => RequestIdentity {
                id: self.request_id.as_str(),
                created_at: self.now.as_str(),
                requester: subject.requester,
                provisioning: self.target != Target::Manifests && matches!(self.kind, Kind::Create),
            },
            Kind::Change { origin, .. } | Kind::Freeze { origin } | Kind::Delete { origin } => {
                origin.identity()
            }
        }
    }
}
