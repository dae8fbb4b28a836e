//! The steps of a blueprint: what is created, where, and what must be true of it in the end.

use serde::Serialize;
use serde_json::{Map, Value};

use super::Condition;
use super::read::{Model, Node, Read, read_inside};

/// A step: objects that are applied together, and what must be true afterwards.
#[derive(Clone, Debug, Serialize)]
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

impl Model for Step {
    fn read(node: Node<'_>) -> Read<Self> {
        let [id, title, after, when, outside, manifests, verify] =
            node.fields(["id", "title", "after", "when", "outside", "manifests", "verify"])?;
        Ok(Self {
            id: id.required()?,
            title: title.required()?,
            after: after.or_default()?,
            when: when.optional()?,
            outside: outside.optional()?,
            manifests: manifests.required()?,
            verify: verify.or_default()?,
        })
    }
}

/// Where objects live that are not in the request's namespace.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Outside {
    /// Their namespace; left out, they are cluster-scoped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub namespace: Option<String>,
}

impl Model for Outside {
    fn read(node: Node<'_>) -> Read<Self> {
        let [namespace] = node.fields(["namespace"])?;
        Ok(Self { namespace: namespace.optional()? })
    }
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

impl Model for StepManifest {
    fn read(node: Node<'_>) -> Read<Self> {
        let mut object: Map<String, Value> = Map::read(node)?;
        let when = object.shift_remove("when");
        let when = when.map(|when| read_inside("when", &when)).transpose()?;
        Ok(Self { when, object })
    }
}

/// Something that must be true of an object before the request is done.
#[derive(Clone, Debug, Serialize)]
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

impl Model for Verify {
    fn read(node: Node<'_>) -> Read<Self> {
        let [kind, name, jsonpath, expected] = node.fields(["kind", "name", "jsonpath", "expected"])?;
        Ok(Self {
            kind: kind.required()?,
            name: name.required()?,
            jsonpath: jsonpath.required()?,
            expected: expected.required()?,
        })
    }
}
