//! An installation that is well, in one small server: Argo Server, the API server and Backstage. Tests break a part of it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use berth_core::Berth;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use crate::program::{Ran, command};

/// The token that Argo and Backstage know.
pub(super) const TOKEN: &str = "good";

pub(super) const POLICIES: &str = "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies";
pub(super) const BINDINGS: &str = "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicybindings";

pub(super) const SETTINGS: &str = "/api/v1/configmaps";
pub(super) const TEMPLATES: &str = "/apis/argoproj.io/v1alpha1/namespaces/berth-workflows/workflowtemplates";
/// Where roles and bindings stand.
pub(super) const RBAC: &str = "/apis/rbac.authorization.k8s.io/v1";

/// What it answers; everything can be broken.
#[derive(Clone)]
pub(super) struct Installation {
    /// Status and body by path.
    pub(super) answers: BTreeMap<String, (u16, Value)>,
    /// Does Argo Server want the token?
    pub(super) wants_token: bool,
    /// How far the clocks of Argo Server and of the API server are ahead, in seconds.
    pub(super) argo_ahead: i64,
    pub(super) cluster_ahead: i64,
    /// Rights of the token beyond what is needed, and without what it needs: `create pods`.
    pub(super) more_rights: Vec<&'static str>,
    pub(super) fewer_rights: Vec<&'static str>,
    /// The same of the accounts of Workflows.
    pub(super) more_account_rights: Vec<&'static str>,
    pub(super) fewer_account_rights: Vec<&'static str>,
}

impl Installation {
    pub(super) fn well() -> Self {
        let templates = Berth::embedded().unwrap().workflow_templates();
        let accounts = ["berth-create", "berth-change", "berth-delete"]
            .map(|name| json!({ "metadata": { "name": name } }));
        let answers = [
            ("/api/v1/version", json!({ "version": "v4.1.2" })),
            ("/api/v1/workflows/berth-workflows", json!({ "items": null })),
            ("/api/v1/workflow-templates/berth-workflows", json!({ "items": templates })),
            ("/version", json!({ "gitVersion": "v1.35.4" })),
            ("/api/v1/namespaces/berth-workflows", json!({ "kind": "Namespace" })),
            ("/api/v1/namespaces/berth-workflows/serviceaccounts", json!({ "items": accounts })),
            ("/api", json!({ "kind": "APIVersions", "versions": ["v1"] })),
            ("/apis", json!({ "kind": "APIGroupList", "groups": GROUPS.map(group) })),
            ("/api/v1", kinds("v1", &["LimitRange", "Namespace", "ResourceQuota", "ServiceAccount"])),
            ("/apis/networking.k8s.io/v1", kinds("networking.k8s.io/v1", &["Ingress", "NetworkPolicy"])),
            (
                "/apis/rbac.authorization.k8s.io/v1",
                kinds("rbac.authorization.k8s.io/v1", &["Role", "RoleBinding"]),
            ),
            (
                "/apis/monitoring.coreos.com/v1",
                kinds("monitoring.coreos.com/v1", &["ServiceMonitor", "PodMonitor", "PrometheusRule"]),
            ),
            ("/apis/velero.io/v1", kinds("velero.io/v1", &["Schedule"])),
            (
                "/apis/argoproj.io/v1alpha1",
                kinds("argoproj.io/v1alpha1", &["Workflow", "WorkflowTemplate", "WorkflowTaskResult"]),
            ),
            (
                "/apis/authorization.k8s.io/v1",
                kinds("authorization.k8s.io/v1", &["SelfSubjectAccessReview", "SubjectAccessReview"]),
            ),
            ("/apis/authentication.k8s.io/v1", kinds("authentication.k8s.io/v1", &["SelfSubjectReview"])),
            (SETTINGS, json!({ "items": [settings("parallelism", "50")] })),
            (TEMPLATES, json!({ "items": templates })),
            (POLICIES, json!({ "items": admission("ValidatingAdmissionPolicy") })),
            (BINDINGS, json!({ "items": admission("ValidatingAdmissionPolicyBinding") })),
            ("/api/platform/health", json!({ "status": "ok" })),
            (
                "/api/platform/health/details",
                json!({ "status": "ok", "parts": { "database": { "status": "ok" }, "argo/main": { "status": "ok" } } }),
            ),
        ];
        let mut answers: BTreeMap<String, (u16, Value)> =
            answers.into_iter().map(|(path, body)| (path.to_owned(), (200, body))).collect();
        for kind in ["ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"] {
            let path = format!("{RBAC}/{}s", kind.to_lowercase());
            answers.insert(path, (200, json!({ "items": roles(kind) })));
        }
        let archived = "/api/v1/archived-workflows/00000000-0000-0000-0000-000000000000".to_owned();
        answers.insert(archived, (404, json!({ "code": 5, "message": "not found" })));
        Self {
            answers,
            wants_token: true,
            argo_ahead: 0,
            cluster_ahead: 0,
            more_rights: Vec::new(),
            fewer_rights: Vec::new(),
            more_account_rights: Vec::new(),
            fewer_account_rights: Vec::new(),
        }
    }

    /// Another answer for a path.
    pub(super) fn with(mut self, path: &str, status: u16, body: Value) -> Self {
        self.answers.insert(path.to_owned(), (status, body));
        self
    }

    /// The answer for a path, changed.
    pub(super) fn changed(mut self, path: &str, change: impl FnOnce(&mut Value)) -> Self {
        change(&mut self.answers.get_mut(path).unwrap().1);
        self
    }

    /// What the doctor says about it; `arguments` beside those that name all its parts.
    pub(super) fn examined(self, token: Option<&str>, arguments: &[&str]) -> Ran {
        let server = Server::start(self);
        let kubeconfig = server.kubeconfig();
        let parts = ["--backstage", &server.url, "--kubeconfig", kubeconfig.to_str().unwrap()];
        server.doctor(token, &[&parts[..], arguments].concat())
    }

    /// What it says, as JSON, when only Argo Server is looked at.
    pub(super) fn examined_by_argo(self, token: Option<&str>) -> Ran {
        Server::start(self).doctor(token, &["--output", "json"])
    }
}

const GROUPS: [&str; 2] = ["authorization.k8s.io", "authentication.k8s.io"];

fn group(name: &str) -> Value {
    let version = json!({ "groupVersion": format!("{name}/v1"), "version": "v1" });
    json!({ "name": name, "versions": [version], "preferredVersion": version })
}

/// Argo's settings, with one of them.
pub(super) fn settings(key: &str, value: &str) -> Value {
    json!({ "metadata": { "name": "workflow-controller-configmap", "namespace": "argo" }, "data": { key: value } })
}

/// The roles of the documents, or their bindings.
fn roles(kind: &str) -> Vec<Value> {
    let mut objects = Berth::embedded().unwrap().export_rbac().unwrap();
    objects.retain(|object| object["kind"] == kind);
    objects
}

/// What the API server says that it serves.
pub(super) fn kinds(version: &str, kinds: &[&str]) -> Value {
    let resource = |kind: &&str| json!({ "name": format!("{}s", kind.to_lowercase()), "kind": kind, "namespaced": false, "verbs": ["create"] });
    let resources: Vec<Value> = kinds.iter().map(resource).collect();
    json!({ "kind": "APIResourceList", "groupVersion": version, "resources": resources })
}

/// The admission policies of the documents, or their bindings, as the API server gives them back: with its defaults.
fn admission(kind: &str) -> Vec<Value> {
    let mut objects = Berth::embedded().unwrap().export_admission().unwrap();
    objects.retain(|object| object["kind"] == kind);
    for constraints in objects.iter_mut().filter_map(|object| object.pointer_mut("/spec/matchConstraints")) {
        constraints["matchPolicy"] = json!("Equivalent");
        constraints["objectSelector"] = json!({});
        constraints["resourceRules"][0]["scope"] = json!("*");
    }
    objects
}

/// The server, which goes with the test.
struct Server {
    url: String,
    home: tempfile::TempDir,
    _runtime: Runtime,
}

impl Server {
    fn start(installation: Installation) -> Self {
        let runtime = Runtime::new().unwrap();
        let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let state = Arc::new(Mutex::new(installation));
        let router = Router::new().fallback(answer).with_state(state);
        runtime.spawn(async move { axum::serve(listener, router).await });
        Self { url, home: tempfile::tempdir().unwrap(), _runtime: runtime }
    }

    fn doctor(&self, token: Option<&str>, arguments: &[&str]) -> Ran {
        let mut command = command(&[&["doctor", "--argo", &self.url], arguments].concat());
        // kubectl remembers what a server serves by its address, and ports come again.
        command.env("HOME", self.home.path()).env("BACKSTAGE_TOKEN", TOKEN);
        if let Some(token) = token {
            command.env("ARGO_TOKEN", token);
        }
        let output = command.output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().replace(&self.url, "URL");
        Ran { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
    }

    fn kubeconfig(&self) -> std::path::PathBuf {
        let path = self.home.path().join("kubeconfig");
        let config = json!({
            "apiVersion": "v1",
            "kind": "Config",
            "clusters": [{ "name": "test", "cluster": { "server": self.url } }],
            "users": [{ "name": "ada", "user": { "username": "ada", "password": "" } }],
            "contexts": [{ "name": "test", "context": { "cluster": "test", "user": "ada" } }],
            "current-context": "test",
        });
        std::fs::write(&path, config.to_string()).unwrap();
        path
    }
}

async fn answer(State(installation): State<Arc<Mutex<Installation>>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, 1 << 20).await.unwrap();
    let installation = installation.lock().unwrap().clone();
    let path = parts.uri.path();
    let is_known = is_known(&parts.headers);
    let is_argo = path.starts_with("/api/v1/") && !path.starts_with("/api/v1/namespaces") && path != SETTINGS;
    let ahead = if is_argo { installation.argo_ahead } else { installation.cluster_ahead };
    let now = Timestamp::now() + SignedDuration::from_secs(ahead);
    let (status, body) = match (path, &parts.method) {
        ("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", &Method::POST) => {
            (201, installation.review(serde_json::from_slice(&body).unwrap()))
        }
        ("/apis/authorization.k8s.io/v1/subjectaccessreviews", &Method::POST) => {
            (201, installation.account_review(serde_json::from_slice(&body).unwrap()))
        }
        ("/apis/authentication.k8s.io/v1/selfsubjectreviews", &Method::POST) => (
            201,
            json!({
                "apiVersion": "authentication.k8s.io/v1",
                "kind": "SelfSubjectReview",
                "metadata": { "creationTimestamp": now.to_string() },
            }),
        ),
        ("/api/platform/health/details", _) if !is_known => {
            (401, json!({ "error": { "name": "AuthenticationError", "message": "Missing credentials" } }))
        }
        _ if is_argo && path != "/api/v1/version" && installation.wants_token && !is_known => {
            (401, json!({ "code": 16, "message": "token not valid" }))
        }
        _ => match installation.answers.get(path).cloned() {
            Some((status, body)) => (status, selected(body, parts.uri.query().unwrap_or_default())),
            None => {
                (404, json!({ "kind": "Status", "status": "Failure", "reason": "NotFound", "code": 404 }))
            }
        },
    };
    let date = now.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::DATE, date.as_str())];
    (StatusCode::from_u16(status).unwrap(), headers, body.to_string()).into_response()
}

/// A list without what its label selector (one label) doesn't match.
fn selected(mut list: Value, query: &str) -> Value {
    let query = query.replace("%2F", "/").replace("%3D", "=");
    let selector = query.split('&').find_map(|part| part.strip_prefix("labelSelector=")?.split_once('='));
    let items = list.get_mut("items").and_then(Value::as_array_mut);
    if let (Some((label, value)), Some(items)) = (selector, items) {
        items.retain(|item| item["metadata"]["labels"][label] == value);
    }
    list
}

fn is_known(headers: &HeaderMap) -> bool {
    headers.get(header::AUTHORIZATION).is_some_and(|value| value == &format!("Bearer {TOKEN}"))
}

impl Installation {
    /// May the token do this?
    fn review(&self, mut review: Value) -> Value {
        let attributes = &review["spec"]["resourceAttributes"];
        let text = |key: &str| attributes[key].as_str().unwrap_or_default();
        let right = format!("{} {}", text("verb"), text("resource"));
        let mine = text("namespace") == "berth-workflows";
        let reads = ["get", "list", "watch"].contains(&text("verb"));
        let needed = mine && (text("resource") == "workflows" || (reads && text("resource") != "secrets"));
        let allowed = (needed && !self.fewer_rights.contains(&right.as_str()))
            || self.more_rights.contains(&right.as_str());
        review["status"] = json!({ "allowed": allowed });
        review
    }

    /// May an account of Workflows do this? Everything, but what leads out of the blueprints.
    fn account_review(&self, mut review: Value) -> Value {
        let attributes = &review["spec"]["resourceAttributes"];
        let text = |key: &str| attributes[key].as_str().unwrap_or_default();
        let right = format!("{} {}", text("verb"), text("resource"));
        let leads_out = text("namespace") == "kube-system"
            || ["escalate", "impersonate"].contains(&text("verb"))
            || ["nodes", "clusterrolebindings", "validatingwebhookconfigurations"]
                .contains(&text("resource"));
        let allowed = (!leads_out && !self.fewer_account_rights.contains(&right.as_str()))
            || self.more_account_rights.contains(&right.as_str());
        review["status"] = json!({ "allowed": allowed });
        review
    }
}
