//! Calls on the cluster in memory, printing what `kubectl` 1.32 prints and ending with its exit codes.

use std::time::Duration;

use serde_json::Value;
use tokio::time::Instant;

use super::{Call, FieldPath, Job, Selector, Target};
use crate::store::{Kind, Store};

/// What a call that failed prints last.
struct Failure(String);

pub(super) async fn run(store: &Store, job: &Job<'_>) -> i32 {
    let outcome = match job.call {
        Call::Apply { file } => apply(store, job, file).await,
        Call::Get { files } => get(store, job, files).await,
        Call::Unlabel { kind, selector, namespace, label } => {
            unlabel(store, job, kind, namespace.as_deref(), selector, label)
        }
        Call::Delete { kind, selector, name, namespace, .. } => {
            delete(store, job, kind, namespace.as_deref(), selector, name.as_deref())
        }
        Call::WaitForDelete { kind, selector, namespace, timeout } => {
            wait_for_delete(store, job, kind, namespace.as_deref(), selector, *timeout).await
        }
        Call::WaitForField { target, namespace, path, value, timeout } => {
            let field = Field { path, value };
            wait_for_field(store, job, target, namespace.as_deref(), &field, *timeout).await
        }
    };
    match outcome {
        Ok(()) => 0,
        Err(Failure(message)) => {
            if !message.is_empty() {
                (job.log)(&message);
            }
            1
        }
    }
}

async fn apply(store: &Store, job: &Job<'_>, file: &str) -> Result<(), Failure> {
    let mut failed = false;
    for object in read(job, file).await? {
        let name = name(&object).to_owned();
        match store.apply(&object) {
            Ok(kind) => (job.log)(&format!("{}/{name} serverside-applied", kind.singular())),
            Err(error) => {
                (job.log)(&error.to_string());
                failed = true;
            }
        }
    }
    ended(failed)
}

async fn get(store: &Store, job: &Job<'_>, files: &[String]) -> Result<(), Failure> {
    let mut failed = false;
    for file in files {
        for manifest in read(job, file).await? {
            match store.get(&manifest) {
                Ok((kind, object)) => (job.log)(&format!("{}/{}", kind.singular(), name(&object))),
                Err(error) => {
                    (job.log)(&error.to_string());
                    failed = true;
                }
            }
        }
    }
    ended(failed)
}

fn unlabel(
    store: &Store,
    job: &Job<'_>,
    kind: &str,
    namespace: Option<&str>,
    selector: &Selector,
    label: &str,
) -> Result<(), Failure> {
    let kind = kind_named(store, kind)?;
    for (name, had) in store.unlabel(&kind, namespace, selector, label) {
        if had {
            (job.log)(&format!("{}/{name} unlabeled", kind.singular()));
        } else {
            (job.log)(&format!("label \"{label}\" not found."));
            (job.log)(&format!("{}/{name} not labeled", kind.singular()));
        }
    }
    Ok(())
}

/// Here a deleted object is gone at once, so there is nothing to wait for.
fn delete(
    store: &Store,
    job: &Job<'_>,
    kind: &str,
    namespace: Option<&str>,
    selector: &Selector,
    name: Option<&str>,
) -> Result<(), Failure> {
    let kind = kind_named(store, kind)?;
    let deleted = store.delete(&kind, namespace, selector, name);
    if deleted.is_empty() {
        (job.log)("No resources found");
    }
    for name in deleted {
        (job.log)(&format!("{} \"{name}\" deleted", kind.singular()));
    }
    Ok(())
}

async fn wait_for_delete(
    store: &Store,
    job: &Job<'_>,
    kind: &str,
    namespace: Option<&str>,
    selector: &Selector,
    timeout: Duration,
) -> Result<(), Failure> {
    let kind = kind_named(store, kind)?;
    let mut waits = Waits::new(store, job, timeout);
    for object in store.list(&kind, namespace, selector) {
        let gone = |store: &Store| {
            let same = |now: &Value| now.pointer("/metadata/uid") == object.pointer("/metadata/uid");
            let standing = store.list(&kind, namespace, &Selector::default());
            (!standing.iter().any(same)).then_some(Ok(()))
        };
        waits.wait(&kind, name(&object), gone).await;
    }
    waits.end()
}

struct Field<'a> {
    path: &'a FieldPath,
    value: &'a str,
}

impl Field<'_> {
    /// `None` while it does not hold; an error when it never can.
    fn holds(&self, object: &Value) -> Option<Result<(), String>> {
        let text = match self.path.find(object)? {
            Value::String(text) => text.clone(),
            Value::Object(_) | Value::Array(_) => {
                return Some(Err(
                    "jsonpath leads to a nested object or list which is not supported".to_owned()
                ));
            }
            scalar => scalar.to_string(),
        };
        (text == self.value).then_some(Ok(()))
    }
}

async fn wait_for_field(
    store: &Store,
    job: &Job<'_>,
    target: &Target,
    namespace: Option<&str>,
    field: &Field<'_>,
    timeout: Duration,
) -> Result<(), Failure> {
    let (kind, names) = match target {
        Target::Named { kind, name } => (kind_named(store, kind)?, vec![name.clone()]),
        Target::Matching { kind, selector } => {
            let kind = kind_named(store, kind)?;
            let objects = store.list(&kind, namespace, selector);
            let names: Vec<_> = objects.iter().map(|object| name(object).to_owned()).collect();
            (kind, names)
        }
    };
    if names.is_empty() {
        return Err(Failure("error: no matching resources found".to_owned()));
    }
    let mut waits = Waits::new(store, job, timeout);
    for name in names {
        let find = |store: &Store| {
            let objects = store.list(&kind, namespace, &Selector::default());
            objects.into_iter().find(|object| self::name(object) == name)
        };
        if find(store).is_none() {
            let resource = kind.resource();
            return Err(Failure(format!("Error from server (NotFound): {resource} \"{name}\" not found")));
        }
        waits.wait(&kind, &name, |store| field.holds(&find(store)?)).await;
    }
    waits.end()
}

/// Waits for one object after the other, all within one time, and goes on after one that fails.
struct Waits<'a> {
    store: &'a Store,
    job: &'a Job<'a>,
    timeout: Duration,
    deadline: Instant,
    failures: Vec<String>,
}

impl<'a> Waits<'a> {
    fn new(store: &'a Store, job: &'a Job<'a>, timeout: Duration) -> Self {
        Self { store, job, timeout, deadline: Instant::now() + timeout, failures: Vec::new() }
    }

    async fn wait(&mut self, kind: &Kind, name: &str, look: impl Fn(&Store) -> Option<Result<(), String>>) {
        match self.look_until(look).await {
            Some(Ok(())) => (self.job.log)(&format!("{}/{name} condition met", kind.singular())),
            Some(Err(failure)) => self.failures.push(failure),
            None if self.timeout.is_zero() => {
                self.failures.push(format!("condition not met for {}/{name}", kind.plural));
            }
            None => {
                self.failures.push(format!("timed out waiting for the condition on {}/{name}", kind.plural));
            }
        }
    }

    /// Looks at the store now and after every change; `None` when the time is over.
    async fn look_until<T>(&self, look: impl Fn(&Store) -> Option<T>) -> Option<T> {
        let mut changes = self.store.changes();
        loop {
            changes.mark_unchanged();
            if let Some(found) = look(self.store) {
                return Some(found);
            }
            tokio::time::timeout_at(self.deadline, changes.changed()).await.ok()?.ok()?;
        }
    }

    /// Several failures are printed without the word `error`.
    fn end(self) -> Result<(), Failure> {
        match &self.failures[..] {
            [] => Ok(()),
            [failure] => Err(Failure(format!("error: {failure}"))),
            failures => {
                for failure in failures {
                    (self.job.log)(failure);
                }
                ended(true)
            }
        }
    }
}

fn kind_named(store: &Store, word: &str) -> Result<Kind, Failure> {
    let first = word.split('.').next().unwrap_or(word);
    store
        .kind(word)
        .ok_or_else(|| Failure(format!("error: the server doesn't have a resource type \"{first}\"")))
}

/// The objects of a file: one, or those of a `v1` List.
async fn read(job: &Job<'_>, file: &str) -> Result<Vec<Value>, Failure> {
    let bytes = tokio::fs::read(job.local(file)).await;
    let bytes = bytes.map_err(|error| Failure(format!("error: can't read \"{file}\": {error}")))?;
    let value: Value = serde_json::from_slice(&bytes)
        .map_err(|error| Failure(format!("error: error parsing {file}: {error}")))?;
    match value {
        Value::Object(mut list) if list.get("kind").and_then(Value::as_str) == Some("List") => {
            match list.shift_remove("items") {
                Some(Value::Array(items)) => Ok(items),
                _ => Ok(Vec::new()),
            }
        }
        object => Ok(vec![object]),
    }
}

fn name(object: &Value) -> &str {
    object.pointer("/metadata/name").and_then(Value::as_str).unwrap_or_default()
}

fn ended(failed: bool) -> Result<(), Failure> {
    if failed { Err(Failure(String::new())) } else { Ok(()) }
}
