//! What the token of the backend may do in the cluster: enough, and no more (docs/argo.md lists it).

use berth_core::Berth;
use serde_json::{Value, json};

use super::cluster::{APPLY, hidden};
use super::finding::{Code, Finding};
use super::report::{Checked, Report};
use crate::kubectl::{Kubectl, KubectlError};

/// Something that can be done: a verb, a group and a resource with its subresource.
#[derive(Clone, Copy, Debug)]
struct Right {
    verb: &'static str,
    group: &'static str,
    resource: &'static str,
    subresource: &'static str,
}

const fn right(verb: &'static str, group: &'static str, resource: &'static str) -> Right {
    Right { verb, group, resource, subresource: "" }
}

const ARGO: &str = "argoproj.io";

/// In the namespace of the Workflows.
const NEEDED: [Right; 10] = [
    right("create", ARGO, "workflows"),
    right("get", ARGO, "workflows"),
    right("list", ARGO, "workflows"),
    right("watch", ARGO, "workflows"),
    right("update", ARGO, "workflows"),
    right("patch", ARGO, "workflows"),
    right("get", ARGO, "workflowtemplates"),
    right("get", "", "pods"),
    right("list", "", "pods"),
    Right { verb: "get", group: "", resource: "pods", subresource: "log" },
];

/// What nobody needs who only hands Workflows over: each would be a way around them. The namespace is where it is
/// asked; the Workflows' own when left out.
const EXCESS: [(Right, Option<&str>); 7] = [
    (right("create", ARGO, "workflows"), Some("kube-system")),
    (right("update", ARGO, "workflowtemplates"), None),
    (right("create", "", "pods"), None),
    (right("create", "", "namespaces"), Some("")),
    (right("get", "", "secrets"), Some("kube-system")),
    (right("impersonate", "", "serviceaccounts"), None),
    (right("bind", "rbac.authorization.k8s.io", "clusterroles"), Some("")),
];

/// Asks the API server as who has the token.
pub(super) fn examine(report: &mut Report, berth: &Berth, kubectl: &Kubectl, token: Option<&str>) {
    const NAME: &str = "token's rights";
    let Some(token) = token else {
        report.skip(NAME, "ARGO_TOKEN is not set");
        return;
    };
    report.add(NAME, of_token(&berth.workflow_settings().namespace, kubectl, token));
}

fn of_token(namespace: &str, kubectl: &Kubectl, token: &str) -> Checked {
    let needed = NEEDED.map(|right| (right, namespace));
    let excess = EXCESS.map(|(right, place)| (right, place.unwrap_or(namespace)));
    let asked: Vec<(Right, &str)> = needed.into_iter().chain(excess).collect();
    let questions: Vec<Value> = asked.iter().map(question).collect();
    let answers = match kubectl.with_token(token).and_then(|kubectl| kubectl.ask(&questions)) {
        Ok(answers) => answers,
        Err(KubectlError::Unauthorized(_)) => {
            return Checked::Skipped("the token is not one of this cluster".to_owned());
        }
        Err(error) => return hidden("the rights of the token", &error).into(),
    };
    let allowed = answers.iter().map(|answer| answer.pointer("/status/allowed") == Some(&Value::Bool(true)));
    let judge = |(index, ((right, place), allowed)): (usize, (&(Right, &str), bool))| {
        let is_needed = index < NEEDED.len();
        (is_needed != allowed)
            .then(|| if is_needed { missing(*right, place) } else { too_much(*right, place) })
    };
    let findings = asked.iter().zip(allowed).enumerate().filter_map(judge).collect();
    Checked::unless(findings, "all that it needs, and no more")
}

fn question((right, namespace): &(Right, &str)) -> Value {
    let Right { verb, group, resource, subresource } = right;
    let attributes = json!({
        "verb": verb, "group": group, "resource": resource, "subresource": subresource, "namespace": namespace,
    });
    json!({
        "apiVersion": "authorization.k8s.io/v1",
        "kind": "SelfSubjectAccessReview",
        "spec": { "resourceAttributes": attributes },
    })
}

fn missing(right: Right, namespace: &str) -> Finding {
    Code::TokenRightMissing.found(
        format!("the token may not {} in `{namespace}`", words(right)),
        match (right.verb, right.resource) {
            ("create", _) => "no request can be submitted",
            ("update" | "patch", _) => "no request can be cancelled",
            (_, "pods") => "the logs of steps are not kept",
            (_, "workflowtemplates") => "Workflows by reference can't be submitted",
            _ => "requests can't be followed",
        },
        APPLY,
    )
}

fn too_much(right: Right, namespace: &str) -> Finding {
    let place = if namespace.is_empty() { "the cluster".to_owned() } else { format!("`{namespace}`") };
    Code::TokenRightExcess.found(
        format!("the token may {} in {place}", words(right)),
        "who takes the backend over can write to the cluster around every check",
        "find the binding and take it away: kubectl get rolebindings,clusterrolebindings --all-namespaces --output wide",
    )
}

fn words(right: Right) -> String {
    let Right { verb, resource, subresource, .. } = right;
    let slash = if subresource.is_empty() { "" } else { "/" };
    format!("{verb} {resource}{slash}{subresource}")
}
