//! Workflows by reference: which `WorkflowTemplate` they name, and what they give to it.
//!
//! A template puts parameters into the arguments of kubectl. So each must be what Berth gives there, and can't be
//! another option, another object or another tag.

use super::policy::Policy;
use crate::berth::Berth;
use crate::export::cel::{escaped, text};
use crate::policy::Blueprint;
use crate::render::{NAMESPACE, REQUEST_ID, Takes, WorkflowTemplate, takes};

/// A part of a DNS name, and of a request's id.
const WORD: &str = "[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?";
/// What a check compares with.
const EXPECTED: &str = "[A-Za-z0-9.-]+";

impl Berth {
    /// The policy over Workflows that name a template of this blueprint.
    pub(super) fn reference_policy(&self, blueprint: &Blueprint, templates: &[WorkflowTemplate]) -> Policy {
        let name = format!("berth-reference-{}", blueprint.name);
        let mut policy = Policy::about(&name, "argoproj.io", &["workflows"], &["CREATE"]);
        policy.in_namespace(&self.platform.document.spec.workflow.namespace);
        let label = |key: &str| format!("object.metadata.?labels[?{}].orValue('')", text(&self.label(key)));
        policy.only("of-this-blueprint", format!("{} == {}", label("blueprint"), text(&blueprint.name)));
        policy.only("by-reference", "has(object.spec.workflowTemplateRef)");
        let of_template = |template: &WorkflowTemplate, key: &str| {
            template.metadata.labels.get(&self.label(key)).cloned().unwrap_or_default()
        };
        let own: Vec<(String, &WorkflowTemplate)> = templates
            .iter()
            .filter(|template| of_template(template, "blueprint") == blueprint.name)
            .map(|template| (of_template(template, "workflow-kind"), template))
            .collect();
        let names = own.iter().map(|(kind, template)| (kind.as_str(), text(&template.metadata.name)));
        let patterns = own.iter().map(|(kind, template)| (kind.as_str(), self.patterns(blueprint, template)));
        policy.set("kind", label("workflow-kind"));
        policy.set("place", label("namespace"));
        policy.set("template", format!("{}[?variables.kind].orValue('')", entries(names)));
        policy.set("patterns", format!("{}[?variables.kind].orValue({{}})", entries(patterns)));
        policy.set("all", super::request::PARAMETERS);
        // A parameter of a request has no hyphen in its name.
        policy.set("given", "variables.all.filter(p, p.name.contains('-'))");
        must(blueprint, &label("request-id"), &mut policy);
        policy
    }

    /// The parameters of a template, each with the pattern of its values, as an expression.
    fn patterns(&self, blueprint: &Blueprint, template: &WorkflowTemplate) -> String {
        let declared = template.spec.arguments.iter().flat_map(|arguments| &arguments.parameters);
        let clusters = self.platform.document.spec.clusters.keys().map(|name| escaped(name));
        let clusters = clusters.collect::<Vec<_>>().join("|");
        let pattern = |takes: Takes<'_>| match takes {
            Takes::Cluster => format!("^(?:{clusters})$"),
            Takes::Namespace | Takes::RequestId => format!("^{WORD}$"),
            Takes::Force => "^(?:true|false)$".to_owned(),
            Takes::Bundle => r"^\{".to_owned(),
            Takes::Condition(jsonpath) => {
                format!(r"^jsonpath=(?:\{{\.status\.phase\}}=Active|{}={EXPECTED})$", escaped(jsonpath))
            }
            Takes::Object(kind) => format!("^(?:namespace|{})/{WORD}$", escaped(&kind)),
            Takes::Resource(resource, nothing) => format!("^(?:{}|{nothing})$", escaped(&resource)),
        };
        // A parameter that nobody knows takes nothing.
        let pattern = |name: &str| takes(blueprint, name).map_or_else(|| "^$".to_owned(), pattern);
        entries(declared.map(|parameter| (parameter.name.as_str(), text(&pattern(&parameter.name)))))
    }
}

fn must(blueprint: &Blueprint, request_id: &str, policy: &mut Policy) {
    policy.must(
        "!object.spec.workflowTemplateRef.?clusterScope.orValue(false) && object.spec.workflowTemplateRef.?name.orValue('') == variables.template",
        "a Workflow by reference names the WorkflowTemplate of its blueprint and kind that these documents give",
    );
    policy.must(
        "variables.given.size() == variables.patterns.size() && variables.patterns.all(name, variables.given.exists_one(p, p.name == name))",
        "a Workflow by reference gives its template every parameter once, and no other",
    );
    policy.must(
        "variables.given.all(p, p.?value.orValue('').matches(variables.patterns[?p.name].orValue('')))",
        "a parameter is not what Berth gives to a template: another kind, condition, cluster or option of kubectl",
    );
    policy.must(
        "variables.all.all(p, !p.?value.orValue('').contains('{{'))",
        "a parameter holds a tag, which Argo would replace",
    );
    let equals = |list: &str, name: &str, value: &str| {
        format!("variables.{list}.exists(p, p.name == {} && p.?value.orValue('') == {value})", text(name))
    };
    let name_field = blueprint.fields.get(blueprint.name_field).map_or("", |field| field.name.as_str());
    policy.must(
        format!(
            "{} && {}",
            equals("given", NAMESPACE, "variables.place"),
            equals("all", name_field, "'\"' + variables.place + '\"'")
        ),
        format!("the template is given another namespace than `{name_field}` and the label say"),
    );
    policy.must(
        format!("!(variables.kind in ['create', 'adopt']) || {}", equals("given", REQUEST_ID, request_id)),
        "the template is given the id of another request than the label says",
    );
}

/// A map of expressions of one type.
fn entries<'k>(entries: impl Iterator<Item = (&'k str, String)>) -> String {
    let entry = |(key, value)| format!("{}: {value}", text(key));
    format!("{{{}}}", entries.map(entry).collect::<Vec<_>>().join(", "))
}
