//! The two YAML documents as people write them: [`PlatformDocument`] and [`BlueprintDocument`].
//!
//! These types say what may be written and nothing about what it means: `crate::policy` checks and
//! compiles them. Their JSON Schemas come from the same types.

mod blueprint;
mod condition;
mod error;
mod lifetime;
mod platform;
mod read;
#[cfg(feature = "schema")]
mod schema;
mod step;
mod workflow;

pub use blueprint::{
    ApprovalRule, BlueprintDocument, BlueprintSpec, FieldFormat, FieldType, Parameter, Row, Rule, Scope,
    Severity, Table,
};
pub use condition::{Condition, FieldTests, Operator};
pub use error::{DocumentError, ErrorPlace};
pub use lifetime::{Decommission, Expiry, Lifetime};
pub use platform::{
    Approval, Cluster, Currency, Environment, Limits, PlatformDocument, PlatformSpec, PodSecurity, Reserved,
    Role, Team, TeamDefaults, TeamLimits,
};
pub(crate) use read::{Model, Node, Read, from_value, wrong};
pub use step::{Outside, Step, StepManifest, Verify};
pub use workflow::{Image, Requests, ServiceAccounts, WorkflowSettings};

use serde::Serialize;

/// `metadata` of both documents.
#[derive(Clone, Debug, Serialize)]
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

impl Model for Metadata {
    fn read(node: Node<'_>) -> Read<Self> {
        let [name, title, description] = node.fields(["name", "title", "description"])?;
        Ok(Self { name: name.required()?, title: title.optional()?, description: description.optional()? })
    }
}

/// The version of the documents that this core reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum ApiVersion {
    /// The first version.
    #[serde(rename = "berth.dev/v1alpha1")]
    V1Alpha1,
}

impl Model for ApiVersion {
    fn read(node: Node<'_>) -> Read<Self> {
        node.word([("berth.dev/v1alpha1", Self::V1Alpha1)])
    }
}
