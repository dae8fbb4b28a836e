//! Attacks by Workflows by reference: other templates, and other parameters than Berth gives to them.

use berth_core::render::{Kind, Target};
use serde_json::{Value, json};

use super::{Attack, Scene, everything};

/// The parameters of a Workflow.
fn parameters(workflow: &mut Value) -> &mut Vec<Value> {
    workflow["spec"]["arguments"]["parameters"].as_array_mut().expect("parameters")
}

/// Gives a parameter another value.
fn given(name: &str, value: &str) -> impl Fn(&mut Value) {
    let (name, value) = (name.to_owned(), value.to_owned());
    move |workflow| {
        let mut list = parameters(workflow).iter_mut();
        list.find(|parameter| parameter["name"] == *name).expect("the parameter")["value"] =
            value.clone().into();
    }
}

/// Names another template.
fn template(name: &str) -> impl Fn(&mut Value) {
    let name = name.to_owned();
    move |workflow| workflow["spec"]["workflowTemplateRef"]["name"] = name.clone().into()
}

/// Says something beside the reference.
fn beside(key: &str, value: Value) -> impl Fn(&mut Value) {
    let key = key.to_owned();
    move |workflow| workflow["spec"][&key] = value.clone()
}

impl Scene<'_> {
    pub(super) fn on_references(&self) -> Vec<Attack> {
        let request = everything("payments-checkout", "isolated");
        let base = self.site.render_as(Target::WorkflowRef, Kind::Create, &request, "r9");
        let edited = |what: &str, says: &str, edit: &dyn Fn(&mut Value)| {
            self.edited(&format!("{what}, by reference"), &base, edit, says)
        };
        let template_of = |kind: &str| {
            let family = format!("berth-namespace-{kind}-");
            let names =
                self.site.berth.workflow_templates().into_iter().map(|template| template.metadata.name);
            names.into_iter().find(|name| name.starts_with(&family)).expect("a template")
        };
        let (named, once) = (
            "names the WorkflowTemplate of its blueprint and kind",
            "gives its template every parameter once",
        );
        let (other, fields) = (
            "a parameter is not what Berth gives to a template",
            "the spec has fields that Berth doesn't write",
        );
        let extra = |workflow: &mut Value| {
            parameters(workflow).push(json!({ "name": "outside-evil-1", "value": "secret" }));
        };
        let twice = |workflow: &mut Value| {
            let first = parameters(workflow)[0].clone();
            parameters(workflow).push(first);
        };
        let fewer = |workflow: &mut Value| drop(parameters(workflow).remove(0));
        let unknown =
            |workflow: &mut Value| parameters(workflow).push(json!({ "name": "evil", "value": "\"x\"" }));
        vec![
            edited("a foreign template", named, &template("evil")),
            edited("a template of other documents", named, &template("berth-namespace-create-0123456789ab")),
            edited("the template of another kind", named, &template(&template_of("delete"))),
            edited("a template of the cluster", named, &|workflow| {
                workflow["spec"]["workflowTemplateRef"]["clusterScope"] = true.into();
            }),
            edited("another account", fields, &beside("serviceAccountName", "admin-sa".into())),
            edited("podSpecPatch", fields, &beside("podSpecPatch", "{\"hostNetwork\":true}".into())),
            edited(
                "templates of its own",
                fields,
                &beside("templates", json!([{ "name": "berth", "suspend": {} }])),
            ),
            edited("another entrypoint", fields, &beside("entrypoint", "undo".into())),
            edited("hooks", fields, &beside("hooks", json!({ "exit": { "template": "undo" } }))),
            edited("a parameter more", once, &extra),
            edited("a parameter twice", once, &twice),
            edited("a parameter less", once, &fewer),
            edited(
                "a parameter that no request has",
                "an argument is no parameter of the blueprint",
                &unknown,
            ),
            edited(
                "a parameter from elsewhere",
                "arguments are parameters with a name and a value",
                &|workflow| {
                    parameters(workflow)[0]["globalName"] = "evil".into();
                },
            ),
            edited("another server", other, &given("verify-quotas-object", "--server=https://evil")),
            edited("another kind to wait for", other, &given("verify-quotas-object", "secret/evil")),
            edited("another condition", other, &given("verify-quotas-for", "jsonpath={.data.token}=x")),
            edited("another kind to delete", other, &given("outside-backup-1", "secret")),
            edited("another cluster", other, &given("berth-cluster", "evil")),
            edited("a longer selector", other, &given("berth-request-id", "r9,evil")),
            edited("a file that is no JSON", other, &given("bundle-quotas", "- evil")),
            edited(
                "a tag in a file",
                "a parameter holds a tag",
                &given("bundle-quotas", "{\"a\":\"{{=evil}}\"}"),
            ),
            edited(
                "another namespace",
                "is given another namespace",
                &given("berth-namespace", "payments-billing"),
            ),
            edited(
                "another name",
                "is given another namespace",
                &given("namespaceName", "\"payments-billing\""),
            ),
            edited("another request", "is given the id of another request", &given("berth-request-id", "r8")),
            edited(
                "a tier that there is not",
                "`resourceTier` must be one of",
                &given("resourceTier", "\"huge\""),
            ),
            edited("a reserved name", "is reserved", &|workflow| {
                workflow["metadata"]["labels"][self.label("namespace")] = "kube-system".into();
                given("berth-namespace", "kube-system")(workflow);
                given("namespaceName", "\"kube-system\"")(workflow);
            }),
        ]
    }
}
