//! How Argo carries a request out: settings of the Platform document.

use serde::Serialize;

use super::read::{Model, Node, Read};

/// How Argo carries a request out.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct WorkflowSettings {
    /// The namespace of the Workflows.
    pub namespace: String,
    /// One ServiceAccount for each kind of Workflow, so that admission can tell them apart.
    pub service_accounts: ServiceAccounts,
    /// The kubectl image.
    pub image: Image,
    /// What each container asks for; all of a pod's containers add up.
    pub resources: Requests,
    /// How often a container is tried again.
    pub retries: u32,
    /// When Argo gives up, in seconds.
    pub active_deadline_seconds: u32,
    /// How long Argo keeps a finished Workflow, in seconds; at least a day (86400).
    #[cfg_attr(feature = "schema", schemars(range(min = 86_400)))]
    pub ttl_seconds: u32,
}

impl Model for WorkflowSettings {
    fn read(node: Node<'_>) -> Read<Self> {
        let [namespace, service_accounts, image, resources, retries, active_deadline_seconds, ttl_seconds] =
            node.fields([
                "namespace",
                "serviceAccounts",
                "image",
                "resources",
                "retries",
                "activeDeadlineSeconds",
                "ttlSeconds",
            ])?;
        Ok(Self {
            namespace: namespace.required()?,
            service_accounts: service_accounts.required()?,
            image: image.required()?,
            resources: resources.required()?,
            retries: retries.required()?,
            active_deadline_seconds: active_deadline_seconds.required()?,
            ttl_seconds: ttl_seconds.required()?,
        })
    }
}

/// `ServiceAccount`s in the Workflows' namespace.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ServiceAccounts {
    /// Of the kind *create*.
    pub create: String,
    /// Of the kind *change*.
    pub change: String,
    /// Of the kind *delete*.
    pub delete: String,
}

impl Model for ServiceAccounts {
    fn read(node: Node<'_>) -> Read<Self> {
        let [create, change, delete] = node.fields(["create", "change", "delete"])?;
        Ok(Self { create: create.required()?, change: change.required()?, delete: delete.required()? })
    }
}

/// A container image: `[mirror/]repository[:tag][@digest]`.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Image {
    /// Such as `registry.k8s.io/kubectl`.
    pub repository: String,
    /// Such as `v1.35.4`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tag: Option<String>,
    /// `sha256:` and 64 hexadecimal digits: what production should pin.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(regex(pattern = "^sha256:[0-9a-fA-F]{64}$")))]
    pub digest: Option<String>,
    /// A registry that stands in for the repository's own host, such as `registry.company.com/k8s`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mirror: Option<String>,
}

impl Model for Image {
    fn read(node: Node<'_>) -> Read<Self> {
        let [repository, tag, digest, mirror] = node.fields(["repository", "tag", "digest", "mirror"])?;
        Ok(Self {
            repository: repository.required()?,
            tag: tag.optional()?,
            digest: digest.optional()?,
            mirror: mirror.optional()?,
        })
    }
}

/// Resource requests of a container, as Kubernetes quantities.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Requests {
    /// Such as `10m`.
    pub cpu: String,
    /// Such as `32Mi`.
    pub memory: String,
}

impl Model for Requests {
    fn read(node: Node<'_>) -> Read<Self> {
        let [cpu, memory] = node.fields(["cpu", "memory"])?;
        Ok(Self { cpu: cpu.required()?, memory: memory.required()? })
    }
}
