//! `get`, `label` and `delete` of what a selector matches.

use serde_json::Value;

use super::{Failure, kind_named, name};
use crate::kubectl::{Job, ListOutput, Selector};
use crate::store::Store;

pub(super) fn list(
    store: &Store,
    job: &Job<'_>,
    kinds: &[String],
    namespace: Option<&str>,
    selector: &Selector,
    output: ListOutput,
) -> Result<(), Failure> {
    // An unknown kind is found before anything is printed.
    let kinds: Vec<_> = kinds.iter().map(|kind| kind_named(store, kind)).collect::<Result<_, _>>()?;
    for kind in kinds {
        for object in store.list(&kind, namespace, selector) {
            match output {
                ListOutput::Name => (job.log)(&format!("{}/{}", kind.singular(), name(&object))),
                // Here nothing hangs: there are no finalizers and no conditions.
                ListOutput::State => {
                    let phase = object.pointer("/status/phase").and_then(Value::as_str).unwrap_or_default();
                    (job.log)(&format!("{} {phase} ", name(&object)));
                }
            }
        }
    }
    Ok(())
}

pub(super) fn unlabel(
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
pub(super) fn delete(
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
