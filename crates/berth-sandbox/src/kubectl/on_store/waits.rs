//! `wait`: until objects are gone, or a field of theirs has a value.

use std::time::Duration;

use serde_json::Value;
use tokio::time::Instant;

use super::{Failure, ended, kind_named, name};
use crate::kubectl::{FieldPath, Job, Selector, Target};
use crate::store::{Kind, Store};

pub(super) async fn for_delete(
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
            (!store.find(&kind, namespace, name(&object)).as_ref().is_some_and(same)).then_some(Ok(()))
        };
        waits.wait(&kind, name(&object), gone).await;
    }
    waits.end()
}

pub(super) struct Field<'a> {
    pub(super) path: &'a FieldPath,
    pub(super) value: &'a str,
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

pub(super) async fn for_field(
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
        let find = |store: &Store| store.find(&kind, namespace, &name);
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
