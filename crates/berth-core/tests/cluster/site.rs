//! A site of one test: the default documents under names that nothing else in the cluster has, what is exported of
//! them installed, and the Workflows carried out by calling kubectl as their accounts do.

use std::fs;
use std::path::PathBuf;

use berth_core::plan::RequestId;
use berth_core::render::{Kind, RenderOptions, Target};
use berth_core::{Berth, Context, Moment};
use berth_testing::{Cluster, Documents, repository};
use serde_json::{Value, json};

/// See above. What it installed goes with it.
pub(crate) struct Site {
    pub(crate) cluster: Cluster,
    pub(crate) berth: Berth,
    /// Ends every name of this site.
    pub(crate) id: String,
    folder: PathBuf,
    installed: Vec<Value>,
}

/// One call of kubectl that a Workflow makes, with its files in a folder.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    /// The container.
    pub(crate) name: String,
    pub(crate) args: Vec<String>,
    /// What its files hold.
    pub(crate) files: String,
}

impl Site {
    /// The default documents for this test; `edit` may change them further. Its namespaces are there.
    pub(crate) fn new(cluster: Cluster, test: &str, edit: impl Fn(&mut Documents)) -> Self {
        let id = format!("{test}-{}", std::process::id());
        let mut documents = Documents::in_folder(&repository());
        let names = [
            ("labelPrefix: platform.io", format!("labelPrefix: {id}.berth.test")),
            ("namespace: berth-workflows", format!("namespace: berth-workflows-{id}")),
            ("berth-create", format!("berth-create-{id}")),
            ("berth-change", format!("berth-change-{id}")),
            ("berth-delete", format!("berth-delete-{id}")),
            ("backup: { namespace: velero", format!("backup: {{ namespace: velero-{id}")),
        ];
        for (from, to) in names {
            assert!(documents.platform.text.contains(from), "{from}");
            documents.platform.text = documents.platform.text.replace(from, &to);
        }
        let blueprint = &mut documents.blueprints[0].text;
        *blueprint = blueprint.replace("berth-developer", &format!("berth-developer-{id}"));
        edit(&mut documents);
        let berth = documents.load().unwrap_or_else(|errors| panic!("{errors}"));
        let folder = std::env::temp_dir().join(format!("berth-{id}"));
        fs::create_dir_all(&folder).expect("a folder for bundles");
        let mut site = Self { cluster, berth, id, folder, installed: Vec::new() };
        for name in [site.workflows(), format!("velero-{}", site.id)] {
            site.install(vec![
                json!({ "apiVersion": "v1", "kind": "Namespace", "metadata": { "name": name } }),
            ]);
        }
        site
    }

    /// The namespace of the Workflows.
    pub(crate) fn workflows(&self) -> String {
        format!("berth-workflows-{}", self.id)
    }

    /// The key of a label of Berth's.
    pub(crate) fn label(&self, key: &str) -> String {
        format!("{}.berth.test/{key}", self.id)
    }

    /// `--as` the account of this kind of Workflow.
    pub(crate) fn account(&self, kind: &str) -> String {
        format!("--as=system:serviceaccount:{}:berth-{kind}-{}", self.workflows(), self.id)
    }

    /// A kubeconfig with which kubectl works as an account of the Workflows' namespace.
    pub(crate) fn kubeconfig_of(&self, account: &str) -> PathBuf {
        let own = self.cluster.kubectl(&["config", "view", "--raw", "--minify", "--output=json"], "");
        let own = own.unwrap_or_else(|complaint| panic!("{complaint}"));
        let mut config: Value = serde_json::from_str(&own).expect("a kubeconfig as JSON");
        config["users"][0]["user"]["as"] =
            format!("system:serviceaccount:{}:{account}", self.workflows()).into();
        let path = self.folder.join(format!("{account}.kubeconfig"));
        fs::write(&path, config.to_string()).expect("a kubeconfig is written");
        path
    }

    /// Applies objects, which go with the site.
    pub(crate) fn install(&mut self, objects: Vec<Value>) {
        for some in objects.chunks(100) {
            let list = json!({ "apiVersion": "v1", "kind": "List", "items": some });
            let apply = ["apply", "--server-side", "--force-conflicts", "--filename=-"];
            self.cluster.kubectl(&apply, &list.to_string()).unwrap_or_else(|complaint| panic!("{complaint}"));
        }
        self.installed.extend(objects);
    }

    /// A name for a namespace of this site.
    pub(crate) fn namespace(&self, name: &str) -> String {
        format!("{name}-{}", self.id)
    }

    /// The Workflow of a request, which holds everything.
    pub(crate) fn render(&self, kind: Kind<'_>, request: &Value, id: &str) -> Value {
        self.render_as(Target::Workflow, kind, request, id)
    }

    /// The Workflow of a request in this form.
    pub(crate) fn render_as(&self, target: Target, kind: Kind<'_>, request: &Value, id: &str) -> Value {
        self.attempt(1, target, kind, request, id)
    }

    /// The Workflow of a request that may have been tried before.
    pub(crate) fn attempt(
        &self,
        attempt: u32,
        target: Target,
        kind: Kind<'_>,
        request: &Value,
        id: &str,
    ) -> Value {
        let options = RenderOptions {
            target,
            kind,
            request_id: RequestId::parse(id).expect("an id"),
            now: Moment::parse("2026-11-23T15:00:00Z").expect("a moment"),
            attempt,
        };
        let rendering = self.berth.render(request, &Context::UNKNOWN, &options);
        json!(rendering.unwrap_or_else(|error| panic!("{request}: {error}")))
    }

    /// A Workflow by reference as Argo carries it out: what its template says, with its own parameters.
    pub(crate) fn resolved(&self, thin: &Value) -> Value {
        let templates = self.berth.workflow_templates();
        let name = &thin["spec"]["workflowTemplateRef"]["name"];
        let template =
            templates.iter().find(|template| template.metadata.name == *name).expect("the template");
        let mut text = json!(template.spec).to_string();
        for parameter in thin["spec"]["arguments"]["parameters"].as_array().expect("parameters") {
            let tag = format!("{{{{workflow.parameters.{}}}}}", parameter["name"].as_str().expect("a name"));
            let quoted = parameter["value"].to_string();
            text = text.replace(&tag, quoted.trim_matches('"'));
        }
        assert!(!text.contains("{{workflow.parameters."), "every parameter is given: {text}");
        let mut whole = thin.clone();
        whole["spec"] = serde_json::from_str(&text).expect("a template stays JSON");
        whole
    }

    /// The calls of a template of a Workflow, in order, with their files written to this site's folder.
    pub(crate) fn calls(&self, workflow: &Value, template: &str) -> Vec<Call> {
        let name = workflow["metadata"]["name"].as_str().expect("a name");
        let folder = self.folder.join(name);
        fs::create_dir_all(&folder).expect("a folder for bundles");
        let templates = workflow["spec"]["templates"].as_array().expect("templates");
        let template = templates.iter().find(|one| one["name"] == template).expect("the template");
        for artifact in template["inputs"]["artifacts"].as_array().into_iter().flatten() {
            let file = folder.join(artifact["path"].as_str().expect("a path").trim_start_matches("/berth/"));
            fs::write(file, artifact["raw"]["data"].as_str().expect("data")).expect("a bundle is written");
        }
        let containers = template["containerSet"]["containers"].as_array().expect("containers");
        containers
            .iter()
            .map(|container| {
                let args = container["args"].as_array().expect("arguments").iter();
                let mut files = String::new();
                let args = args.map(|arg| {
                    let arg = arg.as_str().expect("text");
                    let Some(file) = arg.strip_prefix("--filename=/berth/") else { return arg.to_owned() };
                    files.push_str(&fs::read_to_string(folder.join(file)).expect("a bundle"));
                    format!("--filename={}", folder.join(file).display())
                });
                let args = args.collect();
                let name = container["name"].as_str().expect("a name").to_owned();
                Call { name, args, files }
            })
            .collect()
    }

    /// A Workflow as Argo Server hands it to the API server: it fills in empty objects.
    pub(crate) fn handed_on(workflow: &Value) -> Value {
        let mut workflow = workflow.clone();
        for template in workflow["spec"]["templates"].as_array_mut().into_iter().flatten() {
            for key in ["inputs", "metadata", "outputs"] {
                if template[key].is_null() {
                    template[key] = json!({});
                }
            }
            let groups = template["steps"].as_array_mut().into_iter().flatten();
            for step in groups.flat_map(|group| group.as_array_mut().into_iter().flatten()) {
                step["arguments"] = json!({});
            }
        }
        workflow
    }

    /// The objects that a Workflow applies.
    pub(crate) fn bundled(workflow: &Value) -> Vec<Value> {
        let artifacts = workflow["spec"]["templates"][0]["inputs"]["artifacts"].as_array().expect("bundles");
        let mut objects = Vec::new();
        for artifact in artifacts {
            let bundle: Value =
                serde_json::from_str(artifact["raw"]["data"].as_str().expect("text")).expect("JSON");
            match bundle["items"].as_array() {
                Some(items) => objects.extend(items.iter().cloned()),
                None => objects.push(bundle),
            }
        }
        objects
    }

    /// Makes a call as somebody.
    pub(crate) fn call(&self, call: &Call, who: &str) -> Result<String, String> {
        let mut args: Vec<&str> = call.args.iter().map(String::as_str).collect();
        args.push(who);
        self.cluster.kubectl(&args, "").map_err(|complaint| format!("{}: {complaint}", call.name))
    }

    /// Makes all calls of a Workflow's template as the account that it names.
    pub(crate) fn run(&self, workflow: &Value, template: &str) -> Result<(), String> {
        let account = workflow["spec"]["serviceAccountName"].as_str().expect("an account");
        let who = format!("--as=system:serviceaccount:{}:{account}", self.workflows());
        self.calls(workflow, template).iter().try_for_each(|call| self.call(call, &who).map(drop))
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        let names = self.installed.iter().rev().filter(|one| one["metadata"]["namespace"].is_null());
        let list = json!({ "apiVersion": "v1", "kind": "List", "items": names.collect::<Vec<_>>() });
        let delete = ["delete", "--filename=-", "--ignore-not-found", "--wait=false"];
        let selector = format!("--selector={}=true", self.label("managed"));
        let managed = ["delete", "namespace", &selector, "--ignore-not-found", "--wait=false"];
        let gone = self.cluster.kubectl(&delete, &list.to_string());
        for result in [gone, self.cluster.kubectl(&managed, "")] {
            if let Err(complaint) = result {
                eprintln!("something stays: {complaint}");
            }
        }
        let _ = fs::remove_dir_all(&self.folder);
    }
}
