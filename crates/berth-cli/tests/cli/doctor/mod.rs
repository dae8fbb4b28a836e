//! `berth doctor` on an installation in which one thing is wrong: exactly that is found.

mod installation;
mod leftovers;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::engine::Engine as Sandbox;
use crate::program::{Ran, berth, command};
use installation::{BINDINGS, Installation, POLICIES, TOKEN, kinds};

/// The codes that were found, each once, and the exit code.
fn found(ran: &Ran) -> (Vec<String>, i32) {
    let mut codes: Vec<String> = Vec::new();
    for finding in ran.json()["findings"].as_array().unwrap() {
        let code = finding["code"].as_str().unwrap().to_owned();
        for field in ["message", "consequence", "remedy"] {
            assert!(!finding[field].as_str().unwrap().is_empty(), "{code} has no {field}");
        }
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    (codes, ran.code)
}

/// Of an installation whose cluster is not looked at.
fn examined_by_argo(installation: Installation, token: Option<&str>) -> (Vec<String>, i32) {
    found(&installation.examined_by_argo(token))
}

fn examined(installation: Installation) -> (Vec<String>, i32) {
    found(&installation.examined(Some(TOKEN), &["--output", "json"]))
}

fn only(code: &str, exit: i32) -> (Vec<String>, i32) {
    (vec![code.to_owned()], exit)
}

#[test]
fn nothing_is_found_where_all_is_well() {
    assert_snapshot!(Installation::well().examined(Some(TOKEN), &[]));
}

#[test]
fn each_finding_says_what_follows_and_what_mends_it() {
    let broken = Installation::well()
        .with(
            "/api/v1/archived-workflows/00000000-0000-0000-0000-000000000000",
            500,
            json!({ "code": 13, "message": "getting archived workflows not supported" }),
        )
        .with("/apis/velero.io/v1", 404, Value::Null);
    assert_snapshot!(broken.examined(Some(TOKEN), &[]));
}

#[test]
fn versions_are_judged() {
    for (version, code, exit) in [
        ("v3.6.4", "argo-version-old", 1),
        ("v4.0.2", "argo-version-old", 1),
        ("v4.9.0", "argo-version-untested", 0),
    ] {
        let installation = Installation::well().with("/api/v1/version", 200, json!({ "version": version }));
        assert_eq!(examined_by_argo(installation, Some(TOKEN)), only(code, exit), "{version}");
    }
    let old = Installation::well().with("/version", 200, json!({ "gitVersion": "v1.29.8" }));
    assert_eq!(examined(old).0, ["cluster-version-old", "image-skew"]);
    let apart = Installation::well().with("/version", 200, json!({ "gitVersion": "v1.32.1" }));
    assert_eq!(examined(apart), only("image-skew", 0));
}

#[test]
fn a_login_page_is_not_argo() {
    let page = Installation::well().with("/api/v1/version", 200, json!("sign in"));
    assert_eq!(examined_by_argo(page, Some(TOKEN)), only("argo-not-argo", 1));
}

#[test]
fn the_token_is_judged_by_what_argo_answers() {
    let well = Installation::well;
    let codes = |installation: Installation, token: Option<&str>| {
        found(&installation.examined(token, &["--output", "json"]))
    };
    assert_eq!(codes(well(), None), only("token-missing", 1));
    assert_eq!(codes(well(), Some("bad")), only("token-refused", 1));
    let claims = URL_SAFE_NO_PAD.encode(r#"{"exp":1767225600}"#);
    let expired = format!("e30.{claims}.c2ln");
    assert_eq!(codes(well(), Some(&expired)), only("token-expired", 1));
    let forbidden = json!({ "code": 7, "message": "workflows.argoproj.io is forbidden" });
    let forbidden = well().with("/api/v1/workflows/berth-workflows", 403, forbidden);
    assert_eq!(codes(forbidden, Some(TOKEN)), only("token-forbidden", 1));
    let open = Installation { wants_token: false, ..well() };
    assert_eq!(codes(open, Some(TOKEN)), only("auth-open", 1));
}

#[test]
fn a_token_must_not_travel_in_the_clear() {
    // Nobody has this name; whether it is reached doesn't matter.
    let mut command = command(&["doctor", "--argo", "http://argo.berth.invalid", "--output", "json"]);
    let output = command.env("ARGO_TOKEN", TOKEN).output().unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let codes: Vec<&str> = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| finding["code"].as_str().unwrap())
        .collect();
    assert_eq!((codes, output.status.code()), (vec!["token-unencrypted", "argo-unreachable"], Some(2)));
}

#[test]
fn clocks_are_compared() {
    for ahead in [-3600, 45] {
        let argo = Installation { argo_ahead: ahead, ..Installation::well() };
        assert_eq!(examined_by_argo(argo, Some(TOKEN)), only("clock-skew", 1), "{ahead}");
        let cluster = Installation { cluster_ahead: ahead, ..Installation::well() };
        assert_eq!(examined(cluster), only("clock-skew", 1), "{ahead}");
    }
    let near = Installation { argo_ahead: 5, cluster_ahead: -5, ..Installation::well() };
    assert_eq!(examined(near), (vec![], 0));
}

#[test]
fn an_archive_that_is_off_is_only_a_warning() {
    let none = json!({ "code": 13, "message": "getting archived workflows not supported" });
    let off = Installation::well().with(
        "/api/v1/archived-workflows/00000000-0000-0000-0000-000000000000",
        500,
        none,
    );
    assert_eq!(examined_by_argo(off, Some(TOKEN)), only("archive-off", 0));
}

#[test]
fn templates_are_compared_with_the_documents() {
    const PATH: &str = "/api/v1/workflow-templates/berth-workflows";
    let none = Installation::well().with(PATH, 200, json!({ "items": null }));
    assert_eq!(examined_by_argo(none, Some(TOKEN)), only("template-missing", 0));
    let image = "/items/0/spec/templates/0/containerSet/containers/0/image";
    let other = Installation::well()
        .changed(PATH, |list| *list.pointer_mut(image).unwrap() = json!("evil.example.org/kubectl"));
    assert_eq!(examined_by_argo(other, Some(TOKEN)), only("template-changed", 1));
}

#[test]
fn an_image_without_a_digest_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let platform = std::fs::read_to_string(crate::program::root().join("platform.yaml")).unwrap();
    let unpinned: Vec<&str> = platform.lines().filter(|line| !line.contains("digest: sha256:")).collect();
    let path = folder.path().join("platform.yaml");
    std::fs::write(&path, unpinned.join("\n")).unwrap();
    let more = ["--output", "json", "--platform", path.to_str().unwrap()];
    let (codes, exit) = found(&Installation::well().examined(Some(TOKEN), &more));
    // Other documents make other templates and policies.
    let wanted = ["template-missing", "image-unpinned", "admission-outdated", "leftover"];
    assert_eq!((codes, exit), (wanted.map(str::to_owned).to_vec(), 1));
}

#[test]
fn what_must_stand_in_the_cluster_is_looked_for() {
    let no_namespace = Installation::well().with("/api/v1/namespaces/berth-workflows", 404, Value::Null);
    assert_eq!(examined(no_namespace), only("namespace-missing", 1));
    let accounts = json!({ "items": [{ "metadata": { "name": "berth-create" } }] });
    let accounts =
        Installation::well().with("/api/v1/namespaces/berth-workflows/serviceaccounts", 200, accounts);
    assert_eq!(examined(accounts), only("account-missing", 1));
    let argo = kinds("argoproj.io/v1alpha1", &["Workflow"]);
    let argo = Installation::well().with("/apis/argoproj.io/v1alpha1", 200, argo);
    assert_eq!(examined(argo), only("crd-missing", 1));
    let forbidden = json!({ "kind": "Status", "status": "Failure", "reason": "Forbidden", "code": 403, "message": "namespaces is forbidden" });
    let forbidden = Installation::well().with("/api/v1/namespaces/berth-workflows", 403, forbidden);
    assert_eq!(examined(forbidden), only("cluster-hidden", 0));
}

#[test]
fn a_kind_that_an_option_needs_is_named_with_the_option() {
    let without = Installation::well().with("/apis/velero.io/v1", 404, Value::Null);
    let ran = without.examined(Some(TOKEN), &["--output", "json"]);
    assert_eq!(found(&ran), only("feature-kind-missing", 0));
    let consequence = ran.json()["findings"][0]["consequence"].as_str().unwrap().to_owned();
    assert!(consequence.contains("`backup`") && consequence.contains("backup-enabled"), "{consequence}");
}

#[test]
fn the_rights_of_the_token_are_enough_and_no_more() {
    let less = Installation {
        fewer_rights: vec!["create workflows", "patch workflows", "list pods", "get workflowtemplates"],
        ..Installation::well()
    };
    let ran = less.examined(Some(TOKEN), &["--output", "json"]);
    assert_eq!((found(&ran), count(&ran)), (only("token-right-missing", 1), 4));
    let more = Installation {
        more_rights: vec![
            "create pods",
            "get secrets",
            "create namespaces",
            "bind clusterroles",
            "impersonate serviceaccounts",
        ],
        ..Installation::well()
    };
    let ran = more.examined(Some(TOKEN), &["--output", "json"]);
    assert_eq!((found(&ran), count(&ran)), (only("token-right-excess", 1), 5));
}

/// How many findings there are.
fn count(ran: &Ran) -> usize {
    ran.json()["findings"].as_array().unwrap().len()
}

#[test]
fn the_rights_of_the_accounts_are_those_of_the_blueprints() {
    let less = Installation { fewer_account_rights: vec!["patch networkpolicies"], ..Installation::well() };
    assert_eq!(examined(less), only("account-right-missing", 1));
    let rights = vec!["get secrets", "escalate clusterroles", "impersonate users"];
    let more = Installation { more_account_rights: rights, ..Installation::well() };
    let ran = more.examined(Some(TOKEN), &["--output", "json"]);
    assert_eq!(found(&ran), only("account-right-excess", 1));
    assert_eq!(count(&ran), 3, "one for each account");
    let report = ran.json();
    let messages: Vec<&str> = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| finding["message"].as_str().unwrap())
        .collect();
    assert!(messages[0].contains("get secrets in `kube-system`, escalate clusterroles"), "{messages:?}");
}

#[test]
fn admission_policies_must_be_there() {
    let none = Installation::well().with(POLICIES, 200, json!({ "items": [] }));
    assert_eq!(examined(none), only("admission-missing", 1));
    let older = Installation::well().with(POLICIES, 404, Value::Null).with(BINDINGS, 404, Value::Null);
    assert_eq!(examined(older), only("admission-missing", 1));
    let one = Installation::well().changed(POLICIES, |list| {
        list["items"]
            .as_array_mut()
            .unwrap()
            .retain(|policy| policy["metadata"]["name"] != "berth-objects.platform.io");
    });
    let ran = one.examined(Some(TOKEN), &["--output", "json"]);
    assert_eq!(found(&ran), only("admission-missing", 1));
    let message = ran.json()["findings"][0]["message"].clone();
    assert_eq!(message, "admission policies are not there: `berth-objects.platform.io`");
    let forbidden = json!({ "kind": "Status", "status": "Failure", "reason": "Forbidden", "code": 403, "message": "forbidden" });
    assert_eq!(examined(Installation::well().with(BINDINGS, 403, forbidden)), only("cluster-hidden", 0));
}

#[test]
fn a_policy_counts_only_with_a_binding_that_denies_everywhere() {
    let none = Installation::well().with(BINDINGS, 200, json!({ "items": [] }));
    assert_eq!(examined(none), only("admission-unbound", 1));
    for (field, loosened) in [
        ("validationActions", json!(["Warn", "Audit"])),
        ("policyName", json!("another")),
        ("matchResources", json!({ "namespaceSelector": { "matchLabels": { "guarded": "true" } } })),
    ] {
        let loose = Installation::well().changed(BINDINGS, |list| list["items"][0]["spec"][field] = loosened);
        assert_eq!(examined(loose), only("admission-unbound", 1), "{field}");
    }
    let loose_and_gone = Installation::well()
        .with(POLICIES, 200, json!({ "items": [] }))
        .changed(BINDINGS, |list| list["items"][0]["spec"]["validationActions"] = json!(["Audit"]));
    assert_eq!(examined(loose_and_gone).0, ["admission-missing", "admission-unbound"]);
    let more = Installation::well()
        .changed(BINDINGS, |list| list["items"][0]["spec"]["validationActions"] = json!(["Deny", "Audit"]));
    assert_eq!(examined(more), (vec![], 0));
}

#[test]
fn admission_policies_must_be_those_of_the_documents() {
    for (pointer, place) in [
        ("/spec/validations/0/expression", "spec.validations[0].expression"),
        ("/spec/failurePolicy", "spec.failurePolicy"),
        ("/spec/matchConstraints/matchPolicy", "spec.matchConstraints.matchPolicy"),
    ] {
        let changed = Installation::well().changed(POLICIES, |list| {
            *list["items"][0].pointer_mut(pointer).unwrap() = json!("true");
        });
        let ran = changed.examined(Some(TOKEN), &["--output", "json"]);
        assert_eq!(found(&ran), only("admission-outdated", 1), "{pointer}");
        let message = ran.json()["findings"][0]["message"].as_str().unwrap().to_owned();
        assert!(message.ends_with(&format!("`berth-namespaces.platform.io` (`{place}`)")), "{message}");
    }
    let excepted = Installation::well().changed(POLICIES, |list| {
        list["items"][0]["spec"]["matchConditions"] = json!([{ "name": "never", "expression": "false" }]);
    });
    assert_eq!(examined(excepted), only("admission-outdated", 1));
}

#[test]
fn the_backend_tells_how_its_parts_are() {
    const DETAILS: &str = "/api/platform/health/details";
    let part = |name: &str| json!({ "status": "degraded", "parts": { "database": { "status": "ok" }, name: { "status": "degraded", "message": "away since noon" } } });
    let well = Installation::well;
    assert_eq!(examined(well().with(DETAILS, 200, part("database"))), only("database-degraded", 1));
    assert_eq!(examined(well().with(DETAILS, 200, part("outbox"))), only("backstage-degraded", 1));
    let refused = json!({ "error": { "message": "Illegal token" } });
    assert_eq!(examined(well().with(DETAILS, 401, refused)), only("backstage-refused", 1));
    assert_eq!(
        examined(well().with("/api/platform/health", 503, Value::Null)),
        only("backstage-unreachable", 2)
    );
}

#[test]
fn closed_doors_end_with_exit_code_2() {
    let ran = berth(&["doctor", "--argo", "http://127.0.0.1:1", "--output", "json"]);
    assert_eq!(found(&ran), only("argo-unreachable", 2));
    let plain = Sandbox::start(&[], &[]);
    let encrypted = plain.url().replace("http://", "https://");
    assert_eq!(
        found(&berth(&["doctor", "--argo", &encrypted, "--output", "json"])),
        only("argo-untrusted", 2)
    );
    let nothing = tempfile::tempdir().unwrap();
    let missing = nothing.path().join("kubeconfig");
    let ran = berth(&[
        "doctor",
        "--argo",
        &plain.url(),
        "--kubeconfig",
        missing.to_str().unwrap(),
        "--output",
        "json",
    ]);
    let (codes, exit) = found(&ran);
    assert!(codes.contains(&"cluster-unreachable".to_owned()) && exit == 2, "{codes:?}");
    assert_eq!(berth(&["doctor", "--argo", "argo.company.com"]).code, 2);
}

#[test]
fn the_sandbox_is_told_from_argo() {
    let sandbox = Sandbox::start(&[], &[]);
    let (codes, exit) = found(&berth(&["doctor", "--argo", &sandbox.url(), "--output", "json"]));
    assert_eq!((codes, exit), (vec!["argo-is-sandbox".to_owned(), "template-missing".to_owned()], 0));
}

/// The tests of this file break an installation in every way that the doctor knows.
#[test]
fn every_code_has_a_test() {
    let page = std::fs::read_to_string(crate::program::root().join("docs/doctor.md")).unwrap();
    let table = page.split_once("| Code | Severity |").unwrap().1;
    let rows = table.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` | "));
    let codes: Vec<&str> = rows.map(|(code, _)| code).collect();
    assert!(codes.len() > 20, "{codes:?}");
    for code in codes {
        let is_tested = [include_str!("mod.rs"), include_str!("leftovers.rs")]
            .iter()
            .any(|tests| tests.contains(&format!("\"{code}\"")));
        assert!(is_tested, "no test finds `{code}`");
    }
}
