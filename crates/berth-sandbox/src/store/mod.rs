//! The cluster in memory: objects by kind, namespace and name.
//!
//! It knows what Berth's Workflows need to see of a cluster: server-side apply, labels, namespaces
//! that must exist and that take their contents with them, and the few status fields that waits
//! look at. Field ownership, validation, admission and controllers are a real cluster's business.

mod kinds;
mod labels;
mod merge;
mod status;

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::{Value, json};
use tokio::sync::watch;

use crate::clock::Time;
use crate::kubectl::Selector;
use crate::names::is_dns_subdomain;
pub(crate) use kinds::Kind;
use labels::Labels;

/// The cluster in memory.
#[derive(Debug)]
pub struct Store {
    inner: Mutex<Inner>,
    /// The revision; whoever waits for an object looks again when it changes.
    changed: watch::Sender<u64>,
}

#[derive(Debug, Default)]
struct Inner {
    revision: u64,
    /// INVARIANT: changed by [`Inner::put`], [`Inner::take`] and [`Inner::unlabel`] alone, which keep `labels` in step.
    objects: BTreeMap<Key, Stored>,
    labels: Labels,
}

#[derive(Debug)]
struct Stored {
    object: Value,
    /// What was last applied, to know which fields an apply leaves out on purpose. As text, which takes less
    /// memory: only the next apply reads it, and most objects are applied once.
    applied: String,
}

/// Where an object stands. Cluster-scoped objects have an empty namespace and come first.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    namespace: String,
    group: String,
    plural: String,
    name: String,
}

/// Why the cluster refuses an object, in Kubernetes' words.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub(crate) enum StoreError {
    #[error("no matches for kind \"{kind}\" in version \"{version}\"")]
    NoSuchKind { kind: String, version: String },
    #[error("{resource} \"{name}\" not found")]
    NotFound { resource: String, name: String },
    #[error(
        "The {kind} \"{name}\" is invalid: metadata.name: Invalid value: \"{name}\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character"
    )]
    Name { kind: String, name: String },
}

/// A Namespace object, to seed the store with.
pub fn namespace(name: &str) -> Value {
    json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}})
}

impl Default for Store {
    fn default() -> Self {
        Self { inner: Mutex::default(), changed: watch::Sender::new(0) }
    }
}

impl Store {
    /// Everything that stands, cluster-scoped objects first, then by namespace, kind and name.
    pub fn objects(&self) -> Vec<Value> {
        self.lock().objects.values().map(|stored| stored.object.clone()).collect()
    }

    /// Puts an object there as `kubectl apply --server-side` does: maps are merged, lists replaced,
    /// and fields that an earlier apply set and this one leaves out are taken away.
    pub(crate) fn apply(&self, object: &Value) -> Result<Kind, StoreError> {
        let mut inner = self.lock();
        let (kind, key) = inner.locate(object)?;
        inner.namespace_must_exist(&key)?;
        let before = inner.objects.get(&key);
        let mut next = match before {
            Some(stored) => merge::apply(&stored.object, &stored.applied(), object),
            None => object.clone(),
        };
        status::fill(&kind, &mut next);
        set_namespace(&mut next, &key);
        if before.is_none_or(|stored| stored.object != next) {
            inner.revision += 1;
            stamp(&mut next, inner.revision);
        }
        inner.put(key, Stored { object: next, applied: object.to_string() });
        self.publish(&inner);
        Ok(kind)
    }

    /// The object that a manifest names, as it stands now.
    pub(crate) fn get(&self, manifest: &Value) -> Result<(Kind, Value), StoreError> {
        let inner = self.lock();
        let (kind, key) = inner.locate(manifest)?;
        if let Some(stored) = inner.objects.get(&key) {
            Ok((kind, stored.object.clone()))
        } else {
            inner.namespace_must_exist(&key)?;
            Err(StoreError::NotFound { resource: kind.resource(), name: key.name })
        }
    }

    /// The object of a kind and name as it stands now.
    pub(crate) fn find(&self, kind: &Kind, namespace: Option<&str>, name: &str) -> Option<Value> {
        let key = Key::of(kind, namespace, name);
        self.lock().objects.get(&key).map(|stored| stored.object.clone())
    }

    /// The kind that a word on the command line means.
    pub(crate) fn kind(&self, word: &str) -> Option<Kind> {
        self.lock().kind_named(word)
    }

    /// All objects of a kind that a selector matches, in order of name.
    pub(crate) fn list(&self, kind: &Kind, namespace: Option<&str>, selector: &Selector) -> Vec<Value> {
        let inner = self.lock();
        let keys = inner.matching(kind, namespace, selector);
        keys.iter().filter_map(|key| inner.objects.get(key)).map(|stored| stored.object.clone()).collect()
    }

    /// Deletes what a selector matches (and of that only the one of the name, where one is given);
    /// a namespace goes with everything in it. Gives the names that were deleted.
    pub(crate) fn delete(
        &self,
        kind: &Kind,
        namespace: Option<&str>,
        selector: &Selector,
        name: Option<&str>,
    ) -> Vec<String> {
        let mut inner = self.lock();
        let mut keys = inner.matching(kind, namespace, selector);
        keys.retain(|key| name.is_none_or(|name| key.name == name));
        for key in &keys {
            inner.take(key);
            if kind.is_namespace() {
                inner.empty(&key.name);
            }
            inner.revision += 1;
        }
        self.publish(&inner);
        keys.into_iter().map(|key| key.name).collect()
    }

    /// Deletes the object that a manifest names.
    pub(crate) fn delete_one(&self, manifest: &Value) -> Result<Kind, StoreError> {
        let (kind, key) = self.lock().locate(manifest)?;
        let namespace = Some(key.namespace.as_str());
        match &self.delete(&kind, namespace, &Selector::default(), Some(&key.name))[..] {
            [] => Err(StoreError::NotFound { resource: kind.resource(), name: key.name }),
            _ => Ok(kind),
        }
    }

    /// Takes a label off what a selector matches; gives each name and whether it had the label.
    pub(crate) fn unlabel(
        &self,
        kind: &Kind,
        namespace: Option<&str>,
        selector: &Selector,
        label: &str,
    ) -> Vec<(String, bool)> {
        let mut inner = self.lock();
        let keys = inner.matching(kind, namespace, selector);
        let mut outcome = Vec::new();
        for key in keys {
            let had = inner.unlabel(&key, label);
            outcome.push((key.name, had));
        }
        self.publish(&inner);
        outcome
    }

    /// Hears of every change.
    pub(crate) fn changes(&self) -> watch::Receiver<u64> {
        self.changed.subscribe()
    }

    fn publish(&self, inner: &Inner) {
        self.changed.send_replace(inner.revision);
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Key {
    /// Where an object of a kind stands; without a namespace it is `default`, for kinds that live in one.
    fn of(kind: &Kind, namespace: Option<&str>, name: &str) -> Self {
        let namespace = if kind.namespaced { namespace.unwrap_or("default") } else { "" };
        Self {
            namespace: namespace.to_owned(),
            group: kind.group.clone(),
            plural: kind.plural.clone(),
            name: name.to_owned(),
        }
    }
}

impl Inner {
    fn kind_named(&self, word: &str) -> Option<Kind> {
        kinds::built_in().chain(self.custom_kinds()).find(|kind| kind.is_called(word))
    }

    /// Kinds of CustomResourceDefinitions that stand in the store.
    fn custom_kinds(&self) -> impl Iterator<Item = Kind> {
        let first = Key {
            group: "apiextensions.k8s.io".to_owned(),
            plural: "customresourcedefinitions".to_owned(),
            ..Key::default()
        };
        self.of_kind(first).filter_map(|(_, stored)| Kind::of_definition(&stored.object))
    }

    /// All objects of the kind and namespace of a key, from it on in order of name. They stand together: nothing else is looked at.
    fn of_kind(&self, first: Key) -> impl Iterator<Item = (&Key, &Stored)> {
        let Key { namespace, group, plural, .. } = first.clone();
        self.objects.range(first..).take_while(move |(key, _)| {
            key.namespace == namespace && key.group == group && key.plural == plural
        })
    }

    fn locate(&self, object: &Value) -> Result<(Kind, Key), StoreError> {
        let text = |pointer| object.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
        let (version, name, namespace) =
            (text("/apiVersion"), text("/metadata/name"), text("/metadata/namespace"));
        let group = version.split_once('/').map_or("", |(group, _)| group);
        let mut kinds = kinds::built_in().chain(self.custom_kinds());
        let kind = kinds.find(|kind| kind.name == text("/kind") && kind.group == group);
        let kind = kind.ok_or_else(|| StoreError::NoSuchKind {
            kind: text("/kind").to_owned(),
            version: version.to_owned(),
        })?;
        // Names of RBAC objects may hold colons; they are path segments, no more.
        if !is_dns_subdomain(&name.replace(':', "-")) {
            return Err(StoreError::Name { kind: kind.name, name: name.to_owned() });
        }
        let key = Key::of(&kind, Some(namespace).filter(|given| !given.is_empty()), name);
        Ok((kind, key))
    }

    /// Takes everything out of a namespace.
    fn empty(&mut self, namespace: &str) {
        let first = Key { namespace: namespace.to_owned(), ..Key::default() };
        let contents = self.objects.range(first..).take_while(|(key, _)| key.namespace == namespace);
        let contents: Vec<_> = contents.map(|(key, _)| key.clone()).collect();
        for key in contents {
            self.take(&key);
        }
    }

    fn namespace_must_exist(&self, key: &Key) -> Result<(), StoreError> {
        let namespaces =
            Key { plural: "namespaces".to_owned(), name: key.namespace.clone(), ..Key::default() };
        if key.namespace.is_empty() || self.objects.contains_key(&namespaces) {
            return Ok(());
        }
        Err(StoreError::NotFound { resource: "namespaces".to_owned(), name: key.namespace.clone() })
    }

    fn matching(&self, kind: &Kind, namespace: Option<&str>, selector: &Selector) -> Vec<Key> {
        let first = Key::of(kind, namespace, "");
        let labelled = if kind.namespaced { None } else { self.labels.fewest(selector) };
        let candidates: Vec<_> = match labelled {
            Some(keys) => {
                let of_kind =
                    keys.iter().filter(|key| key.group == first.group && key.plural == first.plural);
                of_kind.filter_map(|key| self.objects.get_key_value(key)).collect()
            }
            None => self.of_kind(first).collect(),
        };
        candidates
            .into_iter()
            .filter(|(_, stored)| selector.matches(stored.object.pointer("/metadata/labels")))
            .map(|(key, _)| key.clone())
            .collect()
    }

    fn put(&mut self, key: Key, stored: Stored) {
        self.take(&key);
        self.labels.add(&key, &stored.object);
        self.objects.insert(key, stored);
    }

    fn take(&mut self, key: &Key) {
        if let Some(stored) = self.objects.remove(key) {
            self.labels.remove(key, &stored.object);
        }
    }

    /// Takes a label off an object; says whether it had the label.
    fn unlabel(&mut self, key: &Key, label: &str) -> bool {
        let Some(stored) = self.objects.get_mut(key) else { return false };
        self.labels.remove(key, &stored.object);
        let labels = stored.object.pointer_mut("/metadata/labels").and_then(Value::as_object_mut);
        let had = labels.is_some_and(|labels| labels.shift_remove(label).is_some());
        if had {
            self.revision += 1;
            stamp(&mut stored.object, self.revision);
        }
        self.labels.add(key, &stored.object);
        had
    }
}

impl Stored {
    fn applied(&self) -> Value {
        serde_json::from_str(&self.applied).unwrap_or_default()
    }
}

/// The server's own fields: when it was made, its uid, and the revision of the last change.
fn stamp(object: &mut Value, revision: u64) {
    let Some(metadata) = object.get_mut("metadata").and_then(Value::as_object_mut) else { return };
    metadata.entry("uid").or_insert_with(|| json!(format!("00000000-0000-4000-8000-{revision:012x}")));
    metadata.entry("creationTimestamp").or_insert_with(|| json!(Time::now()));
    metadata.insert("resourceVersion".to_owned(), json!(revision.to_string()));
}

fn set_namespace(object: &mut Value, key: &Key) {
    let Some(metadata) = object.get_mut("metadata").and_then(Value::as_object_mut) else { return };
    if key.namespace.is_empty() {
        metadata.shift_remove("namespace");
    } else {
        metadata.insert("namespace".to_owned(), json!(key.namespace));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn store() -> Store {
        let store = Store::default();
        store.apply(&namespace("payments-checkout")).unwrap();
        store
    }

    fn quota(labels: &Value) -> Value {
        let metadata = json!({"name": "compute-quota", "namespace": "payments-checkout", "labels": labels});
        json!({"apiVersion": "v1", "kind": "ResourceQuota", "metadata": metadata, "spec": {"hard": {"pods": "5"}}})
    }

    fn names(store: &Store) -> Vec<String> {
        let objects = store.objects();
        objects.iter().map(|object| object["metadata"]["name"].as_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn a_namespace_must_exist_and_takes_its_contents_with_it() {
        let store = store();
        let mut elsewhere = quota(&json!({}));
        elsewhere["metadata"]["namespace"] = json!("payments-refunds");
        let error = store.apply(&elsewhere).unwrap_err().to_string();
        assert_eq!(error, "namespaces \"payments-refunds\" not found");
        store.apply(&quota(&json!({}))).unwrap();
        assert_eq!(names(&store), ["payments-checkout", "compute-quota"]);
        let namespaces = store.kind("namespaces").unwrap();
        let selector = "kubernetes.io/metadata.name=payments-checkout".parse().unwrap();
        assert_eq!(store.delete(&namespaces, None, &selector, None), ["payments-checkout"]);
        assert!(names(&store).is_empty());
    }

    #[test]
    fn applying_the_same_again_changes_nothing() {
        let store = store();
        store.apply(&quota(&json!({"team": "payments"}))).unwrap();
        let before = store.objects();
        store.apply(&quota(&json!({"team": "payments"}))).unwrap();
        assert_eq!(store.objects(), before);
    }

    #[test]
    fn a_label_is_taken_off_and_a_second_time_it_is_not_there() {
        let store = store();
        store.apply(&quota(&json!({"platform.io/provisioning": "r1"}))).unwrap();
        let quotas = store.kind("resourcequotas").unwrap();
        let (all, place) = (Selector::default(), Some("payments-checkout"));
        let off = |label| store.unlabel(&quotas, place, &all, label);
        assert_eq!(off("platform.io/provisioning"), [("compute-quota".to_owned(), true)]);
        assert_eq!(off("platform.io/provisioning"), [("compute-quota".to_owned(), false)]);
    }

    #[test]
    fn a_definition_teaches_the_store_a_kind() {
        let store = store();
        let database = json!({
            "apiVersion": "db.example.org/v1", "kind": "Database",
            "metadata": {"name": "ledger", "namespace": "payments-checkout"},
        });
        let error = store.apply(&database).unwrap_err().to_string();
        assert!(
            error.ends_with("no matches for kind \"Database\" in version \"db.example.org/v1\""),
            "{error}"
        );
        let names = json!({"kind": "Database", "plural": "databases", "singular": "database"});
        let spec = json!({"group": "db.example.org", "scope": "Namespaced", "names": names});
        let definition = json!({
            "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
            "metadata": {"name": "databases.db.example.org"}, "spec": spec,
        });
        store.apply(&definition).unwrap();
        assert_eq!(store.apply(&database).unwrap().resource(), "databases.db.example.org");
    }
}
