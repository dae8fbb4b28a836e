//! The cluster: its version, its clock, and what must stand before a Workflow can run.

use berth_core::Berth;
use serde_json::{Value, json};

use super::finding::{Code, Finding};
use super::report::{Checked, Report};
use super::{
    accounts as account_rights, admission, bindings, clock, images, kinds, leftovers, restrictions, rights,
    version,
};
use crate::kubectl::{Kubectl, KubectlError};

/// Makes what is missing.
pub(super) const APPLY: &str = "kubectl apply --kustomize deploy/base";

/// Looks at the cluster of a kubeconfig; `token` is the backend's.
pub(super) fn examine(report: &mut Report, berth: &Berth, kubectl: &Kubectl, token: Option<&str>) {
    let version = match kubectl.get("/version") {
        Ok(version) => version.unwrap_or_default(),
        Err(error) => {
            report.add("cluster", closed(&error).into());
            return;
        }
    };
    let version = version.get("gitVersion").and_then(Value::as_str).unwrap_or_default();
    let old = version::kubernetes(version);
    report.add("cluster", Checked::unless(old.into_iter().collect(), format!("Kubernetes {version}")));
    report.add("kubectl image", images::fits(berth, version));
    report.add("cluster clock", of_clock(kubectl));
    report.add("accounts", accounts(berth, kubectl));
    kinds::examine(report, berth, kubectl);
    rights::examine(report, berth, kubectl, token);
    report.add("accounts' rights", account_rights::examine(berth, kubectl));
    report.add("admission", admission::examine(berth, kubectl));
    report.add("restrictions", restrictions::examine(berth, kubectl));
    report.add("leftovers", leftovers::examine(berth, kubectl));
    report.add("bindings", bindings::examine(berth, kubectl));
}

fn closed(error: &KubectlError) -> Finding {
    let remedy = match error {
        KubectlError::Missing(_) => "install kubectl: https://kubernetes.io/docs/tasks/tools",
        KubectlError::Unauthorized(_) => "sign in to the cluster anew, or use another kubeconfig",
        KubectlError::Forbidden(_) | KubectlError::Failed(_) => {
            "see whether `kubectl --kubeconfig FILE version` works, and which context is current"
        }
    };
    Code::ClusterUnreachable.found(
        format!("can't look at the cluster: {error}"),
        "nothing of the cluster was looked at",
        remedy,
    )
}

/// Who may not look learns that it wasn't looked at.
pub(super) fn hidden(what: &str, error: &KubectlError) -> Finding {
    Code::ClusterHidden.found(
        format!("can't look at {what}: {error}"),
        "what is wrong there is not known",
        "use a kubeconfig that may read the cluster: kubectl auth can-i --list",
    )
}

/// The items of a list of the API server; nothing where it doesn't know the resource.
pub(super) fn items(kubectl: &Kubectl, path: &str) -> Result<Vec<Value>, KubectlError> {
    let mut list = kubectl.get(path)?.unwrap_or_default();
    Ok(list.get_mut("items").and_then(Value::as_array_mut).map(std::mem::take).unwrap_or_default())
}

/// A text at a JSON pointer; empty when there is none.
pub(super) fn text<'v>(object: &'v Value, pointer: &str) -> &'v str {
    object.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
}

/// The API server writes its own time on what it answers.
fn of_clock(kubectl: &Kubectl) -> Checked {
    let whoami = json!({ "apiVersion": "authentication.k8s.io/v1", "kind": "SelfSubjectReview" });
    let answers = kubectl.ask(&[whoami]).unwrap_or_default();
    let moment = answers.first().and_then(|answer| answer.pointer("/metadata/creationTimestamp"));
    clock::of_moment(moment.and_then(Value::as_str), "the API server")
}

/// The namespace of the Workflows, and the accounts that they run as.
fn accounts(berth: &Berth, kubectl: &Kubectl) -> Checked {
    let settings = berth.workflow_settings();
    let namespace = &settings.namespace;
    match kubectl.get(&format!("/api/v1/namespaces/{namespace}")) {
        Ok(Some(_)) => {}
        Ok(None) => {
            return Checked::from(Code::NamespaceMissing.found(
                format!("the namespace `{namespace}` of the Workflows is not there"),
                "every request fails when it is submitted",
                APPLY,
            ));
        }
        Err(error) => return hidden(&format!("the namespace `{namespace}`"), &error).into(),
    }
    let list = match items(kubectl, &format!("/api/v1/namespaces/{namespace}/serviceaccounts")) {
        Ok(list) => list,
        Err(error) => return hidden("the ServiceAccounts", &error).into(),
    };
    let names: Vec<&str> = list.iter().map(|account| text(account, "/metadata/name")).collect();
    let wanted = &settings.service_accounts;
    let wanted = [&wanted.create, &wanted.change, &wanted.delete];
    let missing = wanted.iter().filter(|name| !names.contains(&name.as_str())).map(|name| {
        Code::AccountMissing.found(
            format!("the ServiceAccount `{name}` is not there in `{namespace}`"),
            "Workflows that run as it never get a pod: their requests fail after their deadline",
            APPLY,
        )
    });
    Checked::unless(missing.collect(), wanted.map(String::as_str).join(", "))
}
