//! The life of a namespace on a real API server: changed, frozen, taken back, taken over and given back by the embedded
//! engine, as the accounts that `deploy/` has for each kind, with the exported roles and admission policies in force.

use berth_core::Moment;
use berth_core::plan::RequestId;
use berth_core::render::{Kind, Origin, Target};
use berth_testing::Cluster;
use serde_json::{Value, json};

use super::admission::guarded;
use super::engine::{Ended, Engine};
use super::quota::pod;
use super::site::Site;

/// A namespace of the team `payments` on a site, and what happens to it.
struct Life<'s> {
    site: &'s Site,
    engine: Engine<'s>,
    name: String,
    /// The request that made it, or took it over.
    id: RequestId,
    at: Moment,
}

impl<'s> Life<'s> {
    fn of(site: &'s Site, name: &str) -> Self {
        let name = site.namespace(name);
        let id = RequestId::parse(&name).expect("an id");
        let at = Moment::parse("2026-11-23T15:00:00Z").expect("a moment");
        Self { site, engine: Engine::of(site), name, id, at }
    }

    fn request(&self, tier: &str, features: &[&str]) -> Value {
        json!({
            "namespaceName": self.name, "team": "payments", "environment": "staging", "resourceTier": tier,
            "features": features,
        })
    }

    /// Carries out a request of this id; all but the first are about what stands.
    fn run(&mut self, kind: Kind<'_>, request: &Value, id: &str) -> Ended {
        self.engine.run(&self.site.render(kind, request, &format!("{}-{id}", self.name)))
    }

    fn create(&mut self, request: &Value) {
        let made = self.engine.run(&self.site.render(Kind::Create, request, self.id.as_str()));
        assert_eq!(made.phase, "Succeeded", "{:#?}", made.logs);
    }

    fn change(&mut self, from: &Value, to: &Value, id: &str) -> Ended {
        let (made, at) = (self.id.clone(), self.at.clone());
        let origin = Origin { request_id: &made, created_at: &at, requester: None };
        self.run(Kind::Change { from, origin }, to, id)
    }

    fn freeze(&mut self, request: &Value) -> Ended {
        let (made, at) = (self.id.clone(), self.at.clone());
        let origin = Origin { request_id: &made, created_at: &at, requester: None };
        self.run(Kind::Freeze { origin }, request, "freeze")
    }

    /// The Workflow that gives it back.
    fn end(&self, request: &Value, id: &str) -> Value {
        let origin = Origin { request_id: &self.id, created_at: &self.at, requester: None };
        self.site.render(Kind::Delete { origin }, request, &format!("{}-{id}", self.name))
    }

    /// Somebody else than Berth does something in the namespace.
    fn kubectl(&self, arguments: &[&str], input: &Value) -> Result<String, String> {
        let place = format!("--namespace={}", self.name);
        let input = if input.is_null() { String::new() } else { input.to_string() };
        self.site.cluster.kubectl(&[arguments, &[&place]].concat(), &input)
    }

    fn must(&self, arguments: &[&str], input: &Value) -> String {
        self.kubectl(arguments, input).unwrap_or_else(|complaint| panic!("{arguments:?}: {complaint}"))
    }

    /// What a field of an object says; nothing when the object is not there.
    fn field(&self, object: &str, jsonpath: &str) -> String {
        self.must(
            &["get", object, "--ignore-not-found", &format!("--output=jsonpath={jsonpath}")],
            &Value::Null,
        )
    }

    fn uid(&self) -> String {
        self.field(&format!("namespace/{}", self.name), "{.metadata.uid}")
    }

    /// The objects of a kind, in order of name.
    fn names(&self, kind: &str) -> Vec<String> {
        let listed = self.must(&["get", kind, "--output=name"], &Value::Null);
        listed.lines().filter_map(|line| line.split_once('/')).map(|(_, name)| name.to_owned()).collect()
    }

    /// Its backup, which lies in another namespace.
    fn backup(&self) -> String {
        self.of_backup("name")
    }

    /// Whose label it carries as long as it is not ready.
    fn provisioning_of_backup(&self) -> String {
        let label = self.site.label("provisioning").replace('.', "\\.");
        self.of_backup(&format!("jsonpath={{.metadata.labels.{label}}}"))
    }

    fn of_backup(&self, what: &str) -> String {
        let place = format!("--namespace=velero-{}", self.site.id);
        let object = format!("schedule.velero.io/berth-{}", self.name);
        let get = ["get", &object, &place, "--ignore-not-found", &format!("--output={what}")];
        self.site.cluster.kubectl(&get, "").unwrap_or_else(|complaint| panic!("{complaint}"))
    }

    /// Something of the team's own in the namespace.
    fn put(&self, kind: &str, name: &str, fields: &Value) {
        let mut object = json!({ "metadata": { "name": name } });
        for (key, value) in fields.as_object().into_iter().flatten() {
            object[key] = value.clone();
        }
        object["kind"] = kind.into();
        object["metadata"]["name"] = name.into();
        self.must(&["apply", "--server-side", "--field-manager=payments", "--filename=-"], &object);
    }
}

fn config_map(metadata: &Value) -> Value {
    json!({ "apiVersion": "v1", "metadata": metadata, "data": { "currency": "EUR" } })
}

#[test]
fn a_namespace_is_changed_frozen_taken_back_and_given_back() {
    let Some(cluster) = Cluster::find() else { return };
    let site = guarded(cluster, "life");
    let mut checkout = Life::of(&site, "checkout");
    let much = checkout
        .request("medium", &["backup-enabled", "database-access", "gpu-access", "monitoring-enhanced"]);
    checkout.create(&much);
    let uid = checkout.uid();
    assert!(!checkout.backup().is_empty());
    checkout.put("ConfigMap", "settings", &config_map(&json!({})));
    let own = json!({ "apiVersion": "networking.k8s.io/v1", "spec": { "podSelector": {} } });
    checkout.put("NetworkPolicy", "of-the-team", &own);

    // A change takes away exactly what Berth made and no longer wants.
    let little = checkout.request("small", &["monitoring-enhanced"]);
    let changed = checkout.change(&much, &little, "change");
    assert_eq!(changed.phase, "Succeeded", "{:#?}", changed.logs);
    assert_eq!(checkout.uid(), uid, "it is the same namespace");
    let policies =
        ["allow-dns", "allow-prometheus", "allow-same-namespace", "default-deny-all", "of-the-team"];
    assert_eq!(checkout.names("networkpolicies"), policies);
    assert_eq!(checkout.names("resourcequotas"), ["compute-quota"]);
    assert_eq!(checkout.names("servicemonitors"), [checkout.name.clone()]);
    assert_eq!(checkout.field("resourcequota/compute-quota", "{.spec.hard.pods}"), "10");
    assert_eq!(
        (checkout.backup().as_str(), checkout.field("configmap/settings", "{.data.currency}").as_str()),
        ("", "EUR")
    );
    let pruned = format!("schedule.velero.io \"berth-{}\" deleted", checkout.name);
    assert!(changed.log("berth/prune").contains(&pruned), "{:#?}", changed.logs);

    // Frozen, what runs goes on, and nothing new starts.
    checkout.must(&["create", "--filename=-"], &pod("web"));
    let frozen = checkout.freeze(&little);
    assert_eq!(frozen.phase, "Succeeded", "{:#?}", frozen.logs);
    let hard = checkout.field("resourcequota/compute-quota", "{.spec.hard}");
    let hard: Value = serde_json::from_str(&hard).expect("amounts");
    assert!(
        hard.as_object().is_some_and(|hard| hard.len() == 10 && hard.values().all(|most| most == "0")),
        "{hard}"
    );
    let refused = checkout.kubectl(&["create", "--filename=-"], &pod("worker")).expect_err("nothing starts");
    assert!(refused.contains("exceeded quota: compute-quota"), "{refused}");
    assert_eq!(
        (checkout.names("pods"), checkout.names("networkpolicies")),
        (vec!["web".to_owned()], policies.map(str::to_owned).to_vec())
    );

    // A change to what stands takes that back.
    let restored = checkout.change(&little, &little, "restore");
    assert_eq!(restored.phase, "Succeeded", "{:#?}", restored.logs);
    assert_eq!(checkout.field("resourcequota/compute-quota", "{.spec.hard.pods}"), "10");
    checkout.must(&["create", "--filename=-"], &pod("worker"));

    let workflow = checkout.end(&little, "delete");
    let gone = checkout.engine.run(&workflow);
    assert_eq!((gone.phase.as_str(), checkout.uid().as_str()), ("Succeeded", ""), "{:#?}", gone.logs);
}

#[test]
fn what_lies_elsewhere_goes_with_its_namespace() {
    let Some(cluster) = Cluster::find() else { return };
    let site = guarded(cluster, "elsewhere");
    let mut checkout = Life::of(&site, "checkout");
    let mut ledger = Life::of(&site, "ledger");
    for life in [&mut checkout, &mut ledger] {
        let request = life.request("small", &["backup-enabled"]);
        life.create(&request);
        assert!(!life.backup().is_empty());
    }
    let workflow = checkout.end(&checkout.request("small", &["backup-enabled"]), "delete");
    let gone = checkout.engine.run(&workflow);
    assert_eq!(gone.phase, "Succeeded", "{:#?}", gone.logs);
    assert_eq!((checkout.uid(), checkout.backup()), (String::new(), String::new()));
    assert!(!ledger.uid().is_empty() && !ledger.backup().is_empty(), "the other one keeps its own");
}

#[test]
fn what_lies_elsewhere_shares_the_fate_of_a_creation_that_ends_badly() {
    let Some(cluster) = Cluster::find() else { return };
    let site = guarded(cluster, "badly");
    let [mut checkout, mut ledger, mut risk] =
        ["checkout", "ledger", "risk"].map(|name| Life::of(&site, name));
    let tries = site.berth.workflow_settings().retries + 1;
    let create = |life: &mut Life<'_>, failing: &str| {
        life.engine.fail(&format!("{failing}:{tries}"));
        let request = life.request("small", &["backup-enabled"]);
        let ended = life.engine.run(&site.render(Kind::Create, &request, life.id.as_str()));
        assert_eq!(ended.phase, "Failed", "{:#?}", ended.logs);
        request
    };
    // In the last instant before the namespace is ready: nothing is left of it anywhere.
    create(&mut checkout, "main");
    assert_eq!((checkout.uid(), checkout.backup()), (String::new(), String::new()));

    // In the first instant after it: the namespace stands, and so does its backup, which a change hands over, or
    // which goes with its namespace.
    for life in [&mut ledger, &mut risk] {
        create(life, "release-1");
        assert!(!life.uid().is_empty() && !life.backup().is_empty());
        assert_eq!(life.provisioning_of_backup(), life.name);
    }
    let [from, to] = [&["backup-enabled"][..], &["backup-enabled", "database-access"]]
        .map(|features| ledger.request("small", features));
    let changed = ledger.change(&from, &to, "change");
    assert_eq!(changed.phase, "Succeeded", "{:#?}", changed.logs);
    assert_eq!((ledger.backup().is_empty(), ledger.provisioning_of_backup()), (false, String::new()));
    let workflow = risk.end(&risk.request("small", &["backup-enabled"]), "delete");
    let gone = risk.engine.run(&workflow);
    assert_eq!(gone.phase, "Succeeded", "{:#?}", gone.logs);
    assert_eq!((risk.uid(), risk.backup()), (String::new(), String::new()));
}

#[test]
fn a_change_that_fails_takes_nothing_away_and_says_what_stands() {
    let Some(cluster) = Cluster::find() else { return };
    let site = guarded(cluster, "fails");
    let mut checkout = Life::of(&site, "checkout");
    let [before, after] =
        [&["backup-enabled", "database-access"][..], &[]].map(|features| checkout.request("small", features));
    checkout.create(&before);
    let uid = checkout.uid();
    // Somebody holds a field with a value of their own: an apply without force is refused.
    let quota = json!({ "apiVersion": "v1", "kind": "ResourceQuota", "metadata": { "name": "compute-quota" }, "spec": { "hard": { "pods": "7" } } });
    let by_hand = ["apply", "--server-side", "--field-manager=somebody", "--force-conflicts", "--filename=-"];
    checkout.must(&by_hand, &quota);

    let failed = checkout.change(&before, &after, "change");
    assert_eq!(failed.phase, "Failed");
    let conflict = failed.log("berth/quotas");
    assert!(
        conflict.contains("conflict with \"somebody\"") && conflict.contains(".spec.hard.pods"),
        "{conflict}"
    );
    assert!(failed.log("berth/prune").starts_with("dependency \"verify\" exited"), "{:#?}", failed.logs);
    assert_eq!(checkout.uid(), uid);
    assert!(
        !checkout.backup().is_empty()
            && checkout.names("networkpolicies").contains(&"allow-databases".to_owned())
    );
    // The exit handler tells what stands: the namespace with its phase, and each step's objects.
    let report = failed.log("standing/main");
    assert!(report.starts_with(&format!("{} Active", checkout.name)), "{:#?}", failed.logs);
    assert!(failed.log("standing/quotas").contains("resourcequota/compute-quota"), "{:#?}", failed.logs);
    assert!(
        failed.log("standing/database").contains("networkpolicy.networking.k8s.io/allow-databases"),
        "{:#?}",
        failed.logs
    );
    assert!(
        failed.log("standing/backup").contains(&format!("schedule.velero.io/berth-{}", checkout.name)),
        "{:#?}",
        failed.logs
    );

    // To repair is to take it back from whoever holds it.
    let repaired = checkout.change(&before, &before, "repair");
    assert_eq!(repaired.phase, "Succeeded", "{:#?}", repaired.logs);
    assert_eq!(checkout.field("resourcequota/compute-quota", "{.spec.hard.pods}"), "10");
    let again = checkout.change(&before, &after, "again");
    assert_eq!(again.phase, "Succeeded", "{:#?}", again.logs);
    assert_eq!(
        (
            checkout.backup().as_str(),
            checkout.field("resourcequota/compute-quota", "{.spec.hard.pods}").as_str()
        ),
        ("", "10")
    );
}

#[test]
fn a_namespace_that_stands_is_taken_over_only_when_it_is_nobodys() {
    let Some(cluster) = Cluster::find() else { return };
    let site = guarded(cluster, "adopt");
    let mut legacy = Life::of(&site, "legacy");
    site.cluster
        .kubectl(&["create", "namespace", &legacy.name], "")
        .unwrap_or_else(|complaint| panic!("{complaint}"));
    legacy.must(&["label", "namespace", &legacy.name, "owner=ada"], &Value::Null);
    legacy.put("ConfigMap", "settings", &config_map(&json!({})));
    let quota = json!({ "apiVersion": "v1", "spec": { "hard": { "pods": "100" } } });
    legacy.put("ResourceQuota", "compute-quota", &quota);
    let uid = legacy.uid();
    let request = legacy.request("small", &["backup-enabled"]);
    let adopt = |life: &mut Life<'_>, id: &str, attempt: u32| {
        life.engine.run(&life.site.attempt(attempt, Target::Workflow, Kind::Adopt, &request, id))
    };
    legacy.id = RequestId::parse("adopt-1").expect("an id");

    // A field that somebody holds with another value stays theirs, and the log says whose it is.
    let refused = adopt(&mut legacy, "adopt-1", 1);
    assert_eq!(refused.phase, "Failed");
    assert!(refused.log("berth/quotas").contains("conflict with \"payments\""), "{:#?}", refused.logs);
    assert_eq!(
        (legacy.uid(), legacy.field("resourcequota/compute-quota", "{.spec.hard.pods}")),
        (uid.clone(), "100".to_owned())
    );
    assert!(
        refused.log("standing/main").starts_with(&format!("{} Active", legacy.name)),
        "{:#?}",
        refused.logs
    );

    // Its owner gives it up. The labels of the first try are ours, so that only the same request may go on.
    legacy.must(&["delete", "resourcequota", "compute-quota"], &Value::Null);
    let other = adopt(&mut legacy, "adopt-2", 1);
    assert_eq!(other.phase, "Failed");
    assert!(other.log("berth/guard-managed").contains("timed out"), "{:#?}", other.logs);
    let taken = adopt(&mut legacy, "adopt-1", 2);
    assert_eq!(taken.phase, "Succeeded", "{:#?}", taken.logs);
    assert_eq!(legacy.uid(), uid);
    let labels = legacy.field(&format!("namespace/{}", legacy.name), "{.metadata.labels}");
    assert!(labels.contains("\"owner\":\"ada\"") && labels.contains("\"adopt-1\""), "{labels}");
    assert_eq!(legacy.field("configmap/settings", "{.data.currency}"), "EUR");
    assert_eq!(legacy.field("resourcequota/compute-quota", "{.spec.hard.pods}"), "10");
    assert!(!legacy.backup().is_empty());

    // From now on it is one like any other.
    let workflow = legacy.end(&request, "delete");
    let gone = legacy.engine.run(&workflow);
    assert_eq!(
        (gone.phase.as_str(), legacy.uid().as_str(), legacy.backup().as_str()),
        ("Succeeded", "", ""),
        "{:#?}",
        gone.logs
    );
}

#[test]
fn what_holds_a_namespace_that_hangs_is_named() {
    let Some(cluster) = Cluster::find() else { return };
    let site = guarded(cluster, "hangs");
    let mut checkout = Life::of(&site, "checkout");
    let request = checkout.request("small", &[]);
    checkout.create(&request);
    let kept = json!({ "finalizers": ["databases.example.com/protect"] });
    checkout.put("ConfigMap", "database", &config_map(&kept));

    // It would wait for minutes, three times.
    let workflow = checkout.end(&request, "delete").to_string().replace("--timeout=240s", "--timeout=5s");
    let hangs = checkout.engine.run(&serde_json::from_str(&workflow).expect("a Workflow"));
    assert_eq!(hangs.phase, "Failed");
    assert!(hangs.log("berth/main").contains("timed out"), "{:#?}", hangs.logs);
    let report = hangs.log("standing/main");
    assert!(report.starts_with(&format!("{} Terminating", checkout.name)), "{report}");
    assert!(report.contains("databases.example.com/protect in 1 resource instances"), "{report}");

    let freed = r#"[{"op":"remove","path":"/metadata/finalizers"}]"#;
    checkout.must(&["patch", "configmap", "database", "--type=json", "--patch", freed], &Value::Null);
    let workflow = checkout.end(&request, "again");
    let gone = checkout.engine.run(&workflow);
    assert_eq!((gone.phase.as_str(), checkout.uid().as_str()), ("Succeeded", ""), "{:#?}", gone.logs);
}
