//! The exported admission policies: every Workflow of the corpus passes them, and every attack is refused, by the
//! very validation that is there for it: so each of them is needed.

use std::collections::BTreeSet;
use std::thread;
use std::time::Duration;

use berth_core::Moment;
use berth_core::input::parse;
use berth_core::plan::RequestId;
use berth_core::render::{Kind, Origin, Target};
use berth_testing::{Case, CaseKind, Cluster, Expect};
use serde_json::{Value, json};

use super::site::Site;

/// The site with roles and policies, which are in force.
pub(crate) fn guarded(cluster: Cluster, test: &str) -> Site {
    let mut site = Site::new(cluster, test, |_| ());
    let policies = site.berth.export_admission().expect("the default documents can be exported");
    site.install(site.berth.export_rbac().expect("the default documents can be exported"));
    site.install(policies);
    let probe = namespace(&site.namespace("probe"), &json!({ site.label("team"): "payments" }));
    let create = ["create", "--dry-run=server", "--filename=-"];
    // The API server sees a new policy within a second or two; nothing tells when.
    for _ in 0..120 {
        if site.cluster.kubectl(&create, &probe.to_string()).is_err() {
            return site;
        }
        thread::sleep(Duration::from_millis(250));
    }
    panic!("the policies are not in force");
}

fn namespace(name: &str, labels: &Value) -> Value {
    json!({ "apiVersion": "v1", "kind": "Namespace", "metadata": { "name": name, "labels": labels } })
}

/// The requests of the corpus for the default documents that bring something new.
fn requests(site: &Site) -> Vec<Value> {
    let mut seen = BTreeSet::new();
    let mut requests = Vec::new();
    let wanted = |case: &Case| {
        case.expect == Expect::Valid && case.documents.default && matches!(case.render.kind, CaseKind::Create)
    };
    for case in Case::all().into_iter().filter(wanted) {
        let text = case.request.as_ref().expect("a valid request is there");
        let request = parse(&text.text, text.format).expect("a valid request is read");
        let mut parameters = request.get("parameters").unwrap_or(&request).clone();
        parameters["namespaceName"] = Value::Null;
        // Every option of every parameter, and with every network policy, once: what else differs makes no other calls.
        let network = &parameters["networkPolicy"];
        let features = parameters["features"].as_array().cloned().unwrap_or_default();
        let mut brought =
            vec![format!("{}", parameters["environment"]), format!("{}", parameters["resourceTier"])];
        brought.extend(features.iter().map(|feature| format!("{feature} {network}")));
        brought.push(network.to_string());
        let known = seen.len();
        seen.extend(brought);
        if seen.len() > known {
            parameters["namespaceName"] = site.namespace(&format!("corpus-{}", requests.len())).into();
            requests.push(parameters);
        }
    }
    requests
}

#[test]
fn every_workflow_of_the_corpus_passes() {
    let Some(cluster) = Cluster::find() else { return };
    let site = guarded(cluster, "passes");
    let requests: Vec<(usize, Value)> = requests(&site).into_iter().enumerate().collect();
    assert!(requests.len() >= 5, "only {} requests", requests.len());
    let templates: Vec<Value> =
        site.berth.workflow_templates().iter().map(|template| json!(template)).collect();
    let templates = json!({ "apiVersion": "v1", "kind": "List", "items": templates }).to_string();
    site.cluster.kubectl(&CREATE, &templates).unwrap_or_else(|complaint| panic!("{complaint}"));
    let complaints: Vec<String> = thread::scope(|scope| {
        let site = &site;
        let workers: Vec<_> = requests
            .chunks(requests.len().div_ceil(4))
            .map(|some| {
                scope.spawn(move || {
                    some.iter().filter_map(|request| life(site, request).err()).collect::<Vec<_>>()
                })
            })
            .collect();
        workers.into_iter().flat_map(|worker| worker.join().expect("a worker")).collect()
    });
    assert_eq!(complaints, Vec::<String>::new());
}

/// The API server would make what comes on standard input.
const CREATE: [&str; 4] = ["create", "--dry-run=server", "--validate=strict", "--filename=-"];

/// A namespace is made, changed, frozen, and given back; each Workflow is admitted in both forms and as Argo Server hands
/// it on, and so is all that it does. What it does is the same in both, so that every other namespace sees the one, and every other the other.
fn life(site: &Site, (number, request): &(usize, Value)) -> Result<(), String> {
    let name = request["namespaceName"].as_str().expect("a name");
    let id = RequestId::parse(name).expect("an id");
    let created_at = Moment::parse("2026-11-23T15:00:00Z").expect("a moment");
    let origin = Origin { request_id: &id, created_at: &created_at, requester: None };
    let other = |networks: [&str; 2], tier: &str| {
        let mut other = request.clone();
        other["networkPolicy"] =
            if other["networkPolicy"] == networks[0] { networks[1].into() } else { networks[0].into() };
        other["resourceTier"] = tier.into();
        other["features"] = json!(["database-access", "monitoring-enhanced", "gpu-access"]);
        other
    };
    let to = other(["isolated", "team-shared"], "large");
    let workflows = [
        (Kind::Create, request, name.to_owned()),
        (Kind::Change { from: request, origin }, &to, format!("{name}-change")),
        (Kind::Freeze { origin }, &to, format!("{name}-freeze")),
        (Kind::Delete { origin }, &to, format!("{name}-delete")),
    ];
    for (kind, request, id) in workflows {
        let told = |complaint| format!("{name}: {complaint}");
        let [whole, thin] =
            [Target::Workflow, Target::WorkflowRef].map(|form| site.render_as(form, kind, request, &id));
        let mut forms = [whole.clone(), Site::handed_on(&whole), thin.clone()];
        for (form, name) in forms.iter_mut().skip(1).zip(["handed-on", "by-reference"]) {
            form["metadata"]["name"] = format!("{id}-{name}").into();
        }
        let forms = json!({ "apiVersion": "v1", "kind": "List", "items": forms });
        site.cluster.kubectl(&CREATE, &forms.to_string()).map_err(told)?;
        site.run(&if number % 2 == 0 { whole } else { site.resolved(&thin) }, "berth").map_err(told)?;
    }
    Ok(())
}
