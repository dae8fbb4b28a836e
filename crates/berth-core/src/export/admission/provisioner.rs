//! Where the provisioner writes: in the namespace of its request, and nowhere else.

use super::policy::Policy;
use crate::berth::Berth;
use crate::export::cel::{any, text, texts};
use crate::export::error::ExportProblem;
use crate::export::resource;

/// Namespaces have a policy of their own; a request about one names it as its namespace, too.
pub(super) const NOT_A_NAMESPACE: &str = "!(request.resource.group == '' && request.resource.resource == 'namespaces' && request.?subResource.orValue('') == '')";

impl Berth {
    /// The policy over everything but namespaces that the provisioner writes; `None` when a kind isn't known.
    pub(super) fn provisioner_policy(&self, problems: &mut Vec<ExportProblem>) -> Option<Policy> {
        let outside = self.outside(problems)?;
        let mut policy =
            Policy::about("berth-provisioner", "*", &["*/*"], &["CREATE", "UPDATE", "DELETE", "CONNECT"]);
        let [create, change, delete] = self.users();
        let users = texts([create.as_str(), change.as_str(), delete.as_str()]);
        policy.only("is-the-provisioner", format!("request.userInfo.username in {users}"));
        policy.only("not-a-namespace", NOT_A_NAMESPACE);
        // Argo's executor reports as the account of the Workflow.
        let home = text(&self.platform.document.spec.workflow.namespace);
        policy.only(
            "not-a-result",
            format!("!(request.resource.group == 'argoproj.io' && request.resource.resource == 'workflowtaskresults' && request.?namespace.orValue('') == {home})"),
        );
        policy.set("creates", format!("request.userInfo.username == {}", text(&create)));
        policy.set("changes", format!("request.userInfo.username == {}", text(&change)));
        policy.set("deletes", format!("request.userInfo.username == {}", text(&delete)));
        policy.set("gone", "request.operation == 'DELETE'");
        policy.set("outside", any(&outside));
        let place = "namespaceObject == null ? {} : namespaceObject.metadata.?labels.orValue({})";
        policy.set("place", place);
        policy.set("labels", "object == null ? {} : object.metadata.?labels.orValue({})");
        policy.set("old_labels", "oldObject == null ? {} : oldObject.metadata.?labels.orValue({})");
        for (variable, labels, key) in [
            ("place_request_id", "place", "request-id"),
            ("place_provisioning", "place", "provisioning"),
            ("request_id", "labels", "request-id"),
            ("provisioning", "labels", "provisioning"),
            ("old_request_id", "old_labels", "request-id"),
            ("old_provisioning", "old_labels", "provisioning"),
        ] {
            policy.set(variable, format!("variables.{labels}[?{}].orValue('')", text(&self.label(key))));
        }
        self.where_it_writes(&mut policy);
        Some(policy)
    }

    fn where_it_writes(&self, policy: &mut Policy) {
        let (provisioning, id) = (self.label("provisioning"), self.label("request-id"));
        policy.must(
            "request.operation in ['CREATE', 'UPDATE', 'DELETE'] && request.?subResource.orValue('') == ''",
            "the provisioner writes whole objects: no tokens, no pods to enter",
        );
        policy.must(
            "!variables.creates || variables.outside || (!variables.gone && variables.place_provisioning != '')",
            format!("a request writes only in the namespace that it is making: this one carries no `{provisioning}`"),
        );
        policy.must(
            "!variables.creates || variables.outside || variables.request_id == variables.place_provisioning",
            format!("what a request writes carries its `{id}`, that of the namespace"),
        );
        policy.must(
            "!variables.creates || !variables.outside || variables.gone || (variables.request_id != '' && variables.provisioning in ['', variables.request_id] && (oldObject != null || variables.provisioning != ''))",
            format!("what a request writes elsewhere carries its `{id}` and begins with `{provisioning}`"),
        );
        policy.must(
            "!variables.creates || !variables.outside || oldObject == null || (variables.old_provisioning != '' && (variables.gone || variables.request_id == variables.old_request_id))",
            "this object is ready, or not Berth's: a request changes and deletes elsewhere only what it is making",
        );
        policy.must(
            "!variables.changes || variables.outside || (variables.place_request_id != '' && variables.place_provisioning == '')",
            "a change writes only in namespaces that Berth made, and that are ready",
        );
        policy.must(
            "!variables.changes || variables.outside || variables.gone || variables.request_id == variables.place_request_id",
            format!("what a change writes carries the namespace's `{id}`"),
        );
        policy.must(
            "!variables.changes || variables.outside || oldObject == null || variables.old_request_id == variables.place_request_id || (!variables.gone && variables.old_request_id == '')",
            "a change touches only what Berth made for this namespace",
        );
        policy.must(
            "!variables.changes || !variables.outside || variables.gone || (variables.request_id != '' && variables.provisioning == '')",
            format!("what a change writes elsewhere carries its `{id}`"),
        );
        // A creation that was stopped in its last step leaves its label on what is ready.
        policy.must(
            "!variables.changes || !variables.outside || oldObject == null || (variables.old_request_id != '' && variables.old_provisioning in ['', variables.old_request_id] && (variables.gone || variables.old_request_id == variables.request_id))",
            "a change touches elsewhere only what Berth made for this request",
        );
        policy.must(
            "!variables.deletes || (variables.gone && variables.outside && variables.old_request_id != '' && variables.old_provisioning in ['', variables.old_request_id])",
            "giving back deletes, besides the namespace, only what Berth made elsewhere for it",
        );
    }

    /// "The resource is one that blueprints make outside of namespaces, in its place."
    fn outside(&self, problems: &mut Vec<ExportProblem>) -> Option<Vec<String>> {
        let mut found = Vec::new();
        for blueprint in &self.blueprints {
            for step in &blueprint.steps {
                let Some(place) = &step.outside else { continue };
                for object in &step.objects {
                    match resource::of(&self.platform, &object.api_version, &object.kind) {
                        Ok(resource) => {
                            let condition = format!(
                                "request.?namespace.orValue('') == {} && request.resource.group == {} && request.resource.resource == {}",
                                text(place.namespace.as_deref().unwrap_or_default()),
                                text(&resource.group),
                                text(&resource.name)
                            );
                            if !found.contains(&condition) {
                                found.push(condition);
                            }
                        }
                        Err(problem) => problems.push(problem),
                    }
                }
            }
        }
        problems.is_empty().then_some(found)
    }
}
