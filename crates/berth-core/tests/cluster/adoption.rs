//! A namespace that Berth did not make is taken over with the exported roles and admission policies in force: what the
//! Workflow does is admitted, what it must not take over is refused, and by nothing but the rule that is there for it.

use std::thread;
use std::time::Duration;

use berth_core::render::{Kind, Target};
use berth_testing::Cluster;
use serde_json::{Value, json};

use super::admission::guarded;
use super::site::Site;

fn request(name: &str) -> Value {
    json!({
        "namespaceName": name, "team": "payments", "environment": "staging", "resourceTier": "small",
        "features": ["istio-injection", "monitoring-enhanced", "backup-enabled", "external-ingress", "database-access", "gpu-access"],
    })
}

/// The Namespace that the adoption `adopt` of this name applies.
fn taken(site: &Site, name: &str) -> Value {
    // No request for a reserved name is rendered.
    let workflow = site.render(Kind::Adopt, &request("payments-legacy"), "adopt");
    let objects = Site::bundled(&workflow);
    let mut namespace =
        objects.into_iter().find(|object| object["kind"] == "Namespace").expect("a namespace");
    namespace["metadata"]["name"] = name.into();
    namespace
}

/// What the API server would say to the account of the Workflow, which may do anything as far as RBAC is concerned.
fn told(site: &Site, namespace: &Value) -> Result<String, String> {
    let account = site.account("change");
    let apply = ["apply", "--server-side", "--field-manager=berth", "--dry-run=server", "--filename=-"];
    let who = [&account, "--as-group=system:masters"];
    site.cluster.kubectl(&[&apply[..], &who].concat(), &namespace.to_string())
}

/// Waits until the API server, which sees a changed policy after a moment, says what is expected.
fn until(expected: impl Fn() -> bool, what: &str) {
    for _ in 0..120 {
        if expected() {
            return;
        }
        thread::sleep(Duration::from_millis(250));
    }
    panic!("{what}");
}

/// Whether a validation says this.
fn of(says: &str) -> impl Fn(&Value) -> bool {
    move |validation| validation["message"].as_str().is_some_and(|message| message.starts_with(says))
}

/// The policy over namespaces, after a change to its validations.
fn changed(policy: &Value, change: impl FnOnce(&mut Vec<Value>)) -> Value {
    let mut policy = policy.clone();
    change(policy["spec"]["validations"].as_array_mut().expect("validations"));
    policy
}

#[test]
fn what_is_nobodys_is_taken_over_and_nothing_else() {
    let Some(cluster) = Cluster::find() else { return };
    let mut site = guarded(cluster, "adoption");
    let [legacy, old, free, theirs] = ["legacy", "old", "free", "theirs"].map(|name| site.namespace(name));
    let stands =
        |name: &String| json!({ "apiVersion": "v1", "kind": "Namespace", "metadata": { "name": name } });
    site.install([&legacy, &old, &free].map(stands).to_vec());
    let mut made = request(&theirs);
    made["team"] = "risk".into();
    let made = site.render(Kind::Create, &made, &theirs);
    site.run(&made, "berth").unwrap_or_else(|complaint| panic!("{complaint}"));

    // All that the Workflow does as its own account, in both forms.
    for (form, name) in [(Target::Workflow, &legacy), (Target::WorkflowRef, &old)] {
        let workflow = site.render_as(form, Kind::Adopt, &request(name), &format!("adopt-{name}"));
        let create = ["create", "--dry-run=server", "--validate=strict", "--filename=-"];
        let submitted = site.cluster.kubectl(&create, &workflow.to_string());
        submitted.unwrap_or_else(|complaint| panic!("{complaint}"));
        let whole = if form == Target::Workflow { workflow } else { site.resolved(&workflow) };
        site.run(&whole, "berth").unwrap_or_else(|complaint| panic!("{complaint}"));
    }

    let [reserved, managed] = ["this name is reserved", "a change writes only namespaces that are ready"];
    let mut unlabelled = taken(&site, &free);
    let labels = unlabelled["metadata"]["labels"].as_object_mut().expect("labels");
    labels.remove(&site.label("request-id")).expect("a label");
    let attacks = [
        ("a reserved namespace", taken(&site, "kube-node-lease"), reserved),
        ("another team's namespace", taken(&site, &theirs), managed),
        ("one that another request took over", taken(&site, &legacy), managed),
        ("without the label of the request", unlabelled, managed),
    ];
    for (what, namespace, says) in &attacks {
        let answer = told(&site, namespace);
        assert!(answer.as_ref().is_err_and(|complaint| complaint.contains(says)), "{what}: {answer:?}");
    }
    let fine = taken(&site, &free);
    told(&site, &fine).unwrap_or_else(|complaint| panic!("{complaint}"));

    // Without the rule each of them gets through.
    let policies = site.berth.export_admission().expect("the default documents can be exported");
    let policy = policies
        .into_iter()
        .find(|policy| {
            policy["spec"]["validations"].as_array().is_some_and(|all| all.iter().any(of(managed)))
        })
        .expect("the policy over namespaces");
    for rule in [reserved, managed] {
        site.install(vec![changed(&policy, |all| all.retain(|one| !of(rule)(one)))]);
        for (what, namespace, says) in &attacks {
            let falls = *says == rule;
            until(
                || told(&site, namespace).is_ok() == falls,
                &format!("{what}, without `{rule}`: not {}", if falls { "admitted" } else { "refused" }),
            );
        }
    }
    // And without the exception for what is nobody's, nothing is taken over.
    let strict = changed(&policy, |all| {
        let rule = all.iter_mut().find(|one| of(managed)(one)).expect("the rule");
        let expression = rule["expression"].as_str().expect("an expression");
        let (nobodys, own) = (
            "variables.old_request_id in ['', variables.request_id]",
            "variables.old_request_id == variables.request_id",
        );
        assert!(expression.contains(nobodys), "{expression}");
        rule["expression"] = expression.replace(nobodys, own).into();
    });
    site.install(vec![strict]);
    until(|| told(&site, &fine).is_err(), "taken over without the exception for what is nobody's");
}
