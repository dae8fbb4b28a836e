//! The `WorkflowTemplate`s of all blueprints, for who installs them and for who looks whether they are in step.
//!
//! A template doesn't depend on the request that it is rendered for; the analysis finds a valid one.

use serde_json::{Value, json};

use super::{CheckOptions, Witness};
use crate::plan::RequestId;
use crate::render::{Kind, Origin, RenderOptions, Rendering, Target, WorkflowTemplate};
use crate::{Berth, Context, Moment};

impl Berth {
    /// A valid request for every option of every blueprint, as `{blueprint, parameters}`: together they reach all that
    /// the blueprints can make.
    pub fn examples(&self) -> Vec<Value> {
        let options = CheckOptions { witnesses: true, ..CheckOptions::default() };
        let request =
            |witness: Witness| json!({ "blueprint": witness.blueprint, "parameters": witness.example });
        self.check_policy(options).witnesses.into_iter().map(request).collect()
    }

    /// The `WorkflowTemplate`s that thin Workflows of these documents name: for each blueprint, one for
    /// each kind of Workflow. A blueprint that no request can fulfil has none.
    ///
    /// ```
    /// let berth = berth_core::Berth::embedded()?;
    /// let names: Vec<_> = berth.workflow_templates().into_iter().map(|template| template.metadata.name).collect();
    /// assert!(names.iter().any(|name| name.starts_with("berth-namespace-create-")));
    /// # Ok::<(), berth_core::DocumentErrors>(())
    /// ```
    pub fn workflow_templates(&self) -> Vec<WorkflowTemplate> {
        let (Ok(request_id), Ok(now)) = (RequestId::parse("example"), Moment::parse("2026-01-01T00:00:00Z"))
        else {
            return Vec::new();
        };
        let mut examples = self.examples();
        examples.dedup_by(|later, first| later["blueprint"] == first["blueprint"]);
        let mut templates = Vec::new();
        for request in &examples {
            let origin = Origin { request_id: &request_id, created_at: &now, requester: None };
            let kinds = [
                Kind::Create,
                Kind::Change { from: request, origin },
                Kind::Adopt,
                Kind::Freeze { origin },
                Kind::Delete { origin },
            ];
            for kind in kinds {
                let options = RenderOptions {
                    target: Target::WorkflowTemplate,
                    kind,
                    request_id: request_id.clone(),
                    now: now.clone(),
                    attempt: 1,
                };
                if let Ok(Rendering::WorkflowTemplate(template)) =
                    self.render(request, &Context::UNKNOWN, &options)
                {
                    templates.push(*template);
                }
            }
        }
        templates
    }
}
