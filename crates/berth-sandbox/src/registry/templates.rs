//! WorkflowTemplates: documents that Workflows refer to. They are kept as they were sent.

use serde_json::{Value, json};

use super::{Key, Registry, RegistryError};
use crate::clock::Time;
use crate::ids;
use crate::workflow::Metadata;

const RESOURCE: &str = "workflowtemplates";

impl Registry {
    pub(crate) fn create_template(&self, metadata: &Metadata, spec: &Value) -> Result<Value, RegistryError> {
        let key = Key { namespace: metadata.namespace.clone(), name: metadata.name.clone() };
        let mut state = self.lock();
        if state.templates.contains_key(&key) {
            return Err(RegistryError::AlreadyExists { resource: RESOURCE, name: key.name });
        }
        let revision = state.next_revision();
        let template = document(metadata, spec, &json!(ids::uid()?), &json!(Time::now()), revision);
        state.templates.insert(key, template.clone());
        Ok(template)
    }

    pub(crate) fn update_template(&self, metadata: &Metadata, spec: &Value) -> Result<Value, RegistryError> {
        let key = Key { namespace: metadata.namespace.clone(), name: metadata.name.clone() };
        let mut state = self.lock();
        let revision = state.next_revision();
        let standing = state.templates.get_mut(&key).ok_or_else(|| not_found(&key))?;
        let kept = |field| standing.pointer(field).cloned().unwrap_or_default();
        let template =
            document(metadata, spec, &kept("/metadata/uid"), &kept("/metadata/creationTimestamp"), revision);
        *standing = template.clone();
        Ok(template)
    }

    pub(crate) fn template(&self, key: &Key) -> Result<Value, RegistryError> {
        self.lock().templates.get(key).cloned().ok_or_else(|| not_found(key))
    }

    /// The WorkflowTemplates of a namespace in order of name, and the revision at which this was true.
    pub(crate) fn templates(&self, namespace: &str) -> (Vec<Value>, u64) {
        let state = self.lock();
        let in_namespace = state.templates.iter().filter(|(key, _)| key.namespace == namespace);
        (in_namespace.map(|(_, template)| template.clone()).collect(), state.revision)
    }

    pub(crate) fn delete_template(&self, key: &Key) -> Result<(), RegistryError> {
        self.lock().templates.remove(key).map(drop).ok_or_else(|| not_found(key))
    }
}

fn document(metadata: &Metadata, spec: &Value, uid: &Value, created: &Value, revision: u64) -> Value {
    let metadata = json!({
        "name": metadata.name,
        "namespace": metadata.namespace,
        "uid": uid,
        "resourceVersion": revision.to_string(),
        "creationTimestamp": created,
        "labels": metadata.labels,
        "annotations": metadata.annotations,
    });
    json!({"metadata": metadata, "spec": spec})
}

fn not_found(key: &Key) -> RegistryError {
    RegistryError::NotFound { resource: RESOURCE, name: key.name.clone() }
}
