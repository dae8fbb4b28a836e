//! The Blueprint document: one thing that can be requested.

use indexmap::IndexMap;
use serde::Serialize;
use serde_json::{Map, Value};

use super::platform::one;
use super::read::{Model, Node, Read};
use super::{ApiVersion, Condition, Metadata, Step};

/// One thing that can be requested: its parameters, its rules, and what it is made of.
#[derive(Clone, Debug, Serialize)]
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

impl Model for BlueprintDocument {
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

/// The `kind` of a Blueprint document.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum BlueprintKind {
    /// The only value.
    Blueprint,
}

impl Model for BlueprintKind {
    fn read(node: Node<'_>) -> Read<Self> {
        node.word([("Blueprint", Self::Blueprint)])
    }
}

/// A table of options: rows by name, in order.
pub type Table = IndexMap<String, Row>;

/// A row: columns by name. `title` (text) and `monthlyCost` (minor units) have a meaning of their own.
pub type Row = Map<String, Value>;

/// `spec` of a Blueprint document.
#[derive(Clone, Debug, Serialize)]
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
    /// `ClusterRole`s that the steps' `RoleBinding`s hand out, by name: each is a list of RBAC rules. They are installed
    /// once (`berth policy export --format rbac`), so that no request has to write rights.
    #[cfg_attr(feature = "schema", schemars(schema_with = "super::schema::cluster_roles"))]
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub cluster_roles: IndexMap<String, Value>,
    /// What is created, in steps; the first makes the namespace.
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub steps: Vec<Step>,
}

impl Model for BlueprintSpec {
    fn read(node: Node<'_>) -> Read<Self> {
        let [scope, parameters, tables, rules, approvals, cluster_roles, steps] =
            node.fields(["scope", "parameters", "tables", "rules", "approvals", "clusterRoles", "steps"])?;
        Ok(Self {
            scope: scope.required()?,
            parameters: parameters.required()?,
            tables: tables.or_default()?,
            rules: rules.or_default()?,
            approvals: approvals.or_default()?,
            cluster_roles: cluster_roles.or_default()?,
            steps: steps.required()?,
        })
    }
}

/// Which parameters name the thing, its owner and its place.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Scope {
    /// The parameter that holds the namespace's name.
    pub name: String,
    /// The parameter that holds the owning team.
    pub team: String,
    /// The parameter that holds the environment; it chooses from `platform.environments`.
    pub environment: String,
    /// The parameter that holds the end, a `date-time`: environments with a `lifetime` fill it in and bound it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expiry: Option<String>,
}

impl Model for Scope {
    fn read(node: Node<'_>) -> Read<Self> {
        let [name, team, environment, expiry] = node.fields(["name", "team", "environment", "expiry"])?;
        Ok(Self {
            name: name.required()?,
            team: team.required()?,
            environment: environment.required()?,
            expiry: expiry.optional()?,
        })
    }
}

/// The type of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
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

impl Model for FieldType {
    fn read(node: Node<'_>) -> Read<Self> {
        node.word([
            ("string", Self::String),
            ("integer", Self::Integer),
            ("boolean", Self::Boolean),
            ("array", Self::Array),
        ])
    }
}

/// A format of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum FieldFormat {
    /// RFC 3339 with an offset: `2026-12-31T18:00:00Z`.
    DateTime,
    /// `2026-12-31`.
    Date,
}

impl FieldFormat {
    /// What it is called towards people.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::DateTime => crate::time::DATE_TIME_TITLE,
            Self::Date => "a date",
        }
    }

    /// A text of this format.
    pub(crate) const fn example(self) -> &'static str {
        match self {
            Self::DateTime => "2026-12-31T18:00:00Z",
            Self::Date => "2026-12-31",
        }
    }
}

impl Model for FieldFormat {
    fn read(node: Node<'_>) -> Read<Self> {
        node.word([("date-time", Self::DateTime), ("date", Self::Date)])
    }
}

/// A parameter: a strict subset of JSON Schema, and where its options come from.
#[derive(Clone, Debug, Serialize)]
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

impl Model for Parameter {
    fn read(node: Node<'_>) -> Read<Self> {
        let [
            field_type,
            title,
            description,
            required,
            default,
            pattern,
            min_length,
            max_length,
            format,
            future,
            minimum,
            maximum,
            options,
            options_from,
            row,
            min_items,
            max_items,
            unique_items,
        ] = node.fields([
            "type",
            "title",
            "description",
            "required",
            "default",
            "pattern",
            "minLength",
            "maxLength",
            "format",
            "future",
            "minimum",
            "maximum",
            "enum",
            "optionsFrom",
            "row",
            "minItems",
            "maxItems",
            "uniqueItems",
        ])?;
        Ok(Self {
            field_type: field_type.required()?,
            title: title.optional()?,
            description: description.optional()?,
            required: required.or_default()?,
            default: default.optional()?,
            pattern: pattern.optional()?,
            min_length: min_length.optional()?,
            max_length: max_length.optional()?,
            format: format.optional()?,
            future: future.or_default()?,
            minimum: minimum.optional()?,
            maximum: maximum.optional()?,
            options: options.optional()?,
            options_from: options_from.optional()?,
            row: row.optional()?,
            min_items: min_items.optional()?,
            max_items: max_items.optional()?,
            unique_items: unique_items.or_default()?,
        })
    }
}

/// How bad a violation is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The request is not valid.
    #[default]
    Error,
    /// The request is valid; somebody should know.
    Warning,
}

impl Model for Severity {
    fn read(node: Node<'_>) -> Read<Self> {
        node.word([("error", Self::Error), ("warning", Self::Warning)])
    }
}

/// Where `when` holds, `require` must hold.
#[derive(Clone, Debug, Serialize)]
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

impl Model for Rule {
    fn read(node: Node<'_>) -> Read<Self> {
        let [id, when, require, message, hint, severity] =
            node.fields(["id", "when", "require", "message", "hint", "severity"])?;
        Ok(Self {
            id: id.required()?,
            when: when.optional()?,
            require: require.required()?,
            message: message.required()?,
            hint: hint.optional()?,
            severity: severity.or_default()?,
        })
    }
}

/// Where `when` holds, these people must say yes.
#[derive(Clone, Debug, Serialize)]
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

impl Model for ApprovalRule {
    fn read(node: Node<'_>) -> Read<Self> {
        let [id, when, by, count, reason] = node.fields(["id", "when", "by", "count", "reason"])?;
        Ok(Self {
            id: id.required()?,
            when: when.optional()?,
            by: by.required()?,
            count: count.optional()?.unwrap_or_else(one),
            reason: reason.required()?,
        })
    }
}
