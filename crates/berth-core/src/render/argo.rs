//! The part of Argo's API that Berth writes: plain structures, in the order in which people read them.

use std::sync::Arc;

use indexmap::IndexMap;
use serde::Serialize;

/// Labels or annotations.
pub type StringMap = IndexMap<String, String>;

/// A Workflow.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Workflow {
    /// `argoproj.io/v1alpha1`.
    pub api_version: &'static str,
    /// `Workflow`.
    pub kind: &'static str,
    /// Name, namespace, labels.
    pub metadata: ObjectMeta,
    /// What is done.
    pub spec: WorkflowSpec,
}

/// A `WorkflowTemplate`, which thin Workflows name.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct WorkflowTemplate {
    /// `argoproj.io/v1alpha1`.
    pub api_version: &'static str,
    /// `WorkflowTemplate`.
    pub kind: &'static str,
    /// Name, namespace, labels.
    pub metadata: ObjectMeta,
    /// What is done.
    pub spec: WorkflowSpec,
}

/// Metadata of a Kubernetes object.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ObjectMeta {
    /// Its name.
    pub name: String,
    /// Its namespace.
    pub namespace: String,
    /// For selectors.
    pub labels: StringMap,
    /// For people and programs.
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    pub annotations: StringMap,
}

/// What a Workflow does.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct WorkflowSpec {
    /// The `WorkflowTemplate` that says everything else.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub workflow_template_ref: Option<WorkflowTemplateRef>,
    /// The template that is run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entrypoint: Option<&'static str>,
    /// The template that is run at the end, whatever happened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_exit: Option<&'static str>,
    /// As whom.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_account_name: Option<String>,
    /// Parameters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arguments: Option<Arguments>,
    /// What no two Workflows may hold at once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub synchronization: Option<Synchronization>,
    /// When Argo gives up, in seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub active_deadline_seconds: Option<u32>,
    /// When Argo forgets the Workflow.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ttl_strategy: Option<TtlStrategy>,
    /// When its pods go.
    #[serde(rename = "podGC", skip_serializing_if = "Option::is_none")]
    pub pod_gc: Option<PodGc>,
    /// How its pods run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub security_context: Option<PodSecurityContext>,
    /// The templates.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub templates: Vec<Template>,
}

/// Names a `WorkflowTemplate`.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WorkflowTemplateRef {
    /// In the Workflow's namespace.
    pub name: String,
}

/// Parameters of a Workflow.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Arguments {
    /// By name.
    pub parameters: Vec<Parameter>,
}

/// A parameter.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// Its value; a `WorkflowTemplate` declares parameters without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

/// What no two Workflows may hold at once.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Synchronization {
    /// Mutexes.
    pub mutexes: Vec<Mutex>,
}

/// A mutex.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Mutex {
    /// Its name.
    pub name: String,
}

/// When Argo forgets a finished Workflow.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct TtlStrategy {
    /// Seconds.
    pub seconds_after_completion: u32,
}

/// When the pods of a Workflow go.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PodGc {
    /// After which event.
    pub strategy: &'static str,
    /// How long after it.
    pub delete_delay_duration: &'static str,
}

/// How the pods of a Workflow run.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PodSecurityContext {
    /// Never as root.
    pub run_as_non_root: bool,
    /// As this user.
    pub run_as_user: u32,
    /// Volumes belong to this group.
    pub fs_group: u32,
    /// System calls.
    pub seccomp_profile: SeccompProfile,
}

/// Which system calls are allowed.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SeccompProfile {
    /// `RuntimeDefault`.
    #[serde(rename = "type")]
    pub profile_type: &'static str,
}

/// A template: a container set, or steps.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Template {
    /// Its name.
    pub name: &'static str,
    /// For a pod that was lost.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_strategy: Option<RetryStrategy>,
    /// Files that the containers read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inputs: Option<Inputs>,
    /// Volumes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub volumes: Vec<Volume>,
    /// Containers of one pod.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub container_set: Option<ContainerSet>,
    /// Groups of steps, one after the other.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub steps: Option<Vec<Vec<WorkflowStep>>>,
}

/// How often a pod is tried again.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct RetryStrategy {
    /// A number, as text.
    pub limit: String,
    /// After which failures.
    pub retry_policy: &'static str,
}

/// Files that the containers read.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Inputs {
    /// Files.
    pub artifacts: Vec<Artifact>,
}

/// A file.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Artifact {
    /// Its name.
    pub name: String,
    /// Where it lies.
    pub path: String,
    /// What it holds.
    pub raw: RawArtifact,
}

/// The content of a file, written out.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RawArtifact {
    /// JSON without a brace inside any string.
    pub data: String,
}

/// A volume of a pod.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Volume {
    /// Its name.
    pub name: &'static str,
    /// Empty when the pod starts.
    pub empty_dir: EmptyDir,
}

/// An empty directory.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EmptyDir {}

/// Containers of one pod, each a node of the DAG.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ContainerSet {
    /// Where the volumes are seen.
    pub volume_mounts: Vec<VolumeMount>,
    /// For a container that failed.
    pub retry_strategy: ContainerRetryStrategy,
    /// The containers; the last is `main`.
    pub containers: Vec<Container>,
}

/// Where a volume is seen.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct VolumeMount {
    /// The volume.
    pub name: &'static str,
    /// The directory.
    pub mount_path: &'static str,
}

/// How often a container is tried again.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ContainerRetryStrategy {
    /// How often it is tried in all, as text.
    pub retries: String,
    /// The time between tries.
    pub duration: &'static str,
}

/// A container: one call of kubectl.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Container {
    /// Its name: the step.
    pub name: String,
    /// The containers that must have succeeded.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub dependencies: Vec<String>,
    /// The kubectl image.
    pub image: Arc<str>,
    /// `kubectl`.
    pub command: [&'static str; 1],
    /// Its arguments.
    pub args: Vec<String>,
    /// A writable home for kubectl's cache.
    pub env: [EnvVar; 1],
    /// What it asks for.
    pub resources: Arc<ResourceRequirements>,
    /// How it runs.
    pub security_context: SecurityContext,
}

/// An environment variable.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EnvVar {
    /// Its name.
    pub name: &'static str,
    /// Its value.
    pub value: &'static str,
}

/// What a container asks for, and the most that it gets.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ResourceRequirements {
    /// By resource.
    pub requests: StringMap,
    /// By resource.
    pub limits: StringMap,
}

/// How a container runs.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SecurityContext {
    /// Never more rights than it started with.
    pub allow_privilege_escalation: bool,
    /// Writes only to its volumes.
    pub read_only_root_filesystem: bool,
    /// Rights of the kernel.
    pub capabilities: Capabilities,
}

/// Rights of the kernel.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Capabilities {
    /// `ALL`.
    pub drop: [&'static str; 1],
}

/// A step of a steps template.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WorkflowStep {
    /// Its name.
    pub name: &'static str,
    /// The template that it runs.
    pub template: &'static str,
    /// When.
    pub when: &'static str,
}
