//! Calls on the cluster in memory, printing what `kubectl` 1.32 prints and ending with its exit codes.
//!
//! - `files`: apply, get and delete what files name
//! - `selected`: get, label and delete what a selector matches
//! - `waits`: wait

mod files;
mod selected;
mod waits;

use serde_json::Value;

use super::{Call, Job};
use crate::store::{Kind, Store};

/// What a call that failed prints last; nothing when it has said all.
struct Failure(String);

pub(super) async fn run(store: &Store, job: &Job<'_>) -> i32 {
    let outcome = match job.call {
        Call::Apply { file } => files::apply(store, job, file).await,
        Call::Get { files } => files::get(store, job, files).await,
        Call::DeleteFiles { files, .. } => files::delete(store, job, files).await,
        Call::List { kinds, selector, namespace, output } => {
            selected::list(store, job, kinds, namespace.as_deref(), selector, *output)
        }
        Call::Unlabel { kind, selector, namespace, label } => {
            selected::unlabel(store, job, kind, namespace.as_deref(), selector, label)
        }
        Call::Delete { kind, selector, name, namespace, .. } => {
            selected::delete(store, job, kind, namespace.as_deref(), selector, name.as_deref())
        }
        Call::WaitForDelete { kind, selector, namespace, timeout } => {
            waits::for_delete(store, job, kind, namespace.as_deref(), selector, *timeout).await
        }
        Call::WaitForField { target, namespace, path, value, timeout } => {
            let field = waits::Field { path, value };
            waits::for_field(store, job, target, namespace.as_deref(), &field, *timeout).await
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

fn kind_named(store: &Store, word: &str) -> Result<Kind, Failure> {
    let first = word.split('.').next().unwrap_or(word);
    store
        .kind(word)
        .ok_or_else(|| Failure(format!("error: the server doesn't have a resource type \"{first}\"")))
}

fn name(object: &Value) -> &str {
    object.pointer("/metadata/name").and_then(Value::as_str).unwrap_or_default()
}

fn ended(failed: bool) -> Result<(), Failure> {
    if failed { Err(Failure(String::new())) } else { Ok(()) }
}
