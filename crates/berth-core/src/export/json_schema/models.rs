//! JSON Schemas of the documents and of the answers, from the types that read and write them.

use schemars::generate::{SchemaGenerator, SchemaSettings};
use schemars::{JsonSchema, Schema};
use serde_json::Value;

use crate::decide::Decision;
use crate::document::{BlueprintDocument, PlatformDocument};
use crate::plan::Plan;
use crate::render::{Workflow, WorkflowTemplate};
use crate::request::Context;

/// A name, and what makes the schema.
type Model = (&'static str, fn() -> Schema);

/// The models that have a schema: what is read, then what is answered.
pub(super) const MODELS: [Model; 7] = [
    ("platform", read::<PlatformDocument>),
    ("blueprint", read::<BlueprintDocument>),
    ("context", read::<Context>),
    ("decision", written::<Decision<'static>>),
    ("plan", written::<Plan<'static>>),
    ("workflow", written::<Workflow>),
    ("workflow-template", written::<WorkflowTemplate>),
];

/// The schema of a model.
pub(super) fn schema(name: &str) -> Option<Value> {
    let (_, schema) = MODELS.iter().find(|(known, _)| *known == name)?;
    Some(schema().to_value())
}

fn read<T: JsonSchema>() -> Schema {
    generate::<T>(SchemaSettings::draft2020_12().for_deserialize())
}

fn written<T: JsonSchema>() -> Schema {
    generate::<T>(SchemaSettings::draft2020_12().for_serialize())
}

fn generate<T: JsonSchema>(settings: SchemaSettings) -> Schema {
    SchemaGenerator::new(settings).into_root_schema_for::<T>()
}
