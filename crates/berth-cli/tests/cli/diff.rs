//! `berth diff` and `berth plan --kubeconfig` on a real API server, and the whole namespace with all its features there.

use std::io::{BufRead, BufReader};
use std::time::{Duration, Instant};

use berth_testing::Cluster;
use serde_json::{Value, json};

use crate::program::{Ran, berth_with, command};

/// The most that the whole namespace may take.
const MOST: Duration = Duration::from_secs(15);

fn request(name: &str, tier: &str, features: &[&str]) -> String {
    let request = json!({
        "namespaceName": name, "team": "payments", "environment": "development", "resourceTier": tier,
        "features": features,
    });
    request.to_string()
}

fn kubeconfig() -> String {
    std::env::var("BERTH_TEST_KUBECONFIG").unwrap()
}

fn diff(request: &str) -> Ran {
    berth_with(&["diff", "-", "--kubeconfig", &kubeconfig()], request)
}

#[test]
fn what_a_request_would_change_is_shown_and_nothing_is_written() {
    let Some(cluster) = Cluster::find() else { return };
    let namespace = cluster.namespace("diff");
    let small = request(&namespace.name, "small", &[]);

    let before = diff(&small);
    assert_eq!(before.code, 1, "{before}");
    assert!(
        before.out.contains("does not stand yet") && before.out.contains("+ ResourceQuota compute-quota"),
        "{before}"
    );
    let there = ["get", "namespace", &namespace.name, "--ignore-not-found", "--output=name"];
    assert_eq!(cluster.kubectl(&there, "").unwrap(), "", "a dry run makes nothing");

    let render =
        ["render", "-", "--target", "manifests", "--request-id", "r1", "--now", "2026-01-01T00:00:00Z"];
    let manifests = berth_with(&render, &small).out;
    let apply = ["apply", "--server-side", "--field-manager=berth", "--filename=-"];
    cluster.kubectl(&apply, &manifests).unwrap();
    let same = diff(&small);
    assert!(same.code == 0 && same.out.ends_with("nothing would change\n"), "{same}");

    let larger = diff(&request(&namespace.name, "medium", &["database-access"]));
    assert_eq!(larger.code, 1, "{larger}");
    for line in [
        "~ ResourceQuota compute-quota",
        "/spec/hard/pods  \"10\" -> \"20\"",
        "+ NetworkPolicy allow-databases",
    ] {
        assert!(larger.out.contains(line), "{line}: {larger}");
    }
    // What a change back would take away; what somebody else made is nobody's business.
    cluster
        .kubectl(&apply, &berth_with(&render, request(&namespace.name, "small", &["database-access"])).out)
        .unwrap();
    let role =
        ["create", "role", "of-the-team", "--verb=get", "--resource=pods", "--namespace", &namespace.name];
    cluster.kubectl(&role, "").unwrap();
    let fewer = diff(&small);
    assert_eq!(fewer.code, 1, "{fewer}");
    let gone: Vec<&str> = fewer.out.lines().filter(|line| line.starts_with('-')).collect();
    assert_eq!(gone, ["- NetworkPolicy allow-databases  stands, and is not wanted"], "{fewer}");
    let label = ["label", "role", "of-the-team", "platform.io/managed=true", "platform.io/request-id=r1"];
    cluster.kubectl(&[&label[..], &["--namespace", &namespace.name]].concat(), "").unwrap();
    let left = diff(&small);
    assert!(left.out.contains("- Role of-the-team  stands, and is not wanted"), "{left}");
    cluster
        .kubectl(&["delete", "networkpolicy", "allow-databases", "--namespace", &namespace.name], "")
        .unwrap();
    cluster.kubectl(&["delete", "role", "of-the-team", "--namespace", &namespace.name], "").unwrap();

    let planned = berth_with(&["plan", "-", "--kubeconfig", &kubeconfig(), "--output", "json"], &small);
    assert_eq!((planned.code, &planned.json()["onCluster"]["inSync"]), (0, &json!(true)), "{planned}");
}

#[test]
fn what_the_user_may_not_do_is_refused_in_the_servers_words() {
    let Some(cluster) = Cluster::find() else { return };
    let namespace = cluster.namespace("diff-refused");
    cluster.kubectl(&["create", "namespace", &namespace.name], "").unwrap();
    cluster.kubectl(&["create", "serviceaccount", "looker", "--namespace", &namespace.name], "").unwrap();
    let binding = ["create", "rolebinding", "looker", "--clusterrole=view", "--namespace", &namespace.name];
    let account = format!("--serviceaccount={}:looker", namespace.name);
    cluster.kubectl(&[&binding[..], &[&account]].concat(), "").unwrap();
    let token = cluster.kubectl(&["create", "token", "looker", "--namespace", &namespace.name], "").unwrap();
    let config = cluster.kubectl(&["config", "view", "--raw", "--output=json"], "").unwrap();
    let mut config: Value = serde_json::from_str(&config).unwrap();
    config["users"][0]["user"] = json!({ "token": token });
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kubeconfig");
    std::fs::write(&path, config.to_string()).unwrap();

    let arguments = ["diff", "-", "--kubeconfig", path.to_str().unwrap(), "--output", "json"];
    let ran = berth_with(&arguments, request(&namespace.name, "small", &[]));
    assert_eq!(ran.code, 1, "{ran}");
    let refused = ran.json()["refused"].as_array().unwrap().clone();
    let quota = refused.iter().find(|refused| refused["name"] == "compute-quota");
    assert!(
        quota.is_some_and(|quota| quota["message"].as_str().unwrap().contains("cannot patch resource")),
        "{ran}"
    );
}

#[test]
fn what_is_not_valid_and_what_cannot_be_read_have_exit_codes_of_their_own() {
    let invalid = berth_with(&["diff", "-", "--kubeconfig", "/nowhere"], r#"{"namespaceName": "Payments"}"#);
    assert!(invalid.code == 1 && invalid.err.contains("error[pattern]"), "{invalid}");
    let unreadable =
        berth_with(&["diff", "-", "--kubeconfig", "/nowhere"], request("payments-checkout", "small", &[]));
    assert!(unreadable.code == 2 && unreadable.err.contains("can't read the cluster"), "{unreadable}");
}

/// From `berth submit` to a ready namespace with every feature, by the sandbox on a real API server. The better of two
/// counts: other work on the machine takes its time, too.
#[test]
fn the_whole_namespace_takes_no_longer_than_it_may() {
    let Some(cluster) = Cluster::find() else { return };
    cluster.make_velero();
    let first = whole_namespace(&cluster, "whole");
    let took = if first <= MOST { first } else { first.min(whole_namespace(&cluster, "whole-again")) };
    let (took_text, most) = (took.as_secs_f32(), MOST.as_secs());
    eprintln!("the namespace with all features, on a real API server: {took_text:.1} s (at most {most} s)");
    assert!(took <= MOST, "it took {took:?}");
}

/// How long it takes until it is ready.
fn whole_namespace(cluster: &Cluster, test: &str) -> Duration {
    let namespace = cluster.namespace(test);
    let kubeconfig = kubeconfig();
    let mut sandbox = command(&["sandbox", "--port", "0", "--kubeconfig", &kubeconfig]).spawn().unwrap();
    let mut lines = BufReader::new(sandbox.stdout.take().unwrap()).lines().map_while(Result::ok);
    let url = lines.find_map(|line| line.split_once("listens on ").map(|(_, url)| url.to_owned())).unwrap();
    let token = lines.find_map(|line| line.strip_prefix("export ARGO_TOKEN=").map(str::to_owned)).unwrap();

    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("request.json");
    let features = [
        "istio-injection",
        "monitoring-enhanced",
        "backup-enabled",
        "external-ingress",
        "database-access",
        "gpu-access",
    ];
    std::fs::write(&file, request(&namespace.name, "large", &features)).unwrap();
    let begun = Instant::now();
    let arguments =
        ["submit", file.to_str().unwrap(), "--argo", &url, "--request-id", &namespace.name, "--wait"];
    let output = command(&arguments).env("ARGO_TOKEN", token).output().unwrap();
    let took = begun.elapsed();
    sandbox.kill().unwrap();
    sandbox.wait().unwrap();
    let mine = format!("platform.io/request-id={}", namespace.name);
    cluster.kubectl(&["delete", "schedule", "--namespace=velero", "--selector", &mine], "").unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    took
}
