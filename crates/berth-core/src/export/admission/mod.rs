//! Admission policies: the policy once more, inside the cluster, where nobody gets around it.
//!
//! The API server never sees a request. So there are two halves: what a Workflow says it was asked for is judged as
//! `decide` judges it (`request`, `workflows`, `reference`), which refuses early; and what is *written* is judged by what the
//! documents say about namespaces (`namespaces`, `provisioner`, `objects`), which is the boundary.

mod namespaces;
mod objects;
mod policy;
mod provisioner;
mod reference;
mod request;
mod workflows;

use serde_json::Value;

use super::error::{self, ExportError};
use crate::berth::Berth;

impl Berth {
    /// `ValidatingAdmissionPolicies` and their bindings. What they can't say is listed in the annotation
    /// `<prefix>/not-exported` of each, by the code of its violation.
    ///
    /// # Errors
    /// Kinds whose resource nobody names.
    pub fn export_admission(&self) -> Result<Vec<Value>, ExportError> {
        let mut problems = Vec::new();
        let mut policies = vec![self.namespaces_policy()];
        policies.extend(self.provisioner_policy(&mut problems));
        policies.push(self.objects_policy());
        policies.push(self.workflows_policy());
        policies.extend(self.blueprints.iter().map(|blueprint| self.request_policy(blueprint)));
        let templates = self.workflow_templates();
        let by_reference =
            self.blueprints.iter().map(|blueprint| self.reference_policy(blueprint, &templates));
        policies.extend(by_reference);
        let objects = policies.into_iter().flat_map(|policy| policy.into_objects(self)).collect();
        error::unless(problems, objects)
    }

    /// The user name of an account of the Workflows.
    fn user(&self, account: &str) -> String {
        format!("system:serviceaccount:{}:{account}", self.platform.document.spec.workflow.namespace)
    }

    /// The accounts that create, change and delete, as users.
    fn users(&self) -> [String; 3] {
        let accounts = &self.platform.document.spec.workflow.service_accounts;
        [&accounts.create, &accounts.change, &accounts.delete].map(|account| self.user(account))
    }

    /// The key of a label of Berth's.
    fn label(&self, key: &str) -> String {
        format!("{}/{key}", self.platform.document.spec.label_prefix)
    }
}
