//! The Platform document: the organisation that requests are judged against.

use indexmap::IndexMap;
use serde::Serialize;
use serde_json::Value;

use super::read::{Model, Node, Read};
use super::{ApiVersion, Decommission, Expiry, Lifetime, Metadata, WorkflowSettings};

/// The organisation: clusters, environments, teams, roles, limits, and how Argo carries requests out.
#[derive(Clone, Debug, Serialize)]
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

impl Model for PlatformDocument {
    fn read(node: Node<'_>) -> Read<Self> {
        let [api_version, kind, metadata, spec] = node.fields(["apiVersion", "kind", "metadata", "spec"])?;
        Ok(Self {
            api_version: api_version.required()?,
            kind: kind.required()?,
            metadata: metadata.required()?,
            spec: spec.required()?,
        })
    }
}

/// The `kind` of a Platform document.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum PlatformKind {
    /// The only value.
    Platform,
}

impl Model for PlatformKind {
    fn read(node: Node<'_>) -> Read<Self> {
        node.word([("Platform", Self::Platform)])
    }
}

/// `spec` of the Platform document.
#[derive(Clone, Debug, Serialize)]
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
    /// Resources of kinds that Berth doesn't know, by `<Kind>.<group>`: `Instance.databases.example.com: instances`.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub kinds: IndexMap<String, String>,
    /// When warnings of an expiry are sent, and how long what has expired stays.
    #[serde(default)]
    pub expiry: Expiry,
    /// How a namespace is given back.
    #[serde(default)]
    pub decommission: Decommission,
    /// How Argo carries a request out.
    pub workflow: WorkflowSettings,
    /// Values for blueprints, read as `${platform.settings...}`.
    #[serde(default)]
    pub settings: IndexMap<String, Value>,
}

impl Model for PlatformSpec {
    fn read(node: Node<'_>) -> Read<Self> {
        let [
            label_prefix,
            email_domain,
            currency,
            clusters,
            environments,
            reserved,
            roles,
            team_defaults,
            teams,
            kinds,
            expiry,
            decommission,
            workflow,
            settings,
        ] = node.fields([
            "labelPrefix",
            "emailDomain",
            "currency",
            "clusters",
            "environments",
            "reserved",
            "roles",
            "teamDefaults",
            "teams",
            "kinds",
            "expiry",
            "decommission",
            "workflow",
            "settings",
        ])?;
        Ok(Self {
            label_prefix: label_prefix.required()?,
            email_domain: email_domain.required()?,
            currency: currency.required()?,
            clusters: clusters.required()?,
            environments: environments.required()?,
            reserved: reserved.or_default()?,
            roles: roles.or_default()?,
            team_defaults: team_defaults.required()?,
            teams: teams.or_default()?,
            kinds: kinds.or_default()?,
            expiry: expiry.or_default()?,
            decommission: decommission.or_default()?,
            workflow: workflow.required()?,
            settings: settings.or_default()?,
        })
    }
}

/// A currency; amounts are integers in its minor unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Currency {
    /// ISO 4217, such as `USD`.
    pub code: String,
    /// Digits of the minor unit: 2 for cents. At most 4.
    #[cfg_attr(feature = "schema", schemars(range(max = 4)))]
    pub decimals: u8,
}

impl Model for Currency {
    fn read(node: Node<'_>) -> Read<Self> {
        let [code, decimals] = node.fields(["code", "decimals"])?;
        Ok(Self { code: code.required()?, decimals: decimals.required()? })
    }
}

/// A Kubernetes cluster.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Cluster {
    /// For people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
}

impl Model for Cluster {
    fn read(node: Node<'_>) -> Read<Self> {
        let [title] = node.fields(["title"])?;
        Ok(Self { title: title.optional()? })
    }
}

/// A place where requests may go.
#[derive(Clone, Debug, Serialize)]
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
    /// How long what goes there may stay; left out, for ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lifetime: Option<Lifetime>,
}

impl Model for Environment {
    fn read(node: Node<'_>) -> Read<Self> {
        let [title, cluster, pod_security, approval, lifetime] =
            node.fields(["title", "cluster", "podSecurity", "approval", "lifetime"])?;
        Ok(Self {
            title: title.optional()?,
            cluster: cluster.required()?,
            pod_security: pod_security.required()?,
            approval: approval.optional()?,
            lifetime: lifetime.optional()?,
        })
    }
}

/// A level of the Pod Security Standards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
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

impl Model for PodSecurity {
    fn read(node: Node<'_>) -> Read<Self> {
        node.word([
            ("privileged", Self::Privileged),
            ("baseline", Self::Baseline),
            ("restricted", Self::Restricted),
        ])
    }
}

/// An approval: this many people of these groups, none of them the requester.
#[derive(Clone, Debug, Serialize)]
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

impl Model for Approval {
    fn read(node: Node<'_>) -> Read<Self> {
        let [by, count, reason] = node.fields(["by", "count", "reason"])?;
        Ok(Self {
            by: by.required()?,
            count: count.optional()?.unwrap_or_else(one),
            reason: reason.required()?,
        })
    }
}

pub(super) fn one() -> u32 {
    1
}

/// Names and label keys that no request may take.
#[derive(Clone, Debug, Default, Serialize)]
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

impl Model for Reserved {
    fn read(node: Node<'_>) -> Read<Self> {
        let [names, name_prefixes, label_keys] = node.fields(["names", "namePrefixes", "labelKeys"])?;
        Ok(Self {
            names: names.or_default()?,
            name_prefixes: name_prefixes.or_default()?,
            label_keys: label_keys.or_default()?,
        })
    }
}

/// What a claim allows; everything is refused when left out.
#[derive(Clone, Copy, Debug, Default, Serialize)]
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

impl Model for Role {
    fn read(node: Node<'_>) -> Read<Self> {
        let [request_for_any_team, see_all, approve] =
            node.fields(["requestForAnyTeam", "seeAll", "approve"])?;
        Ok(Self {
            request_for_any_team: request_for_any_team.or_default()?,
            see_all: see_all.or_default()?,
            approve: approve.or_default()?,
        })
    }
}

/// Limits of a team.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Limits {
    /// How many namespaces the team may hold.
    pub namespaces: u32,
    /// What they may cost together in a month, in minor units.
    pub monthly_budget: i64,
}

impl Model for Limits {
    fn read(node: Node<'_>) -> Read<Self> {
        let [namespaces, monthly_budget] = node.fields(["namespaces", "monthlyBudget"])?;
        Ok(Self { namespaces: namespaces.required()?, monthly_budget: monthly_budget.required()? })
    }
}

/// What a team gets when it isn't listed.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TeamDefaults {
    /// Its limits.
    pub limits: Limits,
}

impl Model for TeamDefaults {
    fn read(node: Node<'_>) -> Read<Self> {
        let [limits] = node.fields(["limits"])?;
        Ok(Self { limits: limits.required()? })
    }
}

/// A team's own limits; what is left out comes from `teamDefaults`.
#[derive(Clone, Copy, Debug, Default, Serialize)]
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

impl Model for TeamLimits {
    fn read(node: Node<'_>) -> Read<Self> {
        let [namespaces, monthly_budget] = node.fields(["namespaces", "monthlyBudget"])?;
        Ok(Self { namespaces: namespaces.optional()?, monthly_budget: monthly_budget.optional()? })
    }
}

/// A team.
#[derive(Clone, Debug, Default, Serialize)]
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
    /// Groups of the cluster's identity provider that get the team's rights.
    #[serde(default)]
    pub rbac_groups: Vec<String>,
}

impl Model for Team {
    fn read(node: Node<'_>) -> Read<Self> {
        let [title, limits, catalog_ref, token_groups, rbac_groups] =
            node.fields(["title", "limits", "catalogRef", "tokenGroups", "rbacGroups"])?;
        Ok(Self {
            title: title.optional()?,
            limits: limits.or_default()?,
            catalog_ref: catalog_ref.optional()?,
            token_groups: token_groups.or_default()?,
            rbac_groups: rbac_groups.or_default()?,
        })
    }
}
