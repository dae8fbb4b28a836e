//! JSON Schemas of the documents and of the answers, from the types that read and write them.

use schemars::generate::{SchemaGenerator, SchemaSettings};
use schemars::transform::Transform;
use schemars::{JsonSchema, Schema};
use serde_json::Value;

use super::tidy::Tidy;
use crate::analysis::Findings;
use crate::decide::Decision;
use crate::document::{BlueprintDocument, PlatformDocument};
use crate::plan::{Drift, Plan};
use crate::render::{Workflow, WorkflowTemplate};
use crate::request::Context;

/// A name, and what makes the schema.
type Model = (&'static str, fn() -> Schema);

/// The models that have a schema: what is read, then what is answered.
pub(super) const MODELS: [Model; 9] = [
    ("platform", read::<PlatformDocument>),
    ("blueprint", read::<BlueprintDocument>),
    ("context", read::<Context>),
    ("decision", written::<Decision<'static>>),
    ("plan", written::<Plan<'static>>),
    ("drift", written::<Drift<'static>>),
    ("findings", written::<Findings>),
    ("workflow", written::<Workflow>),
    ("workflow-template", written::<WorkflowTemplate>),
];

/// The schema of a model.
pub(super) fn schema(name: &str) -> Option<Value> {
    let (_, schema) = MODELS.iter().find(|(known, _)| *known == name)?;
    let mut schema = schema();
    schema.insert("title".to_owned(), words(name).into());
    if let Some(Value::Object(definitions)) = schema.get_mut("$defs") {
        for (name, definition) in definitions {
            let Value::Object(definition) = definition else { continue };
            definition.entry("title").or_insert_with(|| words(name).into());
        }
    }
    Tidy.transform(&mut schema);
    Some(schema.to_value())
}

/// `workflow-template` or `WorkflowTemplate` as editors show it: `Workflow template`.
fn words(name: &str) -> String {
    let mut words = String::with_capacity(name.len() + 4);
    for (index, character) in name.char_indices() {
        match character {
            '-' => words.push(' '),
            _ if index == 0 => words.push(character.to_ascii_uppercase()),
            'A'..='Z' => words.extend([' ', character.to_ascii_lowercase()]),
            _ => words.push(character),
        }
    }
    words
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
