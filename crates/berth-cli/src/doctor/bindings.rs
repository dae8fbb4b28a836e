//! The teams' `RoleBindings`: do they name a role of the kind that the documents give them? `roleRef` is the one field
//! that can't be changed: what another version wrote must be deleted before a change can make it anew.

use std::collections::BTreeSet;

use berth_core::plan::RequestId;
use berth_core::render::{Kind, RenderOptions, Rendering, Target};
use berth_core::{Berth, Context, Moment};

use super::cluster::{hidden, items, text};
use super::finding::{Code, Finding};
use super::report::Checked;
use crate::kubectl::Kubectl;

/// How many of them the command names.
const NAMED: usize = 20;

/// Looks at every binding that Berth made.
pub(super) fn examine(berth: &Berth, kubectl: &Kubectl) -> Checked {
    let prefix = berth.label_prefix();
    let path = format!("/apis/rbac.authorization.k8s.io/v1/rolebindings?labelSelector={prefix}/managed=true");
    let bindings = match items(kubectl, &path) {
        Ok(bindings) => bindings,
        Err(error) => return hidden("the RoleBindings of the teams", &error).into(),
    };
    let wanted = kinds(berth);
    let outdated: Vec<(&str, &str)> = bindings
        .iter()
        .filter(|binding| !wanted.is_empty() && !wanted.contains(text(binding, "/roleRef/kind")))
        .map(|binding| (text(binding, "/metadata/namespace"), text(binding, "/metadata/name")))
        .collect();
    let findings = if outdated.is_empty() { Vec::new() } else { vec![finding(&outdated)] };
    Checked::unless(findings, format!("{} name roles of the kind that the documents name", bindings.len()))
}

/// The kinds of the roles that the blueprints bind.
fn kinds(berth: &Berth) -> BTreeSet<String> {
    let (Ok(request_id), Ok(now)) =
        (RequestId::parse(RequestId::UNKNOWN), Moment::parse("2000-01-01T00:00:00Z"))
    else {
        return BTreeSet::new();
    };
    let options =
        RenderOptions { target: Target::Manifests, kind: Kind::Create, request_id, now, attempt: 1 };
    let mut kinds = BTreeSet::new();
    for request in &berth.examples() {
        let Ok(Rendering::Manifests(list)) = berth.render(request, &Context::UNKNOWN, &options) else {
            continue;
        };
        let bindings = list.items.iter().filter(|object| text(object, "/kind") == "RoleBinding");
        kinds.extend(bindings.map(|binding| text(binding, "/roleRef/kind").to_owned()));
    }
    kinds
}

fn finding(outdated: &[(&str, &str)]) -> Finding {
    let shown = |write: &dyn Fn(&(&str, &str)) -> String, between: &str| {
        outdated.iter().take(NAMED).map(write).collect::<Vec<_>>().join(between)
    };
    let places = shown(&|(namespace, name)| format!("`{name}` in `{namespace}`"), ", ");
    let more = match outdated.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let delete = |(namespace, name): &(&str, &str)| {
        format!("kubectl delete rolebinding {name} --namespace {namespace}")
    };
    Code::BindingOutdated.found(
        format!("RoleBindings name a role of another kind than these documents do: {places}{more}"),
        "`roleRef` can't be changed: a change of such a namespace fails, and nothing of it is lost",
        format!(
            "{}; change or repair the namespace right after it, since its team has no rights until then",
            shown(&delete, "; ")
        ),
    )
}
