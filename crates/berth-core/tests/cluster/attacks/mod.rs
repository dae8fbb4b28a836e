//! Attacks on the admission policies: each is refused by the validation that is there for it, which says so. Where
//! RBAC would refuse first, the attacker is also a cluster admin: then only admission is left.

mod namespaces;
mod objects;
mod places;
mod references;
mod workflows;

use std::collections::BTreeSet;
use std::thread;

use berth_core::render::Kind;
use berth_testing::Cluster;
use serde_json::{Value, json};

use super::admission::guarded;
use super::site::Site;

/// Somebody tries something.
struct Attack {
    /// What it is, for people.
    what: String,
    args: Vec<String>,
    input: String,
    /// What the refusal says.
    says: String,
}

const DRY: &str = "--dry-run=server";
const CREATE: [&str; 3] = ["create", DRY, "--filename=-"];

/// The namespaces and objects that are attacked.
struct Scene<'s> {
    site: &'s Site,
    /// Of a request that is done.
    ready: String,
    /// Of a request that goes on.
    making: String,
    /// Of nobody.
    foreign: String,
}

fn everything(name: &str, network: &str) -> Value {
    json!({
        "namespaceName": name, "team": "payments", "environment": "staging", "resourceTier": "small", "networkPolicy": network,
        "features": ["istio-injection", "monitoring-enhanced", "backup-enabled", "external-ingress", "database-access", "gpu-access"],
    })
}

impl Scene<'_> {
    /// The account, which may do anything as far as RBAC is concerned.
    fn account(&self, kind: &str) -> Vec<String> {
        vec![self.site.account(kind), "--as-group=system:masters".to_owned()]
    }

    fn attack(&self, what: &str, who: &str, args: &[&str], input: &Value, says: &str) -> Attack {
        let mut args: Vec<String> = args.iter().map(|&arg| arg.to_owned()).collect();
        if who != "admin" {
            args.extend(self.account(who));
        }
        let input = if input.is_null() { String::new() } else { input.to_string() };
        Attack { what: format!("{who}: {what}"), args, input, says: says.to_owned() }
    }

    /// Applies an object, or deletes it, as somebody.
    fn apply(&self, what: &str, who: &str, object: &Value, says: &str) -> Attack {
        let args = ["apply", "--server-side", "--force-conflicts", DRY, "--filename=-"];
        self.attack(what, who, &args, object, says)
    }

    fn delete(&self, what: &str, who: &str, object: &[&str], says: &str) -> Attack {
        self.attack(what, who, &[&["delete", DRY, "--wait=false"], object].concat(), &Value::Null, says)
    }

    /// A Workflow that somebody submits, after an edit.
    fn edited(&self, what: &str, base: &Value, edit: &dyn Fn(&mut Value), says: &str) -> Attack {
        let mut workflow = base.clone();
        edit(&mut workflow);
        self.attack(what, "admin", &CREATE, &workflow, says)
    }

    fn label(&self, key: &str) -> String {
        self.site.label(key)
    }

    /// The Namespace that a request for this scene makes, with other labels.
    fn namespace(&self, name: &str, labels: &[(&str, &str)]) -> Value {
        let list = self.objects(&everything("payments-new", "isolated"), "r9");
        let mut namespace =
            list.into_iter().find(|object| object["kind"] == "Namespace").expect("a namespace");
        namespace["metadata"]["name"] = name.into();
        for (key, value) in labels {
            let key = if key.contains('/') { (*key).to_owned() } else { self.label(key) };
            let all = namespace["metadata"]["labels"].as_object_mut().expect("labels");
            if value.is_empty() {
                all.remove(&key)
            } else {
                all.insert(key, (*value).into())
            };
        }
        namespace
    }

    /// What a request makes, as its Workflow applies it.
    fn objects(&self, request: &Value, id: &str) -> Vec<Value> {
        Site::bundled(&self.site.render(Kind::Create, request, id))
    }
}

/// Prepares the scene as its own people do: the provisioner, the team, and somebody else.
fn scene(site: &mut Site) -> (String, String, String) {
    let [ready, making, foreign] = ["ready", "making", "foreign"].map(|name| site.namespace(name));
    let request = |name: &str| everything(name, "isolated");
    let workflow = site.render(Kind::Create, &request(&ready), &ready);
    site.run(&workflow, "berth").unwrap_or_else(|complaint| panic!("{complaint}"));
    let workflow = site.render(Kind::Create, &request(&making), &making);
    for call in site.calls(&workflow, "berth").iter().filter(|call| call.name == "namespace") {
        site.call(call, &site.account("create")).unwrap_or_else(|complaint| panic!("{complaint}"));
    }
    let mut standing = workflow;
    standing["metadata"]["name"] = "standing".into();
    let mut of_the_team = json!({
        "apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy",
        "metadata": { "name": "of-the-team", "namespace": ready }, "spec": { "podSelector": {} },
    });
    let own = json!({ "apiVersion": "v1", "kind": "Namespace", "metadata": { "name": foreign } });
    let backup = json!({
        "apiVersion": "velero.io/v1", "kind": "Schedule",
        "metadata": { "name": "foreign", "namespace": format!("velero-{}", site.id) },
        "spec": { "schedule": "0 2 * * *", "template": {} },
    });
    of_the_team["metadata"]["labels"] = json!({ "app": "checkout" });
    site.install(vec![own, of_the_team, backup, standing]);
    (ready, making, foreign)
}

#[test]
fn every_attack_is_refused_by_what_is_there_for_it() {
    let Some(cluster) = Cluster::find() else { return };
    let mut site = guarded(cluster, "attacks");
    let (ready, making, foreign) = scene(&mut site);
    let scene = Scene { site: &site, ready, making, foreign };
    let attacks: Vec<Attack> = [
        scene.on_namespaces(),
        scene.on_other_places(),
        scene.on_objects(&scene.making),
        scene.on_rights(),
        scene.on_workflows(),
        scene.on_references(),
    ]
    .into_iter()
    .flatten()
    .collect();
    let answers: Vec<(&Attack, Result<String, String>)> = thread::scope(|scope| {
        let workers: Vec<_> = attacks
            .chunks(attacks.len().div_ceil(4))
            .map(|some| {
                let site = &site;
                scope.spawn(move || {
                    let attack = |attack: &Attack| {
                        let args: Vec<&str> = attack.args.iter().map(String::as_str).collect();
                        site.cluster.kubectl(&args, &attack.input)
                    };
                    some.iter().map(attack).collect::<Vec<_>>()
                })
            })
            .collect();
        let answers = workers.into_iter().flat_map(|worker| worker.join().expect("a worker"));
        attacks.iter().zip(answers).collect()
    });
    let mut missed = Vec::new();
    for (attack, answer) in &answers {
        match answer {
            Err(complaint) if complaint.contains(&attack.says) => {}
            other => missed.push(format!("{}: {other:?} instead of {}", attack.what, attack.says)),
        }
    }
    assert!(missed.is_empty(), "{} of {} attacks:\n{}", missed.len(), attacks.len(), missed.join("\n"));

    // What no attack is refused by is needless, or an attack is missing.
    let said: String = answers.iter().filter_map(|(_, answer)| answer.as_ref().err()).cloned().collect();
    let needless: BTreeSet<String> = site
        .berth
        .export_admission()
        .expect("the default documents can be exported")
        .iter()
        .filter(|object| {
            !object["metadata"]["name"].as_str().is_some_and(|name| name.starts_with("berth-request-"))
        })
        .flat_map(|policy| policy["spec"]["validations"].as_array().cloned().unwrap_or_default())
        .map(|validation| validation["message"].as_str().expect("a message").to_owned())
        .filter(|message| !said.contains(message.as_str()))
        .collect();
    assert_eq!(needless, BTreeSet::new());
}
