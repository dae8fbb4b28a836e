//! `label` and `delete` of what a selector matches.

use super::{Failure, kind_named};
use crate::kubectl::{Job, Selector};
use crate::store::Store;

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
