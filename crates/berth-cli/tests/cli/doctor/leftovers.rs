//! What older documents left in a cluster, and what Argo's settings ask of Workflows.

use serde_json::{Value, json};

use super::installation::{BINDINGS, Installation, POLICIES, RBAC, SETTINGS, TEMPLATES, TOKEN, settings};
use super::{count, examined, found, only};
use crate::program::Ran;

fn ran(installation: Installation) -> Ran {
    installation.examined(Some(TOKEN), &["--output", "json"])
}

/// A field of a finding.
fn said(ran: &Ran, finding: usize, field: &str) -> String {
    ran.json()["findings"][finding][field].as_str().unwrap().to_owned()
}

/// The installation with one object more at a path: a copy of the first there under another name.
fn with_another(installation: Installation, path: &str, name: &str) -> Installation {
    installation.changed(path, |list| {
        let mut other = list["items"][0].clone();
        other["metadata"]["name"] = name.into();
        list["items"].as_array_mut().unwrap().push(other);
    })
}

#[test]
fn what_is_of_no_document_any_more_is_told_with_the_command_that_takes_it_away() {
    let well = Installation::well;
    for (path, name, remedy) in [
        (
            POLICIES.to_owned(),
            "berth-request-website.platform.io",
            "kubectl delete validatingadmissionpolicies berth-request-website.platform.io",
        ),
        (
            BINDINGS.to_owned(),
            "berth-request-website.platform.io",
            "kubectl delete validatingadmissionpolicybindings berth-request-website.platform.io",
        ),
        (format!("{RBAC}/clusterroles"), "berth-archive", "kubectl delete clusterroles berth-archive"),
        (format!("{RBAC}/roles"), "berth-archive", "kubectl delete roles --namespace velero berth-archive"),
        (
            TEMPLATES.to_owned(),
            "berth-website-create-0123456789ab",
            "kubectl delete workflowtemplates --namespace berth-workflows berth-website-create-0123456789ab",
        ),
    ] {
        let ran = ran(with_another(well(), &path, name));
        assert_eq!((found(&ran), count(&ran)), (only("leftover", 0), 1), "{path}");
        assert_eq!(said(&ran, 0, "remedy"), remedy);
        assert!(said(&ran, 0, "message").contains(&format!("`{name}`")));
    }
    let two = with_another(with_another(well(), POLICIES, "b"), &format!("{RBAC}/clusterroles"), "a");
    let ran = ran(two);
    assert_eq!(count(&ran), 2, "one for each command");
}

#[test]
fn what_others_call_a_part_of_berth_stays_theirs() {
    let unmarked =
        with_another(Installation::well(), POLICIES, "berth-own.platform.io").changed(POLICIES, |list| {
            let last = list["items"].as_array_mut().unwrap().last_mut().unwrap();
            last["metadata"]["annotations"] = json!({ "platform.example.com/policy-digest": "sha256:00" });
        });
    assert_eq!(examined(unmarked), (vec![], 0));
    let forbidden = json!({ "kind": "Status", "status": "Failure", "reason": "Forbidden", "code": 403, "message": "forbidden" });
    assert_eq!(examined(Installation::well().with(TEMPLATES, 403, forbidden)), only("cluster-hidden", 0));
}

#[test]
fn argo_that_wants_references_is_told_and_then_the_templates_must_be_there() {
    for restricted in [
        settings("workflowRestrictions", "templateReferencing: Secure\n"),
        settings("config", "parallelism: 50\nworkflowRestrictions:\n  templateReferencing: Strict\n"),
    ] {
        let restricted = Installation::well().with(SETTINGS, 200, json!({ "items": [restricted] }));
        assert_eq!(examined(restricted.clone()), only("reference-required", 0));
        let ran = ran(restricted.with(TEMPLATES, 200, json!({ "items": [] })));
        assert_eq!(found(&ran), (vec!["reference-required".to_owned(), "template-required".to_owned()], 1));
        assert!(said(&ran, 1, "message").contains("`berth-namespace-create-"));
    }
}

#[test]
fn a_restriction_that_argo_does_not_know_is_none() {
    for text in ["templateReferencing: secure\n", "templateReferencing: [\n"] {
        let unknown = json!({ "items": [settings("workflowRestrictions", text)] });
        assert_eq!(
            examined(Installation::well().with(SETTINGS, 200, unknown)),
            only("restriction-unknown", 1)
        );
    }
    let none = Installation::well().with(SETTINGS, 200, json!({ "items": [] }));
    assert_eq!(examined(none), (vec![], 0), "a cluster without Argo's settings is not looked at");
    let forbidden = json!({ "kind": "Status", "status": "Failure", "reason": "Forbidden", "code": 403, "message": "forbidden" });
    assert_eq!(examined(Installation::well().with(SETTINGS, 403, forbidden)), only("cluster-hidden", 0));
}

#[test]
fn bindings_of_another_version_are_told_since_a_change_can_not_mend_them() {
    let binding = |kind: &str| {
        json!({
            "metadata": {
                "name": "payments-developers", "namespace": "payments-checkout",
                "labels": { "platform.io/managed": "true" },
            },
            "roleRef": { "apiGroup": "rbac.authorization.k8s.io", "kind": kind, "name": "developer" },
        })
    };
    let with = |binding: Value| {
        Installation::well().changed(&format!("{RBAC}/rolebindings"), |list| {
            list["items"].as_array_mut().unwrap().push(binding);
        })
    };
    assert_eq!(examined(with(binding("ClusterRole"))), (vec![], 0));
    let ran = ran(with(binding("Role")));
    assert_eq!(found(&ran), only("binding-outdated", 0));
    let remedy = said(&ran, 0, "remedy");
    assert!(
        remedy.starts_with("kubectl delete rolebinding payments-developers --namespace payments-checkout"),
        "{remedy}"
    );
}
