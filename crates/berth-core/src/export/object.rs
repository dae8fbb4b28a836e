//! What every exported object carries: where it comes from, so that `berth doctor` can tell whether it is in step.

use serde_json::{Map, Value, json};

use crate::berth::Berth;

impl Berth {
    /// An object of an export, with the digest of the documents that it was made from.
    pub(super) fn exported(
        &self,
        (api_version, kind): (&str, &str),
        name: &str,
        namespace: Option<&str>,
        content: Value,
    ) -> Value {
        let prefix = &self.platform.document.spec.label_prefix;
        let mut metadata = json!({ "name": name });
        let mut annotations = Map::new();
        annotations.insert(format!("{prefix}/policy-digest"), self.policy_digest().into());
        annotations.insert(format!("{prefix}/core-version"), crate::VERSION.into());
        if let Some(metadata) = metadata.as_object_mut() {
            metadata.extend(namespace.map(|namespace| ("namespace".to_owned(), namespace.into())));
            metadata.insert("labels".to_owned(), json!({ "app.kubernetes.io/part-of": "berth" }));
            metadata.insert("annotations".to_owned(), annotations.into());
        }
        let mut object = json!({ "apiVersion": api_version, "kind": kind, "metadata": metadata });
        if let (Some(object), Value::Object(content)) = (object.as_object_mut(), content) {
            object.extend(content);
        }
        object
    }
}
