//! The Blueprint document: one thing that can be requested.

use std::fmt;

use indexmap::IndexMap;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

use super::{ApiVersion, Condition, Metadata};

/// One thing that can be requested: its parameters, its rules, and what it is made of.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BlueprintDocument {
    /// Always `berth.dev/v1alpha1`.
    pub api_version: ApiVersion,
    /// Always `Blueprint`.
    pub kind: BlueprintKind,
    /// Name and title.
    pub metadata: Metadata,
    /// What it says.
    pub spec: BlueprintSpec,
}

/// The `kind` of a Blueprint document.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum BlueprintKind {
    /// The only value.
    Blueprint,
}

/// A table of options: rows by name, in order.
pub type Table = IndexMap<String, Row>;

/// A row: columns by name. `title` (text) and `monthlyCost` (minor units) have a meaning of their own.
pub type Row = Map<String, Value>;

/// `spec` of a Blueprint document.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BlueprintSpec {
    /// Which parameters name the thing, its owner and its place.
    pub scope: Scope,
    /// What may be asked, in the order of the form.
    #[cfg_attr(feature = "schema", schemars(transform = super::schema::parameters))]
    pub parameters: IndexMap<String, Parameter>,
    /// Tables that parameters choose from.
    #[cfg_attr(feature = "schema", schemars(schema_with = "super::schema::tables"))]
    #[serde(default)]
    pub tables: IndexMap<String, Table>,
    /// What must hold between parameters.
    #[serde(default)]
    pub rules: Vec<Rule>,
    /// Who must say yes, besides what the environment asks for.
    #[serde(default)]
    pub approvals: Vec<ApprovalRule>,
    /// What is created, in steps; the first makes the namespace.
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub steps: Vec<Step>,
}

/// Which parameters name the thing, its owner and its place.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Scope {
    /// The parameter that holds the namespace's name.
    pub name: String,
    /// The parameter that holds the owning team.
    pub team: String,
    /// The parameter that holds the environment; it chooses from `platform.environments`.
    pub environment: String,
}

/// The type of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum FieldType {
    /// Text, or one of some options.
    String,
    /// A whole number within ±(2^53−1).
    Integer,
    /// `true` or `false`.
    Boolean,
    /// Some of some options.
    Array,
}

/// A format of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum FieldFormat {
    /// RFC 3339 with an offset: `2026-12-31T18:00:00Z`.
    DateTime,
    /// `2026-12-31`.
    Date,
}

/// A parameter: a strict subset of JSON Schema, and where its options come from.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Parameter {
    /// Its type.
    #[serde(rename = "type")]
    pub field_type: FieldType,
    /// The label in the form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The help text in the form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Must it be given? A parameter with a default need not be.
    #[serde(default)]
    pub required: bool,
    /// The value when it isn't given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<Value>,
    /// Text: a pattern, anchored at both ends, in the subset of docs/blueprints.md.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    /// Text: at least this many Unicode code points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_length: Option<u32>,
    /// Text: at most this many Unicode code points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_length: Option<u32>,
    /// Text: its format.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<FieldFormat>,
    /// Text with a format: must it lie after the moment of the decision?
    #[serde(default)]
    pub future: bool,
    /// Integer: at least.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum: Option<i64>,
    /// Integer: at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maximum: Option<i64>,
    /// String or array: the options, written out.
    #[serde(default, rename = "enum", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 64)))]
    pub options: Option<Vec<String>>,
    /// String or array: the options are the rows of this table, `platform.environments` or `platform.clusters`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub options_from: Option<String>,
    /// String with `optionsFrom`: the chosen row is read as `${<row>.<column>}`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<String>,
    /// Array: at least this many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_items: Option<u32>,
    /// Array: at most this many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_items: Option<u32>,
    /// Array: each at most once.
    #[serde(default)]
    pub unique_items: bool,
}

/// How bad a violation is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The request is not valid.
    #[default]
    Error,
    /// The request is valid; somebody should know.
    Warning,
}

/// Where `when` holds, `require` must hold.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Rule {
    /// A DNS label, part of the violation's code: `rule.<id>`.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = super::schema::DNS_LABEL)))]
    pub id: String,
    /// When the rule speaks; left out, always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
    /// What must hold then. The violation stands at the first parameter that this mentions.
    pub require: Condition,
    /// What is wrong, for people.
    pub message: String,
    /// What to do, for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// `error` when left out.
    #[serde(default)]
    pub severity: Severity,
}

/// Where `when` holds, these people must say yes.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ApprovalRule {
    /// Names it in the decision.
    pub id: String,
    /// When it is needed; left out, always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
    /// Groups of the catalog (`group:default/x`) or claims of a token; at least one.
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub by: Vec<String>,
    /// How many different people; 1 when left out.
    #[serde(default = "super::platform::one")]
    #[cfg_attr(feature = "schema", schemars(range(min = 1)))]
    pub count: u32,
    /// Why, for people.
    pub reason: String,
}

/// A step: objects that are applied together, and what must be true afterwards.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Step {
    /// A DNS label; the container's name in the Workflow. `guard`, `verify`, `main`, `init` and `wait` are taken.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = super::schema::DNS_LABEL)))]
    pub id: String,
    /// For people.
    pub title: String,
    /// Steps that must be done before.
    #[serde(default)]
    pub after: Vec<String>,
    /// When the step is part of the plan; left out, always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
    /// Declares that the objects live outside the request's namespace.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outside: Option<Outside>,
    /// Kubernetes objects with `${...}`.
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub manifests: Vec<StepManifest>,
    /// What must be true of them in the end.
    #[serde(default)]
    pub verify: Vec<Verify>,
}

/// Where objects live that are not in the request's namespace.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Outside {
    /// Their namespace; left out, they are cluster-scoped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub namespace: Option<String>,
}

/// A Kubernetes object with `${...}`, and optionally `when` it is made.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(transform = super::schema::kubernetes_object))]
#[serde(rename_all = "camelCase")]
pub struct StepManifest {
    /// When the object is part of the step; left out, always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
    /// The object itself: `apiVersion`, `kind`, `metadata` and the rest.
    #[serde(flatten)]
    pub object: Map<String, Value>,
}

// Derived, `flatten` would keep every object a second time, and its code would be a tenth of the WebAssembly module.
impl<'de> Deserialize<'de> for StepManifest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(StepManifestVisitor)
    }
}

struct StepManifestVisitor;

impl<'de> Visitor<'de> for StepManifestVisitor {
    type Value = StepManifest;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<StepManifest, A::Error> {
        let mut manifest = StepManifest { when: None, object: Map::new() };
        while let Some(key) = entries.next_key::<String>()? {
            if key == "when" {
                manifest.when = entries.next_value()?;
            } else {
                manifest.object.insert(key, entries.next_value()?);
            }
        }
        Ok(manifest)
    }
}

/// Something that must be true of an object before the request is done.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Verify {
    /// A kind that the step creates.
    pub kind: String,
    /// The object's name.
    pub name: String,
    /// A path such as `{.status.phase}`.
    pub jsonpath: String,
    /// The value there; letters, digits, `.` and `-`.
    pub expected: String,
}
