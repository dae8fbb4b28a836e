//! The exported RBAC is enough for every Workflow, and every right in it is needed: whoever misses one is refused.

use std::collections::BTreeMap;
use std::thread;

use berth_core::Moment;
use berth_core::plan::RequestId;
use berth_core::render::{Kind, Origin};
use berth_testing::Cluster;
use serde_json::{Value, json};

use super::site::{Call, Site};

/// Who made a namespace.
struct Made(RequestId, Moment);

impl Made {
    fn by(id: &str) -> Self {
        Self(RequestId::parse(id).expect("an id"), Moment::parse("2026-11-23T15:00:00Z").expect("a moment"))
    }

    fn origin(&self) -> Origin<'_> {
        Origin { request_id: &self.0, created_at: &self.1, requester: None }
    }
}

fn everything(name: &str) -> Value {
    json!({
        "namespaceName": name, "team": "payments", "environment": "production", "resourceTier": "medium",
        "networkPolicy": "team-shared",
        "features": ["istio-injection", "monitoring-enhanced", "backup-enabled", "external-ingress", "database-access", "gpu-access"],
    })
}

fn little(name: &str) -> Value {
    json!({ "namespaceName": name, "team": "payments", "environment": "production", "networkPolicy": "isolated" })
}

/// One right: of whom, where, and what.
#[derive(Debug)]
struct Right {
    account: String,
    resource: String,
    verb: String,
}

/// Each right of each role, and the roles of its account without it.
fn without_each(roles: &[Value], site: &Site) -> Vec<(Right, Vec<Value>)> {
    let accounts = ["create", "change", "delete"];
    let mut found = Vec::new();
    for kind in accounts {
        let name = format!("berth-{kind}-{}", site.id);
        let own: Vec<&Value> = roles
            .iter()
            .filter(|role| role["kind"].as_str().is_some_and(|kind| kind.ends_with("Role")))
            .filter(|role| role["metadata"]["name"] == *name || role["metadata"]["name"] == "berth-executor")
            .collect();
        for (at, role) in own.iter().enumerate() {
            for (index, rule) in role["rules"].as_array().into_iter().flatten().enumerate() {
                for resource in rule["resources"].as_array().into_iter().flatten() {
                    for verb in rule["verbs"].as_array().into_iter().flatten() {
                        let mut mutants: Vec<Value> = own.iter().map(|role| (*role).clone()).collect();
                        let rules = mutants[at]["rules"].as_array_mut().expect("rules");
                        let others = |list: &Value, gone: &Value| -> Value {
                            list.as_array()
                                .into_iter()
                                .flatten()
                                .filter(|one| *one != gone)
                                .cloned()
                                .collect()
                        };
                        let (mut same, mut fewer) = (rules[index].clone(), rules[index].clone());
                        same["resources"] = others(&rule["resources"], resource);
                        fewer["resources"] = json!([resource]);
                        fewer["verbs"] = others(&rule["verbs"], verb);
                        rules[index] = same;
                        rules.push(fewer);
                        rules.retain(|rule| rule["resources"] != json!([]) && rule["verbs"] != json!([]));
                        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
                        let right =
                            Right { account: kind.to_owned(), resource: text(resource), verb: text(verb) };
                        found.push((right, mutants));
                    }
                }
            }
        }
    }
    found
}

/// The kind in a call's text, of a resource.
fn kind_of(resource: &str) -> String {
    if let Some(stem) = resource.strip_suffix("ies") {
        return format!("{stem}y");
    }
    let stem =
        if resource.ends_with("sses") { resource.strip_suffix("es") } else { resource.strip_suffix('s') };
    stem.unwrap_or(resource).to_owned()
}

impl Right {
    /// May the call need it?
    fn may_matter(&self, call: &Call) -> bool {
        // Only a binding needs the right to bind.
        let resource = if self.verb == "bind" { "rolebindings" } else { &self.resource };
        let kind = kind_of(resource);
        let calls: &[&str] = match self.verb.as_str() {
            "create" | "bind" => &["apply"],
            "patch" => &["apply", "label"],
            "get" => &["get", "wait"],
            "delete" => &["delete"],
            _ => &["wait", "label", "delete", "get"],
        };
        if !call.args.first().is_some_and(|first| calls.contains(&first.as_str())) {
            return false;
        }
        let kinds = |arg: &str| arg.split(',').any(|one| one.split(['/', '.']).next() == Some(&kind));
        let named = call.args.iter().any(|arg| kinds(arg));
        named || call.files.to_lowercase().contains(&format!("\"kind\":\"{kind}\""))
    }
}

/// The roles and bindings of somebody who misses a right.
fn mutant(number: usize, roles: &[Value], site: &Site) -> Vec<Value> {
    let name = format!("berth-mutant-{}-{number}", site.id);
    let mut objects = Vec::new();
    for (index, role) in roles.iter().enumerate() {
        let namespace = &role["metadata"]["namespace"];
        let kind = role["kind"].as_str().expect("a kind");
        let metadata = json!({ "name": format!("{name}-{index}"), "namespace": namespace });
        objects.push(json!({
            "apiVersion": "rbac.authorization.k8s.io/v1", "kind": kind, "metadata": metadata, "rules": role["rules"],
        }));
        objects.push(json!({
            "apiVersion": "rbac.authorization.k8s.io/v1", "kind": format!("{kind}Binding"), "metadata": metadata,
            "roleRef": { "apiGroup": "rbac.authorization.k8s.io", "kind": kind, "name": metadata["name"] },
            "subjects": [{ "apiGroup": "rbac.authorization.k8s.io", "kind": "User", "name": name }],
        }));
    }
    for object in &mut objects {
        if let Some(metadata) = object["metadata"].as_object_mut()
            && metadata["namespace"].is_null()
        {
            metadata.remove("namespace");
        }
    }
    objects
}

/// Every call of the kind of Workflow, in a state in which it must act, and without effect.
fn dry_calls(site: &Site) -> BTreeMap<&'static str, Vec<Call>> {
    let [standing, empty, absent, ready] =
        ["standing", "empty", "absent", "ready"].map(|name| site.namespace(name));
    let create = |name: &str| site.render(Kind::Create, &everything(name), name);
    let admin = "--request-timeout=60s";
    let made_by_admin = |name: &str, wanted: &dyn Fn(&Call) -> bool| {
        for call in site.calls(&create(name), "berth").iter().filter(|call| wanted(call)) {
            site.call(call, admin).unwrap_or_else(|complaint| panic!("{complaint}"));
        }
    };
    made_by_admin(&standing, &|call| call.args.first().is_some_and(|arg| arg == "apply"));
    made_by_admin(&empty, &|call| call.name == "namespace");
    made_by_admin(&ready, &|_| true);
    let dry = |calls: Vec<Call>| calls.into_iter().flat_map(without_effect).collect::<Vec<_>>();
    let nothing = |kind: &str| {
        let velero = format!("--namespace=velero-{}", site.id);
        let args =
            ["delete", "podtemplate", "--selector=nobody=has", &velero, "--ignore-not-found", "--wait=false"];
        Call { name: format!("nothing-{kind}"), args: args.map(str::to_owned).to_vec(), files: String::new() }
    };
    let results = |name: &str| site.calls(&task_result(site, name), "berth");
    let made = [&ready, &empty].map(|name| Made::by(name));
    let from = [&ready, &empty].map(|name| everything(name));
    let change = |index: usize, name: &str, to: &Value| {
        let kind = Kind::Change { from: &from[index], origin: made[index].origin() };
        site.render(kind, to, &format!("change-{name}"))
    };
    let delete = site.render(Kind::Delete { origin: made[0].origin() }, &everything(&ready), "delete-ready");
    let mut calls = BTreeMap::new();
    let workflows = [create(&standing), create(&empty), create(&absent)];
    let all = workflows
        .iter()
        .flat_map(|workflow| [site.calls(workflow, "berth"), site.calls(workflow, "undo")].concat());
    let applied = results("created");
    calls.insert("create", dry([all.collect(), vec![nothing("create")], applied].concat()));
    let changes = [
        change(0, &ready, &everything(&ready)),
        change(1, &empty, &everything(&empty)),
        change(0, "pruned", &little(&ready)),
    ];
    let all = changes.iter().flat_map(|workflow| whole(site, workflow));
    calls.insert("change", dry([all.collect(), results("changed")].concat()));
    calls.insert("delete", dry([whole(site, &delete), vec![nothing("delete")], results("deleted")].concat()));
    calls
}

/// The call without effect; and where it waits for something that is so already, for something that never comes.
fn without_effect(mut call: Call) -> Vec<Call> {
    if call.args.first().is_some_and(|arg| ["apply", "label", "delete"].contains(&arg.as_str())) {
        call.args.push("--dry-run=server".to_owned());
    }
    for arg in &mut call.args {
        if arg.starts_with("--timeout=") {
            "--timeout=1s".clone_into(arg);
        }
    }
    let mut never = call.clone();
    for arg in &mut never.args {
        if arg.starts_with("--for=jsonpath=") {
            arg.push_str("-never");
        }
    }
    let waits = never.args != call.args;
    if waits { vec![call, never] } else { vec![call] }
}

/// What a change or a deletion does, and what it looks at when it fails.
fn whole(site: &Site, workflow: &Value) -> Vec<Call> {
    [site.calls(workflow, "berth"), site.calls(workflow, "standing")].concat()
}

/// A call that reports as Argo's executor does, once for a result that is there and once for one that isn't.
fn task_result(site: &Site, name: &str) -> Value {
    let object = |name: &str| {
        json!({
            "apiVersion": "argoproj.io/v1alpha1", "kind": "WorkflowTaskResult",
            "metadata": { "name": name, "namespace": site.workflows() }, "phase": "Succeeded",
        })
    };
    let there = object("there");
    let apply = ["apply", "--server-side", "--force-conflicts", "--filename=-"];
    site.cluster.kubectl(&apply, &there.to_string()).unwrap_or_else(|complaint| panic!("{complaint}"));
    let artifact = |name: &str| json!({ "path": format!("/berth/{name}.json"), "raw": { "data": object(name).to_string() } });
    let container = |name: &str| json!({ "name": name, "args": ["apply", "--server-side", format!("--filename=/berth/{name}.json")] });
    json!({
        "metadata": { "name": name },
        "spec": { "templates": [{
            "name": "berth",
            "inputs": { "artifacts": [artifact("there"), artifact("new")] },
            "containerSet": { "containers": [container("there"), container("new")] },
        }] },
    })
}

#[test]
fn every_right_of_the_accounts_is_needed() {
    let Some(cluster) = Cluster::find() else { return };
    let mut site = Site::new(cluster, "rights", |_| ());
    let roles = site.berth.export_rbac().expect("the default documents can be exported");
    site.install(roles.clone());
    let calls = dry_calls(&site);
    thread::scope(|scope| {
        for (kind, calls) in &calls {
            for call in calls {
                let site = &site;
                scope.spawn(move || {
                    let refused = site.call(call, &site.account(kind)).err();
                    let refused = refused.filter(|complaint| complaint.contains("forbidden"));
                    assert_eq!(refused, None, "{kind} may do all that it does: {:?}", call.args);
                });
            }
        }
    });
    let rights = without_each(&roles, &site);
    assert!(rights.len() > 90, "{} rights", rights.len());
    let mutants = rights.iter().enumerate().flat_map(|(number, (_, roles))| mutant(number, roles, &site));
    let mutants = mutants.collect();
    site.install(mutants);
    let numbered: Vec<(usize, &Right)> = rights.iter().map(|(right, _)| right).enumerate().collect();
    let needless: Vec<String> = thread::scope(|scope| {
        let (site, calls) = (&site, &calls);
        let share = numbered.len().div_ceil(8);
        let workers: Vec<_> = numbered
            .chunks(share)
            .map(|some| {
                scope.spawn(move || {
                    let missed = |(number, right): &&(usize, &Right)| {
                        let who = format!("--as=berth-mutant-{}-{number}", site.id);
                        let mut matters =
                            calls[right.account.as_str()].iter().filter(|call| right.may_matter(call));
                        !matters.any(|call| {
                            site.call(call, &who).is_err_and(|complaint| {
                                complaint.contains("forbidden") || complaint.contains("attempting to grant")
                            })
                        })
                    };
                    some.iter().filter(missed).map(|(_, right)| format!("{right:?}")).collect::<Vec<_>>()
                })
            })
            .collect();
        workers.into_iter().flat_map(|worker| worker.join().expect("a worker")).collect()
    });
    assert_eq!(needless, Vec::<String>::new(), "rights that nobody misses");
}
