//! The figures of the tiers fit together: as many plain pods as a tier allows can be made, and not one more.

use std::thread;

use berth_core::render::{Kind, RenderOptions, Target};
use berth_core::{Berth, Context, Moment, plan::RequestId};
use berth_testing::{Cluster, Documents, repository};
use serde_json::{Value, json};

/// The tiers, and how many pods each allows.
const TIERS: [(&str, usize); 4] = [("micro", 5), ("small", 10), ("medium", 20), ("large", 50)];
const NETWORK_POLICIES: [&str; 3] = ["isolated", "team-shared", "open"];
const POD_SECURITY: [&str; 3] = ["privileged", "baseline", "restricted"];

/// In every tier with every level of pod security. Network policies and a GPU are spread over them, so that every two
/// values of any two of the four meet once: nothing in the documents looks at three.
#[test]
fn a_tier_has_room_for_its_pods() {
    let Some(cluster) = Cluster::find() else { return };
    thread::scope(|scope| {
        for (level, pod_security) in POD_SECURITY.into_iter().enumerate() {
            let cluster = &cluster;
            scope.spawn(move || {
                let berth = with_pod_security(pod_security);
                for (size, (tier, pods)) in TIERS.into_iter().enumerate() {
                    let turn = level + size;
                    let network = NETWORK_POLICIES[turn % NETWORK_POLICIES.len()];
                    let features = if turn % 2 == 0 { &[][..] } else { &["gpu-access"] };
                    let name = format!("quota-{pod_security}-{tier}-{network}-{}", features.len());
                    assert_room(cluster, &berth, &name, pods, |name| {
                        json!({
                            "namespaceName": name, "team": "payments", "environment": "development",
                            "resourceTier": tier, "networkPolicy": network, "features": features,
                        })
                    });
                }
            });
        }
    });
}

/// The default documents, with this level of pod security in development.
fn with_pod_security(level: &str) -> Berth {
    let mut documents = Documents::in_folder(&repository());
    documents.platform.text =
        documents.platform.text.replacen("podSecurity: baseline", &format!("podSecurity: {level}"), 1);
    let berth = documents.load().expect("the default documents are fine");
    assert!(documents.platform.text.contains(&format!("podSecurity: {level}")));
    berth
}

fn assert_room(cluster: &Cluster, berth: &Berth, test: &str, pods: usize, request: impl Fn(&str) -> Value) {
    let namespace = cluster.namespace(test);
    let place = format!("--namespace={}", namespace.name);
    let kubectl = |arguments: &[&str], input: &Value| {
        cluster.kubectl(&[arguments, &[&place]].concat(), &input.to_string())
    };
    let must = |arguments: &[&str], input: &Value| {
        kubectl(arguments, input).unwrap_or_else(|complaint| panic!("{test}: {arguments:?}: {complaint}"))
    };
    let apply = ["apply", "--server-side", "--filename=-"];
    cluster
        .kubectl(&apply, &manifests(berth, &request(&namespace.name)).to_string())
        .unwrap_or_else(|complaint| panic!("{test}: {complaint}"));
    must(&["wait", "--for=create", "serviceaccount/default", "--timeout=240s"], &Value::Null);
    must(
        &["wait", "--for=jsonpath={.status.used.pods}=0", "resourcequota/compute-quota", "--timeout=240s"],
        &Value::Null,
    );

    let create = ["create", "--output=name", "--filename=-"];
    let names: Vec<String> = (1..=pods).map(|number| format!("checkout-{number}")).collect();
    let list: Vec<Value> = names.iter().map(|name| pod(name)).collect();
    must(&create, &json!({ "apiVersion": "v1", "kind": "List", "items": list }));
    // The quota controller may have written what it counted before it saw all pods. Then it counts again after minutes,
    // or when the quota changes.
    let full = format!("--for=jsonpath={{.status.used.pods}}={pods}");
    let counted = ["wait", &full, "resourcequota/compute-quota"];
    if kubectl(&[&counted[..], &["--timeout=10s"]].concat(), &Value::Null).is_err() {
        let anew = r#"--patch={"spec": {"hard": {"count/leases.coordination.k8s.io": "1"}}}"#;
        must(&["patch", "resourcequota", "compute-quota", "--type=merge", anew], &Value::Null);
        must(&[&counted[..], &["--timeout=240s"]].concat(), &Value::Null);
    }
    let refusal = kubectl(&create, &pod("one-more")).expect_err("there is no room for one more");
    assert!(refusal.contains("exceeded quota: compute-quota"), "{test}: {refusal}");
    assert!(refusal.contains(&format!("pods={pods}")), "{test}: {refusal}");
}

fn manifests(berth: &Berth, request: &Value) -> Value {
    let options = RenderOptions {
        target: Target::Manifests,
        kind: Kind::Create,
        request_id: RequestId::parse("quota-1").expect("an id"),
        now: Moment::parse("2026-11-14T10:00:00Z").expect("a moment"),
        attempt: 1,
    };
    let context = Context::default();
    let rendering =
        berth.render(request, &context, &options).unwrap_or_else(|error| panic!("{request}: {error}"));
    json!(rendering)
}

/// A plain pod: it asks for nothing, and every level of pod security takes it.
pub(crate) fn pod(name: &str) -> Value {
    json!({
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": { "name": name },
        "spec": {
            "securityContext": {
                "runAsNonRoot": true, "runAsUser": 65532, "seccompProfile": { "type": "RuntimeDefault" },
            },
            "containers": [{
                "name": "pause",
                "image": "registry.k8s.io/pause:3.10",
                "securityContext": { "allowPrivilegeEscalation": false, "capabilities": { "drop": ["ALL"] } },
            }],
        },
    })
}
