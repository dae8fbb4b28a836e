//! The Platform document: the organisation that requests are judged against.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{ApiVersion, Metadata};

/// The organisation: clusters, environments, teams, roles, limits, and how Argo carries requests out.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PlatformDocument {
    /// Always `berth.dev/v1alpha1`.
    pub api_version: ApiVersion,
    /// Always `Platform`.
    pub kind: PlatformKind,
    /// Name and title.
    pub metadata: Metadata,
    /// What it says.
    pub spec: PlatformSpec,
}

/// The `kind` of a Platform document.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum PlatformKind {
    /// The only value.
    Platform,
}

/// `spec` of the Platform document.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PlatformSpec {
    /// The prefix of every label and annotation that Berth writes, such as `platform.io`: a DNS subdomain.
    pub label_prefix: String,
    /// The domain of the teams' group addresses, such as `company.com`.
    pub email_domain: String,
    /// The currency of every amount.
    pub currency: Currency,
    /// Clusters by name.
    #[cfg_attr(feature = "schema", schemars(extend("minProperties" = 1)))]
    pub clusters: IndexMap<String, Cluster>,
    /// Environments by name, in the order in which people think of them.
    #[cfg_attr(feature = "schema", schemars(extend("minProperties" = 1)))]
    pub environments: IndexMap<String, Environment>,
    /// Names and label keys that no request may take.
    #[serde(default)]
    pub reserved: Reserved,
    /// What a claim of a token or a group of the catalog allows.
    #[serde(default)]
    pub roles: IndexMap<String, Role>,
    /// What a team has that is not listed, or that leaves something out.
    pub team_defaults: TeamDefaults,
    /// Teams by name.
    #[serde(default)]
    pub teams: IndexMap<String, Team>,
    /// How Argo carries a request out.
    pub workflow: WorkflowSettings,
    /// Values for blueprints, read as `${platform.settings...}`.
    #[serde(default)]
    pub settings: IndexMap<String, Value>,
}

/// A currency; amounts are integers in its minor unit.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Currency {
    /// ISO 4217, such as `USD`.
    pub code: String,
    /// Digits of the minor unit: 2 for cents. At most 4.
    #[cfg_attr(feature = "schema", schemars(range(max = 4)))]
    pub decimals: u8,
}

/// A Kubernetes cluster.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Cluster {
    /// For people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
}

/// A place where requests may go.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Environment {
    /// For people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// A key of `clusters`.
    pub cluster: String,
    /// The Pod Security Standard that its namespaces enforce.
    pub pod_security: PodSecurity,
    /// Who must say yes to what goes there; left out, nobody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approval: Option<Approval>,
}

/// A level of the Pod Security Standards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum PodSecurity {
    /// No restriction.
    Privileged,
    /// Known privilege escalations are refused.
    Baseline,
    /// Current best practice is asked for.
    Restricted,
}

/// An approval: this many people of these groups, none of them the requester.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Approval {
    /// Groups of the catalog (`group:default/x`) or claims of a token; at least one.
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub by: Vec<String>,
    /// How many different people; 1 when left out.
    #[serde(default = "one")]
    #[cfg_attr(feature = "schema", schemars(range(min = 1)))]
    pub count: u32,
    /// Why, for people.
    pub reason: String,
}

pub(super) fn one() -> u32 {
    1
}

/// Names and label keys that no request may take.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Reserved {
    /// Whole names.
    #[serde(default)]
    pub names: Vec<String>,
    /// Beginnings of names.
    #[serde(default)]
    pub name_prefixes: Vec<String>,
    /// Label keys that blueprints may not write.
    #[serde(default)]
    pub label_keys: Vec<String>,
}

/// What a claim allows; everything is refused when left out.
#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Role {
    /// May ask for teams that they are not in.
    #[serde(default)]
    pub request_for_any_team: bool,
    /// May see every request.
    #[serde(default)]
    pub see_all: bool,
    /// May approve.
    #[serde(default)]
    pub approve: bool,
}

/// Limits of a team.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Limits {
    /// How many namespaces the team may hold.
    pub namespaces: u32,
    /// What they may cost together in a month, in minor units.
    pub monthly_budget: i64,
}

/// What a team gets when it isn't listed.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TeamDefaults {
    /// Its limits.
    pub limits: Limits,
}

/// A team's own limits; what is left out comes from `teamDefaults`.
#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TeamLimits {
    /// How many namespaces the team may hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub namespaces: Option<u32>,
    /// What they may cost together in a month, in minor units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub monthly_budget: Option<i64>,
}

/// A team.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Team {
    /// For people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Its limits.
    #[serde(default)]
    pub limits: TeamLimits,
    /// Its group in the Backstage catalog; `group:default/<name>` when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub catalog_ref: Option<String>,
    /// Claims of a token that mean membership.
    #[serde(default)]
    pub token_groups: Vec<String>,
    /// Groups of the cluster's identity provider that get the team's Role.
    #[serde(default)]
    pub rbac_groups: Vec<String>,
}

/// How Argo carries a request out.
#[derive(Clone, Debug, Deserialize, Serialize)]
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

/// `ServiceAccount`s in the Workflows' namespace.
#[derive(Clone, Debug, Deserialize, Serialize)]
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

/// A container image: `[mirror/]repository[:tag][@digest]`.
#[derive(Clone, Debug, Deserialize, Serialize)]
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

/// Resource requests of a container, as Kubernetes quantities.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Requests {
    /// Such as `10m`.
    pub cpu: String,
    /// Such as `32Mi`.
    pub memory: String,
}
