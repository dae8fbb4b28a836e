//! The kinds that Argo and the blueprints need: is the cluster able to store them?

use std::collections::BTreeMap;

use berth_core::{Berth, Context, PlanOptions};
use serde_json::Value;

use super::cluster::hidden;
use super::finding::{Code, Finding};
use super::report::{Checked, Report};
use crate::kubectl::Kubectl;

/// Argo's own, without which nothing runs.
const ARGO: [&str; 3] = ["Workflow", "WorkflowTemplate", "WorkflowTaskResult"];
const ARGO_VERSION: &str = "argoproj.io/v1alpha1";

/// A kind that some requests make: its step, and when.
#[derive(Debug)]
struct Wanted {
    step: String,
    reason: String,
}

/// Looks for the kinds in what the API server says that it serves.
pub(super) fn examine(report: &mut Report, berth: &Berth, kubectl: &Kubectl) {
    let missing = match served(kubectl, ARGO_VERSION) {
        Ok(kinds) => {
            let missing = ARGO.iter().filter(|kind| !kinds.iter().any(|served| served == *kind));
            Checked::unless(missing.map(|kind| of_argo(kind)).collect(), ARGO.join(", "))
        }
        Err(finding) => finding.into(),
    };
    report.add("argo's kinds", missing);
    report.add("blueprints' kinds", of_blueprints(berth, kubectl));
}

fn of_argo(kind: &str) -> Finding {
    Code::CrdMissing.found(
        format!("the cluster doesn't know the kind `{kind}` of {ARGO_VERSION}"),
        "Argo can't run any Workflow",
        "kubectl apply --server-side --kustomize \
         'https://github.com/argoproj/argo-workflows//manifests/base/crds/full?ref=v4.1.2'",
    )
}

fn of_blueprints(berth: &Berth, kubectl: &Kubectl) -> Checked {
    let wanted = wanted(berth);
    let mut findings = Vec::new();
    for (version, kinds) in &wanted {
        let served = match served(kubectl, version) {
            Ok(served) => served,
            Err(finding) => return finding.into(),
        };
        for (kind, Wanted { step, reason }) in kinds.iter().filter(|(kind, _)| !served.contains(kind)) {
            findings.push(Code::FeatureKindMissing.found(
                format!("the cluster doesn't know the kind `{kind}` of {version}"),
                format!("requests with the step `{step}` ({reason}) fail and are rolled back"),
                format!(
                    "install the operator that `{kind}` belongs to, or take the option out of the blueprint"
                ),
            ));
        }
    }
    let seen: Vec<&str> = wanted.keys().map(String::as_str).collect();
    Checked::unless(findings, seen.join(", "))
}

/// By version, then by kind: what all valid requests together can make.
fn wanted(berth: &Berth) -> BTreeMap<String, BTreeMap<String, Wanted>> {
    let mut wanted: BTreeMap<String, BTreeMap<String, Wanted>> = BTreeMap::new();
    for request in &berth.examples() {
        let Ok(plan) = berth.plan(request, &Context::UNKNOWN, &PlanOptions::default()) else { continue };
        for step in plan.steps {
            for object in step.objects {
                let reason = || Wanted { step: step.id.clone(), reason: step.reason.clone() };
                wanted.entry(object.api_version).or_default().entry(object.kind).or_insert_with(reason);
            }
        }
    }
    wanted
}

/// The kinds that the API server serves in a version.
fn served(kubectl: &Kubectl, version: &str) -> Result<Vec<String>, Finding> {
    let path = if version.contains('/') { format!("/apis/{version}") } else { format!("/api/{version}") };
    let list = kubectl.get(&path).map_err(|error| hidden(&format!("the kinds of {version}"), &error))?;
    let list = list.unwrap_or_default();
    let resources = list.get("resources").and_then(Value::as_array);
    let kinds = resources.into_iter().flatten().filter_map(|resource| resource.get("kind")?.as_str());
    Ok(kinds.map(str::to_owned).collect())
}
