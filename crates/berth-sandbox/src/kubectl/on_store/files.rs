//! `apply`, `get` and `delete` of the objects that files name.

use serde_json::Value;

use super::{Failure, ended, name};
use crate::kubectl::Job;
use crate::store::{Store, StoreError};

pub(super) async fn apply(store: &Store, job: &Job<'_>, file: &str) -> Result<(), Failure> {
    let manifests = read(job, file).await?;
    if manifests.objects.is_empty() {
        return Err(Failure("error: no objects passed to apply".to_owned()));
    }
    each(job, &manifests, |object| {
        let kind = store.apply(object)?;
        Ok(format!("{}/{} serverside-applied", kind.singular(), name(object)))
    })
}

pub(super) async fn get(store: &Store, job: &Job<'_>, files: &[String]) -> Result<(), Failure> {
    let mut failed = false;
    for file in files {
        let manifests = read(job, file).await?;
        let got = each(job, &manifests, |object| {
            let (kind, object) = store.get(object)?;
            Ok(format!("{}/{}", kind.singular(), name(&object)))
        });
        failed |= got.is_err();
    }
    ended(failed)
}

/// What is not there is passed over. Here a deleted object is gone at once, so there is nothing to wait for.
pub(super) async fn delete(store: &Store, job: &Job<'_>, files: &[String]) -> Result<(), Failure> {
    let mut failed = false;
    for file in files {
        let mut manifests = read(job, file).await?;
        manifests.objects.retain(|object| !matches!(store.get(object), Err(StoreError::NotFound { .. })));
        let deleted = each(job, &manifests, |object| {
            let kind = store.delete_one(object)?;
            Ok(format!("{} \"{}\" deleted", kind.singular(), name(object)))
        });
        failed |= deleted.is_err();
    }
    ended(failed)
}

/// Does the same to each object, and goes on after one that fails.
fn each(
    job: &Job<'_>,
    manifests: &Manifests<'_>,
    act: impl Fn(&Value) -> Result<String, StoreError>,
) -> Result<(), Failure> {
    let mut failed = false;
    for object in &manifests.objects {
        match act(object) {
            Ok(line) => (job.log)(&line),
            Err(error) => {
                failed = true;
                manifests.explain(object, &error).iter().for_each(|line| (job.log)(line));
            }
        }
    }
    ended(failed)
}

/// The objects of a file: one, or those of a `v1` List.
struct Manifests<'a> {
    file: &'a str,
    is_list: bool,
    objects: Vec<Value>,
}

impl Manifests<'_> {
    /// An unknown kind is found before the cluster is asked, and is told differently.
    fn explain(&self, object: &Value, error: &StoreError) -> Vec<String> {
        match error {
            StoreError::NoSuchKind { .. } if self.is_list => vec![format!("unable to recognize {error}")],
            StoreError::NoSuchKind { .. } => {
                let namespace =
                    object.pointer("/metadata/namespace").and_then(Value::as_str).unwrap_or_default();
                let what =
                    format!("name: \"{}\" namespace: \"{namespace}\" from \"{}\"", name(object), self.file);
                let hint = "ensure CRDs are installed first".to_owned();
                vec![format!("error: resource mapping not found for {what}: {error}"), hint]
            }
            StoreError::NotFound { .. } => vec![format!("Error from server (NotFound): {error}")],
            StoreError::Name { .. } => vec![error.to_string()],
        }
    }
}

async fn read<'a>(job: &Job<'_>, file: &'a str) -> Result<Manifests<'a>, Failure> {
    let bytes = tokio::fs::read(job.local(file)).await;
    let bytes = bytes.map_err(|error| Failure(format!("error: can't read \"{file}\": {error}")))?;
    let value: Value = serde_json::from_slice(&bytes)
        .map_err(|error| Failure(format!("error: error parsing {file}: {error}")))?;
    let is_list = value.get("kind").and_then(Value::as_str) == Some("List");
    let objects = match value {
        Value::Object(mut list) if is_list => match list.shift_remove("items") {
            Some(Value::Array(items)) => items,
            _ => Vec::new(),
        },
        object => vec![object],
    };
    Ok(Manifests { file, is_list, objects })
}
