//! One parameter as a JSON Schema: its type, its bounds and its options.

use serde_json::{Map, Value, json};

use crate::document::FieldFormat;
use crate::policy::{Field, FieldKind};
use crate::time::{DATE_PATTERN, DATE_TIME_PATTERN};

/// The schema of a parameter's values.
pub(super) fn schema(field: &Field) -> Map<String, Value> {
    let mut schema = Map::new();
    let mut put = |key: &str, value: Option<Value>| {
        schema.extend(value.map(|value| (key.to_owned(), value)));
    };
    put("title", field.parameter.title.as_deref().map(Value::from));
    put("description", field.parameter.description.as_deref().map(Value::from));
    match &field.kind {
        FieldKind::Text { min, max, pattern, format, .. } => {
            put("type", Some("string".into()));
            put("minLength", (*min > 0).then(|| (*min).into()));
            put("maxLength", max.map(Value::from));
            let pattern = pattern.as_ref().map(|pattern| pattern.source());
            let (format, example) = match format {
                None => (None, None),
                Some(FieldFormat::DateTime) => (Some(DATE_TIME_PATTERN), Some("2026-12-31T18:00:00Z")),
                Some(FieldFormat::Date) => (Some(DATE_PATTERN), Some("2026-12-31")),
            };
            match (pattern, format) {
                (Some(pattern), Some(format)) => {
                    put("allOf", Some(json!([{ "pattern": pattern }, { "pattern": format }])));
                }
                (pattern, format) => put("pattern", pattern.or(format).map(Value::from)),
            }
            put("examples", example.map(|example| json!([example])));
        }
        FieldKind::Choice(options) => {
            put("type", Some("string".into()));
            put("enum", Some(options.values().collect()));
        }
        FieldKind::Choices { options, unique, min, max } => {
            put("type", Some("array".into()));
            put("items", Some(json!({ "type": "string", "enum": options.values().collect::<Value>() })));
            put("uniqueItems", unique.then_some(Value::Bool(true)));
            put("minItems", (*min > 0).then(|| (*min).into()));
            put("maxItems", max.map(Value::from));
        }
        FieldKind::Integer { min, max } => {
            put("type", Some("integer".into()));
            put("minimum", Some((*min).into()));
            put("maximum", Some((*max).into()));
        }
        FieldKind::Boolean => put("type", Some("boolean".into())),
    }
    put("default", field.default.clone());
    schema
}
