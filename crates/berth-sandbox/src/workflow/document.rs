//! The documents as they are written: every field that may stand, by its own name.
//!
//! Fields of type [`IgnoredAny`] are accepted and have no effect, since there are no pods here. A field
//! that is not listed is refused by name: a stand-in that passes over what it can't do would lie.

use std::collections::BTreeMap;

use serde::de::{Error as _, IgnoredAny};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// `metadata` of a Workflow or WorkflowTemplate.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase", default)]
pub(crate) struct Metadata {
    pub(crate) name: String,
    pub(crate) namespace: String,
    pub(crate) labels: BTreeMap<String, String>,
    pub(crate) annotations: BTreeMap<String, String>,
    creation_timestamp: IgnoredAny,
    generation: IgnoredAny,
    resource_version: IgnoredAny,
    uid: IgnoredAny,
}

/// A Workflow or WorkflowTemplate.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[expect(dead_code, reason = "a status is the server's to give; Go clients send an empty one")]
pub(super) struct Document {
    pub(super) api_version: Option<String>,
    pub(super) kind: Option<String>,
    #[serde(default)]
    pub(super) metadata: Metadata,
    pub(super) spec: Spec,
    #[serde(default)]
    status: IgnoredAny,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase", default)]
pub(super) struct Spec {
    pub(super) entrypoint: String,
    pub(super) on_exit: String,
    pub(super) arguments: Arguments,
    pub(super) synchronization: Synchronization,
    pub(super) active_deadline_seconds: Option<u64>,
    pub(super) ttl_strategy: Option<TtlStrategy>,
    #[serde(rename = "podGC")]
    pub(super) pod_gc: PodGc,
    pub(super) templates: Vec<Template>,
    pub(super) workflow_template_ref: Option<WorkflowTemplateRef>,
    affinity: IgnoredAny,
    automount_service_account_token: IgnoredAny,
    image_pull_secrets: IgnoredAny,
    node_selector: IgnoredAny,
    pod_metadata: IgnoredAny,
    pod_priority_class_name: IgnoredAny,
    security_context: IgnoredAny,
    service_account_name: IgnoredAny,
    tolerations: IgnoredAny,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Arguments {
    pub(super) parameters: Vec<Parameter>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Parameter {
    pub(super) name: String,
    pub(super) value: Option<AnyString>,
    description: IgnoredAny,
}

/// A value that may be written as text, number or boolean, and is text.
#[derive(Debug)]
pub(super) struct AnyString(pub(super) String);

impl<'de> Deserialize<'de> for AnyString {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Value::deserialize(deserializer)? {
            Value::String(text) => Ok(Self(text)),
            scalar @ (Value::Number(_) | Value::Bool(_)) => Ok(Self(scalar.to_string())),
            _ => Err(D::Error::custom("a parameter's value is a string")),
        }
    }
}

/// A count that may be written as number or text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Count(pub(super) u32);

impl<'de> Deserialize<'de> for Count {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let AnyString(text) = AnyString::deserialize(deserializer)?;
        text.parse().map(Self).map_err(|_| D::Error::custom(format!("`{text}` is not a count")))
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Synchronization {
    pub(super) mutexes: Vec<Mutex>,
}

#[derive(Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub(super) struct Mutex {
    pub(super) name: String,
    pub(super) namespace: Option<String>,
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct TtlStrategy {
    #[serde(rename = "secondsAfterCompletion")]
    pub(super) completion: Option<u64>,
    #[serde(rename = "secondsAfterSuccess")]
    pub(super) success: Option<u64>,
    #[serde(rename = "secondsAfterFailure")]
    pub(super) failure: Option<u64>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase", default)]
pub(super) struct PodGc {
    pub(super) strategy: String,
    delete_delay_duration: IgnoredAny,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct WorkflowTemplateRef {
    #[expect(dead_code, reason = "must be there; `reference` reads it before the rest is looked at")]
    name: String,
    #[serde(default)]
    pub(super) cluster_scope: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase", default)]
pub(super) struct Template {
    pub(super) name: String,
    pub(super) retry_strategy: Option<RetryStrategy>,
    pub(super) volumes: Vec<Volume>,
    pub(super) inputs: Inputs,
    pub(super) container_set: Option<ContainerSet>,
    pub(super) steps: Option<Vec<Vec<Step>>>,
    affinity: IgnoredAny,
    automount_service_account_token: IgnoredAny,
    metadata: IgnoredAny,
    node_selector: IgnoredAny,
    security_context: IgnoredAny,
    service_account_name: IgnoredAny,
    tolerations: IgnoredAny,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct RetryStrategy {
    pub(super) limit: Option<Count>,
    #[serde(default)]
    pub(super) retry_policy: String,
}

/// An empty folder that lives as long as its pod.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[expect(dead_code, reason = "its medium and size limit are accepted without effect")]
pub(super) struct Volume {
    pub(super) name: String,
    empty_dir: BTreeMap<String, Value>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Inputs {
    pub(super) artifacts: Vec<Artifact>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "a file's mode is accepted without effect")]
pub(super) struct Artifact {
    pub(super) name: String,
    pub(super) path: String,
    pub(super) raw: Raw,
    #[serde(default)]
    mode: IgnoredAny,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Raw {
    pub(super) data: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct ContainerSet {
    #[serde(default)]
    pub(super) volume_mounts: Vec<VolumeMount>,
    pub(super) retry_strategy: Option<ContainerSetRetryStrategy>,
    #[serde(default)]
    pub(super) containers: Vec<Container>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct VolumeMount {
    pub(super) name: String,
    pub(super) mount_path: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ContainerSetRetryStrategy {
    pub(super) retries: Count,
    #[serde(default)]
    pub(super) duration: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase", default)]
pub(super) struct Container {
    pub(super) name: String,
    pub(super) image: String,
    pub(super) command: Vec<String>,
    pub(super) args: Vec<String>,
    pub(super) env: Vec<EnvVar>,
    pub(super) dependencies: Vec<String>,
    image_pull_policy: IgnoredAny,
    resources: IgnoredAny,
    security_context: IgnoredAny,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EnvVar {
    pub(super) name: String,
    pub(super) value: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Step {
    pub(super) name: String,
    pub(super) template: String,
    pub(super) when: String,
}
