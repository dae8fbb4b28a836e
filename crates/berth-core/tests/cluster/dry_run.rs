//! Everything that the corpus renders is taken by a real API server, with strict validation.

use std::collections::BTreeSet;

use berth_core::input::parse;
use berth_core::render::Target;
use berth_testing::{Case, Cluster, Expect};
use serde_json::{Value, json};

/// How many objects go to the API server with one call of kubectl.
const AT_ONCE: usize = 100;

#[test]
fn dry_run_of_every_workflow() {
    let Some(cluster) = Cluster::find() else { return };
    let workflows = rendered(&[Target::Workflow, Target::WorkflowRef, Target::WorkflowTemplate], |_| true);
    assert!(workflows.len() > 200, "the corpus renders only {} Workflows", workflows.len());
    assert_taken(&cluster, "dry-run-workflows", workflows);
}

/// Of the documents that come with Berth: the fixtures have kinds that no cluster knows.
#[test]
fn dry_run_of_every_manifest() {
    let Some(cluster) = Cluster::find() else { return };
    let manifests = rendered(&[Target::Manifests], |case| case.documents.default);
    assert!(manifests.len() > 100, "the corpus renders only {} objects", manifests.len());
    assert_taken(&cluster, "dry-run-manifests", manifests);
}

/// What the corpus renders, each object once, as JSON.
fn rendered(targets: &[Target], wanted: impl Fn(&Case) -> bool) -> Vec<Value> {
    let mut seen = BTreeSet::new();
    let mut objects = Vec::new();
    for case in Case::all().into_iter().filter(|case| case.expect == Expect::Valid && wanted(case)) {
        let berth = case.documents.load().unwrap_or_else(|errors| panic!("{}: {errors}", case.id()));
        let text = case.request.as_ref().expect("a valid request is there");
        let request = parse(&text.text, text.format).unwrap_or_else(|error| panic!("{}: {error}", case.id()));
        for target in targets {
            // What can't be rendered, such as a change by reference, is among the expected answers of the corpus.
            let Ok(rendering) = berth.render(&request, &case.context, &case.render.options(*target)) else {
                continue;
            };
            let rendering = json!(rendering);
            let items = rendering["items"].as_array().cloned().unwrap_or_else(|| vec![rendering]);
            objects.extend(items.into_iter().filter(|item| seen.insert(item.to_string())));
        }
    }
    objects
}

/// The API server would make each of them. All go to one namespace, since their own need not be there.
fn assert_taken(cluster: &Cluster, test: &str, mut objects: Vec<Value>) {
    let namespace = cluster.namespace(test);
    cluster.kubectl(&["create", "namespace", &namespace.name], "").expect("the namespace is made");
    for object in &mut objects {
        if let Some(place) = object.pointer_mut("/metadata/namespace") {
            *place = namespace.name.clone().into();
        }
    }
    let mut complaints = Vec::new();
    for some in objects.chunks(AT_ONCE) {
        let list = json!({ "apiVersion": "v1", "kind": "List", "items": some }).to_string();
        let create = ["create", "--dry-run=server", "--validate=strict", "--output=name", "--filename=-"];
        if let Err(complaint) = cluster.kubectl(&create, &list) {
            // A namespace that stands in this cluster says nothing about what is rendered.
            let standing = |line: &&str| line.contains("namespaces \"") && line.ends_with("already exists");
            complaints.extend(complaint.lines().filter(|line| !standing(line)).map(str::to_owned));
        }
    }
    assert!(
        complaints.is_empty(),
        "{} of {} objects:\n{}",
        complaints.len(),
        objects.len(),
        complaints.join("\n")
    );
}
