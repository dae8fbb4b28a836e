//! RBAC: static roles with what the three `ServiceAccounts` must be able to do, and nothing more.
//!
//! INVARIANT: each rule is needed by a call of kubectl that `render` makes; `tests/cluster` takes every one away and
//! sees such a call refused. Rights in namespaces of requests can't be limited to some namespaces here, since those
//! have any name: that is what the admission policies are for.

mod needs;

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::error::{self, ExportError, ExportProblem};
use super::resource::Resource;
use crate::berth::Berth;
use crate::policy::Blueprint;
use needs::{Needs, Use};

/// The API of RBAC.
const API: &str = "rbac.authorization.k8s.io/v1";
const GROUP: &str = "rbac.authorization.k8s.io";
/// What Argo's executor needs: to report what a pod did.
const EXECUTOR: &str = "berth-executor";
/// What `render` names by reference where a request wants nothing.
const NOTHING_THERE: &str = "podtemplates";

/// What a kind of Workflow does with objects; the names of verbs are those of RBAC.
struct Kind<'a> {
    account: &'a str,
    /// With namespaces.
    namespaces: &'static [&'static str],
    /// With objects in them.
    inside: fn(Use) -> Vec<&'static str>,
    /// With objects elsewhere.
    outside: fn(Use) -> Vec<&'static str>,
    /// Does it hand out roles?
    binds: bool,
    /// Does it look for what isn't there, in place of what a request doesn't want (by reference)?
    looks: bool,
}

impl Berth {
    /// The `ClusterRoles`, Roles and bindings that a cluster needs, in the order in which they are applied.
    ///
    /// # Errors
    /// Kinds whose resource nobody names, and rights that can't be handed out without holding them.
    pub fn export_rbac(&self) -> Result<Vec<Value>, ExportError> {
        let mut needs = Needs::of(&self.platform, &self.blueprints);
        let mut problems = std::mem::take(&mut needs.problems);
        problems.extend(self.one_account_for_two_kinds());
        let mut objects = self.team_roles(&mut problems);
        for kind in self.kinds() {
            objects.extend(self.cluster_wide(&kind, &needs));
            for (namespace, uses) in &needs.outside {
                if let Some(namespace) = namespace {
                    let rules = rules(kind.elsewhere(uses));
                    objects.extend(self.granted(kind.account, Some(namespace), &[kind.account], &rules));
                }
            }
        }
        let results = json!([{ "apiGroups": ["argoproj.io"], "resources": ["workflowtaskresults"], "verbs": ["create", "patch"] }]);
        let workflow = &self.platform.document.spec.workflow;
        let accounts = self.kinds().map(|kind| kind.account);
        objects.extend(self.granted(EXECUTOR, Some(&workflow.namespace), &accounts, &results));
        error::unless(problems, objects)
    }

    fn kinds(&self) -> [Kind<'_>; 3] {
        let accounts = &self.platform.document.spec.workflow.service_accounts;
        [
            Kind {
                account: &accounts.create,
                namespaces: &["create", "delete", "get", "list", "patch", "watch"],
                inside: |uses| uses.verbs(&["create", "get", "patch"], &[]),
                outside: |uses| uses.verbs(&["create", "delete", "get", "list", "patch"], &[]),
                binds: true,
                looks: true,
            },
            Kind {
                account: &accounts.change,
                namespaces: &["get", "list", "patch", "watch"],
                inside: |uses| uses.verbs(&["create", "get", "list", "patch"], &["delete"]),
                outside: |uses| uses.verbs(&["create", "get", "list", "patch"], &["delete"]),
                binds: true,
                looks: false,
            },
            Kind {
                account: &accounts.delete,
                namespaces: &["delete", "get", "list", "watch"],
                inside: |_| Vec::new(),
                outside: |_| vec!["delete", "list"],
                binds: false,
                looks: true,
            },
        ]
    }

    /// The role and its binding for all namespaces.
    fn cluster_wide(&self, kind: &Kind<'_>, needs: &Needs) -> Vec<Value> {
        let namespaces = Resource { group: String::new(), name: "namespaces".to_owned() };
        let inside = needs.inside.iter().map(|(resource, uses)| (resource.clone(), (kind.inside)(*uses)));
        let anywhere = needs.outside.get(&None).map(|uses| kind.elsewhere(uses)).into_iter().flatten();
        let first = std::iter::once((namespaces, kind.namespaces.to_vec()));
        let mut rules = rules(first.chain(inside).chain(anywhere));
        if let Some(rules) = rules.as_array_mut().filter(|_| kind.binds && !needs.bound.is_empty()) {
            rules.push(json!({
                "apiGroups": [GROUP], "resources": ["clusterroles"], "resourceNames": needs.bound, "verbs": ["bind"]
            }));
        }
        self.granted(kind.account, None, &[kind.account], &rules)
    }

    /// A role with these rules, and the binding that gives it to these accounts.
    fn granted(&self, name: &str, namespace: Option<&str>, accounts: &[&str], rules: &Value) -> Vec<Value> {
        if rules.as_array().is_none_or(Vec::is_empty) {
            return Vec::new();
        }
        let home = &self.platform.document.spec.workflow.namespace;
        let subject = |name: &&str| json!({ "kind": "ServiceAccount", "name": name, "namespace": home });
        let subjects: Vec<Value> = accounts.iter().map(subject).collect();
        let (role, binding) =
            if namespace.is_some() { ("Role", "RoleBinding") } else { ("ClusterRole", "ClusterRoleBinding") };
        let reference = json!({ "apiGroup": GROUP, "kind": role, "name": name });
        vec![
            self.exported((API, role), name, namespace, json!({ "rules": rules })),
            self.exported(
                (API, binding),
                name,
                namespace,
                json!({ "roleRef": reference, "subjects": subjects }),
            ),
        ]
    }

    /// The `ClusterRoles` that blueprints hand out.
    fn team_roles(&self, problems: &mut Vec<ExportProblem>) -> Vec<Value> {
        let documents: Vec<_> = self.blueprints.iter().filter_map(Blueprint::document).collect();
        let mut roles: BTreeMap<&str, &Value> = BTreeMap::new();
        for document in &documents {
            for (name, rules) in &document.spec.cluster_roles {
                if roles.insert(name, rules).is_some_and(|other| other != rules) {
                    problems.push(ExportProblem::new(
                        format!("two blueprints write the ClusterRole `{name}`, with different rules"),
                        "call one of them something else",
                    ));
                }
            }
        }
        let role = |(name, rules): (&str, &Value)| {
            self.exported((API, "ClusterRole"), name, None, json!({ "rules": rules }))
        };
        roles.into_iter().map(role).collect()
    }

    /// Admission tells the kinds apart by their accounts.
    fn one_account_for_two_kinds(&self) -> Option<ExportProblem> {
        let [create, change, delete] = self.kinds().map(|kind| kind.account);
        let twice = [(create, change), (change, delete), (create, delete)].iter().any(|(a, b)| a == b);
        twice.then(|| {
            ExportProblem::new(
                "two kinds of Workflows run as one ServiceAccount",
                "give each of `workflow.serviceAccounts` a name of its own",
            )
        })
    }
}

impl Kind<'_> {
    /// What it does with objects outside of requests' namespaces, in one place.
    fn elsewhere(&self, uses: &BTreeMap<Resource, Use>) -> Vec<(Resource, Vec<&'static str>)> {
        let own = uses.iter().map(|(resource, uses)| (resource.clone(), (self.outside)(*uses)));
        let nothing = Resource { group: String::new(), name: NOTHING_THERE.to_owned() };
        own.chain(self.looks.then(|| (nothing, vec!["list"]))).collect()
    }
}

impl Use {
    /// These verbs, those of what may be taken away, and what waiting for an object needs.
    fn verbs(self, always: &[&'static str], taking_away: &[&'static str]) -> Vec<&'static str> {
        let mut verbs = always.to_vec();
        verbs.extend(taking_away.iter().filter(|_| self.prunable));
        verbs.extend(["list", "watch"].iter().filter(|verb| self.verified && !always.contains(verb)));
        verbs.sort_unstable();
        verbs
    }
}

/// Rules with these verbs; resources of one group with the same verbs share one.
fn rules(wanted: impl IntoIterator<Item = (Resource, Vec<&'static str>)>) -> Value {
    let mut grouped: Vec<(String, Vec<&'static str>, Vec<String>)> = Vec::new();
    for (resource, verbs) in wanted.into_iter().filter(|(_, verbs)| !verbs.is_empty()) {
        match grouped.iter_mut().find(|(group, same, _)| *group == resource.group && *same == verbs) {
            Some((_, _, resources)) => resources.push(resource.name),
            None => grouped.push((resource.group, verbs, vec![resource.name])),
        }
    }
    let rule =
        |(group, verbs, resources)| json!({ "apiGroups": [group], "resources": resources, "verbs": verbs });
    grouped.into_iter().map(rule).collect()
}
