//! What the provisioner writes in a namespace: the objects that a blueprint makes for such labels, and their content
//! where it decides what a team may use, reach and do.

use std::collections::BTreeMap;

use serde_json::Value;

use super::policy::Policy;
use crate::berth::Berth;
use crate::export::cel::{Conditions, Labels, Templates, all, any, entry, text, texts};
use crate::export::resource;
use crate::policy::{ObjectTemplate, Step};
use crate::template::Template;

/// An object that a blueprint makes.
struct Made<'a> {
    labels: &'a Labels<'a>,
    step: &'a Step,
    object: &'a ObjectTemplate,
}

impl Berth {
    /// The policy over objects in namespaces that the provisioner writes.
    pub(super) fn objects_policy(&self) -> Policy {
        let mut policy = Policy::about("berth-objects", "*", &["*"], &["CREATE", "UPDATE"]);
        let users = self.users();
        let [create, change, _] = &users;
        policy.only(
            "is-the-provisioner",
            format!("request.userInfo.username in {}", texts([create.as_str(), change])),
        );
        let home = text(&self.platform.document.spec.workflow.namespace);
        // The namespace's labels can't be read in a condition: there `namespaceObject` is null.
        policy.only("not-a-namespace", super::provisioner::NOT_A_NAMESPACE);
        policy.only("in-a-namespace", format!("!(request.?namespace.orValue('') in ['', {home}])"));
        let labels: Vec<Labels<'_>> = self.blueprints.iter().map(Labels::of).collect();
        let places = labels.iter().flat_map(|labels| &labels.blueprint.steps);
        let places: Vec<&str> =
            places.filter_map(|step| step.outside.as_ref()?.namespace.as_deref()).collect();
        policy.only("not-elsewhere", format!("!(request.?namespace.orValue('') in {})", texts(places)));
        policy.set("name", "request.namespace");
        policy.set("labels", "namespaceObject.metadata.?labels.orValue({})");
        policy
            .set("request_id", format!("variables.labels[?{}].orValue('')", text(&self.label("request-id"))));
        policy.set("group", "object.apiVersion.contains('/') ? object.apiVersion.split('/')[0] : ''");
        policy.set("kind", "object.kind + '.' + variables.group");
        let mut kinds: BTreeMap<String, Vec<Made<'_>>> = BTreeMap::new();
        for labels in &labels {
            for step in labels.blueprint.steps.iter().filter(|step| step.outside.is_none()) {
                for object in step.objects.iter().filter(|object| object.kind != "Namespace") {
                    let key = format!("{}.{}", object.kind, resource::group(&object.api_version));
                    kinds.entry(key).or_default().push(Made { labels, step, object });
                }
            }
        }
        policy.must(
            format!("variables.kind in {}", texts(kinds.keys().map(String::as_str))),
            "no blueprint makes objects of this kind",
        );
        self.subjects(&mut policy);
        for (kind, made) in &kinds {
            self.of_one_kind(kind, made, &mut policy);
        }
        policy
    }

    fn of_one_kind(&self, key: &str, made: &[Made<'_>], policy: &mut Policy) {
        let of_this_kind = format!("variables.kind == {}", text(key));
        let kind = made.first().map_or("", |made| made.object.kind.as_str());
        let mut names = Vec::new();
        // Objects of one name are alternatives: those of several blueprints, or of several conditions.
        let mut named: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for Made { labels, step, object } in made {
            let templates = Templates { platform: &self.platform, labels };
            let Some(name) = templates.value(&object.name) else {
                // A name that reads what no label holds may be any.
                return;
            };
            let conditions = Conditions(*labels);
            let mut content = vec![conditions.possible(&step.when), conditions.possible(&object.when)];
            content.retain(|condition| condition != "true");
            content.extend(content_of(object, &templates));
            names.push(name.clone());
            named.entry(name).or_default().push(all(&content));
        }
        policy.must(
            format!("!({of_this_kind}) || object.metadata.name in [{}]", names.join(", ")),
            format!("no blueprint makes a {kind} of this name here"),
        );
        for (name, contents) in named {
            if contents.iter().all(|content| content != "true") {
                policy.must(
                    format!(
                        "!({of_this_kind} && object.metadata.name == {name}) || {}",
                        in_brackets(&any(&contents))
                    ),
                    format!(
                        "the {kind} {} is not as the blueprint writes it for the labels of this namespace",
                        shown(&name)
                    ),
                );
            }
        }
    }

    /// Whom a binding of the provisioner's may never name: itself, and whoever is everybody.
    fn subjects(&self, policy: &mut Policy) {
        let home = &self.platform.document.spec.workflow.namespace;
        let own_user = text(&format!("system:serviceaccount:{home}:"));
        let stranger = format!(
            "!(s.kind == 'ServiceAccount' && s.?namespace.orValue('') == {}) && !s.name.startsWith('system:') && !s.name.startsWith({own_user})",
            text(home)
        );
        policy.must(
            format!("!(object.kind in ['RoleBinding', 'ClusterRoleBinding']) || object.?subjects.orValue([]).all(s, {stranger})"),
            "the provisioner and the groups of `system:` are never subjects of what it writes",
        );
    }
}

fn in_brackets(condition: &str) -> String {
    format!("({condition})")
}

/// A name that reads the request, for people.
fn shown(name: &str) -> String {
    let plain =
        name.strip_prefix('\'').and_then(|name| name.strip_suffix('\'')).filter(|name| !name.contains('\''));
    plain.map_or_else(|| "of this name".to_owned(), |name| format!("`{name}`"))
}

/// "The object is what the template becomes", for kinds where that is a matter of security and whose fields the API
/// server leaves as they are.
fn content_of(object: &ObjectTemplate, templates: &Templates<'_>) -> Vec<String> {
    let Template::Map(entries) = &object.body else { return Vec::new() };
    let part = |key: &str| entries.iter().find(|(name, _)| name == key).map(|(_, template)| template);
    match (object.kind.as_str(), resource::group(&object.api_version)) {
        ("NetworkPolicy", "networking.k8s.io") => {
            part("spec").map(|spec| templates.is("object.spec", spec)).unwrap_or_default()
        }
        ("RoleBinding", "rbac.authorization.k8s.io") => ["roleRef", "subjects"]
            .into_iter()
            .filter_map(|key| Some((key, part(key)?)))
            .flat_map(|(key, template)| templates.is(&format!("object.{key}"), template))
            .collect(),
        ("ResourceQuota", "") => part("spec").map(|spec| at_most(spec, templates)).unwrap_or_default(),
        _ => Vec::new(),
    }
}

/// "The quota has every figure of the template, and none is larger." Smaller ones freeze a namespace.
fn at_most(spec: &Template, templates: &Templates<'_>) -> Vec<String> {
    let literal = |hard: &Value| {
        let figures = hard.as_object().into_iter().flatten();
        figures.map(|(key, figure)| (key.clone(), Template::Literal(figure.clone()))).collect()
    };
    let hard: Vec<(String, Template)> = match (spec, entry(spec, "hard")) {
        (_, Some(Template::Map(entries))) => entries.clone(),
        (_, Some(Template::Literal(hard))) => literal(hard),
        (Template::Literal(spec), _) => literal(spec.get("hard").unwrap_or(&Value::Null)),
        _ => return Vec::new(),
    };
    let figure = |(key, template): &(String, Template)| {
        let (key, most) = (text(key), templates.value(template)?);
        let given = format!("object.spec.hard[{key}]");
        Some(format!(
            "{key} in object.spec.hard && !quantity(string({given})).isGreaterThan(quantity(string({most})))"
        ))
    };
    let mut conditions = vec!["has(object.spec.hard)".to_owned()];
    conditions.extend(hard.iter().filter_map(figure));
    conditions.push("!has(object.spec.scopes) && !has(object.spec.scopeSelector)".to_owned());
    conditions
}
