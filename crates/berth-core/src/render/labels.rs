//! Names, labels and annotations of Workflows.

use super::{Job, Kind, ObjectMeta, StringMap, Workflow, WorkflowSpec};

impl Job<'_> {
    /// `berth-<blueprint>-<16 hex>` of request id and attempt: submitting twice makes one Workflow.
    fn workflow_name(&self) -> String {
        let attempt = self.options.attempt.to_string();
        let hash = crate::digest::short([self.options.request_id.as_str(), &attempt], 16);
        format!("berth-{}-{hash}", self.blueprint.name)
    }

    /// Hash of everything that the Workflow is made from: with request id and attempt it tells whether an
    /// existing Workflow of the same name is this one.
    fn spec_hash(&self) -> String {
        let (id, now) = (self.options.request_id.as_str(), self.options.now.as_str());
        let request = self.outline.request_text();
        let from = match self.options.kind {
            Kind::Change { from, .. } => crate::emit::to_json(from),
            Kind::Create | Kind::Adopt | Kind::Freeze { .. } | Kind::Delete { .. } => String::new(),
        };
        let parts = [
            self.digest,
            crate::VERSION,
            self.options.target.name(),
            self.options.kind.name(),
            self.owner(),
            id,
            now,
            &request,
            &from,
        ];
        crate::digest::short(parts, 32)
    }

    /// Metadata of the Workflow.
    fn metadata(&self) -> ObjectMeta {
        let prefix = &self.platform.label_prefix;
        let attempt = self.options.attempt.to_string();
        let entries = [
            ("managed", "true"),
            ("request-id", self.options.request_id.as_str()),
            ("attempt", &attempt),
            ("spec-hash", &self.spec_hash()),
            ("blueprint", &self.blueprint.name),
            ("workflow-kind", self.options.kind.name()),
            ("team", self.outline.team()),
            ("environment", self.outline.environment()),
            ("namespace", self.outline.name()),
        ];
        let label = |(key, value): (&str, &str)| (format!("{prefix}/{key}"), value.to_owned());
        let mut annotations = StringMap::new();
        annotations.insert(
            "workflows.argoproj.io/title".to_owned(),
            format!("{}-{}", self.options.kind.name(), self.outline.name()),
        );
        annotations
            .insert(format!("{prefix}/policy-digest"), self.digest.trim_start_matches("sha256:").to_owned());
        annotations.insert(format!("{prefix}/core-version"), crate::VERSION.to_owned());
        ObjectMeta {
            name: self.workflow_name(),
            namespace: self.platform.workflow.namespace.clone(),
            labels: entries.into_iter().map(label).collect(),
            annotations,
        }
    }

    /// The Workflow with this spec.
    pub(super) fn workflow(&self, spec: WorkflowSpec) -> Workflow {
        Workflow { api_version: "argoproj.io/v1alpha1", kind: "Workflow", metadata: self.metadata(), spec }
    }
}
