//! Namespaces: who may set Berth's labels, and what the provisioner may write where.

use super::policy::Policy;
use crate::berth::Berth;
use crate::document::Severity;
use crate::export::cel::{Conditions, Labels, Templates, all, any, namespace_labels, text, texts};
use crate::policy::{Blueprint, FieldKind};
use crate::template::{Read, RequestField, Template};

impl Berth {
    /// The policy over namespaces, whoever writes them.
    pub(super) fn namespaces_policy(&self) -> Policy {
        let mut policy =
            Policy::about("berth-namespaces", "", &["namespaces"], &["CREATE", "UPDATE", "DELETE"]);
        let [create, change, delete] = self.users();
        let prefix = format!("{}/", self.platform.document.spec.label_prefix);
        policy.set("creates", format!("request.userInfo.username == {}", text(&create)));
        policy.set("changes", format!("request.userInfo.username == {}", text(&change)));
        policy.set("deletes", format!("request.userInfo.username == {}", text(&delete)));
        policy.set("provisioner", "variables.creates || variables.changes || variables.deletes");
        policy.set("gone", "request.operation == 'DELETE'");
        policy.set("made", "request.operation == 'CREATE'");
        policy.set("name", "request.?name.orValue('')");
        for (variable, source, key) in [
            ("labels", "object", "labels"),
            ("annotations", "object", "annotations"),
            ("old_labels", "oldObject", "labels"),
            ("old_annotations", "oldObject", "annotations"),
        ] {
            policy.set(variable, format!("{source} == null ? {{}} : {source}.metadata.?{key}.orValue({{}})"));
        }
        for (variable, labels, key) in [
            ("request_id", "labels", "request-id"),
            ("old_request_id", "old_labels", "request-id"),
            ("provisioning", "labels", "provisioning"),
            ("old_provisioning", "old_labels", "provisioning"),
        ] {
            policy.set(variable, format!("variables.{labels}[?{}].orValue('')", text(&self.label(key))));
        }
        let ours = |key: &str| {
            format!(
                "variables.{key}.all(k, !k.startsWith({prefix}) || variables.old_{key}[?k].orValue('') == variables.{key}[k] && k in variables.old_{key}) && \
                 variables.old_{key}.all(k, !k.startsWith({prefix}) || k in variables.{key})",
                prefix = text(&prefix)
            )
        };
        policy.must(
            format!("variables.gone || variables.provisioner || ({} && {})", ours("labels"), ours("annotations")),
            format!("only Berth's provisioner sets labels and annotations that begin with `{prefix}` on a namespace"),
        );
        self.who_writes_what(&mut policy);
        self.content(&mut policy);
        policy
    }

    fn who_writes_what(&self, policy: &mut Policy) {
        let provisioning = self.label("provisioning");
        let request_id = self.label("request-id");
        let managed = format!("variables.labels[?{}].orValue('') == 'true'", text(&self.label("managed")));
        let was_managed =
            format!("variables.old_labels[?{}].orValue('') == 'true'", text(&self.label("managed")));
        policy.must(
            format!("!variables.creates || !variables.made || (variables.provisioning != '' && variables.provisioning == variables.request_id && {managed})"),
            format!("a namespace begins with `{provisioning}`, the id of its request"),
        );
        policy.must(
            "!variables.creates || variables.made || variables.gone || (variables.old_provisioning != '' && variables.request_id == variables.old_request_id && variables.provisioning in ['', variables.old_provisioning])",
            "this namespace is ready, or not Berth's: a request writes only the namespace that it is making",
        );
        policy.must(
            "!variables.creates || !variables.gone || variables.old_provisioning != ''",
            "this namespace was ready once, or is not Berth's: a rollback deletes only what is being made",
        );
        policy.must(
            "!variables.changes || (!variables.made && !variables.gone)",
            "a change neither makes nor deletes a namespace",
        );
        policy.must(
            format!("!variables.changes || variables.made || variables.gone || (variables.provisioning == '' && variables.old_provisioning == '' && variables.request_id != '' && variables.old_request_id in ['', variables.request_id] && {managed})"),
            format!("a change writes only namespaces that are ready, and keeps their `{request_id}`"),
        );
        policy.must("!variables.deletes || variables.gone", "deleting writes nothing");
        policy.must(
            format!("!variables.deletes || !variables.gone || ({was_managed} && variables.old_request_id != '' && variables.old_provisioning == '')"),
            "only namespaces that Berth made, and that are ready, are given back",
        );
    }

    /// What stands in a namespace that the provisioner writes.
    fn content(&self, policy: &mut Policy) {
        let (names, prefixes) = self.platform.reserved_names();
        let mut reserved = vec![format!("variables.name in {}", texts(names))];
        reserved.extend(prefixes.iter().map(|prefix| format!("variables.name.startsWith({})", text(prefix))));
        policy.set("writes", "(variables.creates || variables.changes) && !variables.gone");
        policy.must(format!("!variables.writes || !({})", any(&reserved)), "this name is reserved");
        let blueprints: Vec<Labels<'_>> = self.blueprints.iter().map(Labels::of).collect();
        let shapes: Vec<String> = blueprints.iter().map(|labels| self.shape(labels)).collect();
        policy.must(
            format!("!variables.writes || {}", any_in_brackets(&shapes)),
            "the labels are not those of a blueprint: the level of pod security, the team, the options of the tables",
        );
        for labels in &blueprints {
            rules(labels.blueprint, labels, shapes.len() == 1, policy);
        }
    }

    /// "The labels are those that this blueprint writes."
    fn shape(&self, labels: &Labels<'_>) -> String {
        let blueprint = labels.blueprint;
        let templates = Templates { platform: &self.platform, labels };
        let written = namespace_labels(blueprint);
        let mut known: Vec<&str> = written.iter().map(|(key, _)| key.as_str()).collect();
        known.push("kubernetes.io/metadata.name");
        let mut conditions = vec![format!(
            "variables.labels.all(key, key in {} || variables.old_labels[?key].orValue('') == variables.labels[key] && key in variables.old_labels)",
            texts(known)
        )];
        for (key, template) in written {
            let value = format!("variables.labels[?{}].orValue('')", text(key));
            let there = format!("{} in variables.labels", text(key));
            match template {
                Template::Read(Read::Request(RequestField::Id | RequestField::Provisioning)) => {}
                Template::Read(Read::Parameter(field)) => {
                    conditions.extend(option(blueprint, *field, &value));
                }
                Template::When(condition, inner) => {
                    let may = Conditions(labels).possible(condition);
                    let inner = templates.value(inner).map(|inner| format!("{value} == {inner}"));
                    let present = all(&std::iter::once(may).chain(inner).collect::<Vec<_>>());
                    conditions.push(format!("!({there}) || ({present})"));
                }
                template => {
                    conditions.extend(templates.value(template).map(|wanted| format!("{value} == {wanted}")));
                }
            }
        }
        all(&conditions)
    }
}

fn any_in_brackets(shapes: &[String]) -> String {
    format!("({})", any(shapes))
}

/// "The text is one that the parameter takes."
fn option(blueprint: &Blueprint, field: usize, value: &str) -> Option<String> {
    match &blueprint.fields.get(field)?.kind {
        FieldKind::Choice(options) => Some(format!("{value} in {}", texts(options.values()))),
        FieldKind::Text { pattern: Some(pattern), .. } => {
            Some(format!("{value}.matches({})", text(pattern.source())))
        }
        FieldKind::Boolean => Some(format!("{value} in ['true', 'false']")),
        _ => None,
    }
}

/// The rules that speak of nothing but what the labels hold. Of several blueprints none can be told by the labels.
fn rules(blueprint: &Blueprint, labels: &Labels<'_>, alone: bool, policy: &mut Policy) {
    let conditions = Conditions(labels);
    for rule in blueprint.rules.iter().filter(|rule| rule.severity == Severity::Error) {
        match (conditions.exact(&rule.when), conditions.exact(&rule.require)) {
            (Some(when), Some(_)) if when == "false" => {}
            (_, Some(require)) if require == "true" => {}
            (Some(when), Some(require)) if alone => policy.must(
                format!("!variables.writes || !({when}) || ({require})"),
                format!("{} ({})", rule.message, rule.code),
            ),
            _ => policy.leaves_out(&rule.code),
        }
    }
}
