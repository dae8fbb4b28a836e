//! The two YAML documents as people write them: [`PlatformDocument`] and [`BlueprintDocument`].
//!
//! These types say what may be written and nothing about what it means: `crate::policy` checks and
//! compiles them. Their JSON Schemas come from the same types.

mod blueprint;
mod condition;
mod deserialize;
mod error;
mod platform;
#[cfg(feature = "schema")]
mod schema;

pub use blueprint::{
    ApprovalRule, BlueprintDocument, BlueprintSpec, FieldFormat, FieldType, Outside, Parameter, Row, Rule,
    Scope, Severity, Step, StepManifest, Table, Verify,
};
pub use condition::{Condition, FieldTests, Operator};
pub(crate) use deserialize::from_value;
pub use error::{DocumentError, ErrorPlace};
pub use platform::{
    Approval, Cluster, Currency, Environment, Image, Limits, PlatformDocument, PlatformSpec, PodSecurity,
    Requests, Reserved, Role, ServiceAccounts, Team, TeamDefaults, TeamLimits, WorkflowSettings,
};

use serde::{Deserialize, Serialize};

/// `metadata` of both documents.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Metadata {
    /// A DNS label; of a blueprint, the name that requests use.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = schema::DNS_LABEL)))]
    pub name: String,
    /// For people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// For people, a sentence or two.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// The version of the documents that this core reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum ApiVersion {
    /// The first version.
    #[serde(rename = "berth.dev/v1alpha1")]
    V1Alpha1,
}
