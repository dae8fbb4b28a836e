//! One parameter as a JSON Schema: its type, its bounds and its options.

use serde_json::{Map, Value, json};

use crate::document::{Currency, FieldFormat};
use crate::policy::{Choice, Field, FieldKind, Options};
use crate::text::money;
use crate::time::{DATE_PATTERN, DATE_TIME_PATTERN};

/// The schema of a parameter's values.
pub(super) fn schema(field: &Field, currency: &Currency) -> Map<String, Value> {
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
            put("pattern", pattern.as_ref().map(|pattern| pattern.source().into()));
            if let Some(format) = format {
                let title = format!("{} such as {}", format.title(), format.example());
                put("allOf", Some(json!([{ "title": title, "pattern": matching(*format) }])));
                put("examples", Some(json!([format.example()])));
            }
        }
        FieldKind::Choice(options) => schema.append(&mut one_of(options, currency)),
        FieldKind::Choices { options, unique, min, max } => {
            put("type", Some("array".into()));
            put("items", Some(one_of(options, currency).into()));
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
    schema.extend(field.default.clone().map(|default| ("default".to_owned(), default)));
    schema
}

fn matching(format: FieldFormat) -> &'static str {
    match format {
        FieldFormat::DateTime => DATE_TIME_PATTERN,
        FieldFormat::Date => DATE_PATTERN,
    }
}

/// One of the options: an `enum`, or where people should see titles and costs, a choice of annotated constants.
fn one_of(options: &Options, currency: &Currency) -> Map<String, Value> {
    let annotated = options.list.iter().any(|choice| choice.title.is_some() || choice.monthly_cost > 0);
    let (key, values) = if annotated {
        ("anyOf", options.list.iter().map(|choice| option(choice, currency)).collect())
    } else {
        ("enum", options.values().collect())
    };
    Map::from_iter([("type".to_owned(), "string".into()), (key.to_owned(), values)])
}

fn option(choice: &Choice, currency: &Currency) -> Value {
    let mut option = Map::from_iter([("const".to_owned(), choice.value.as_str().into())]);
    option.extend(choice.title.as_deref().map(|title| ("title".to_owned(), title.into())));
    if choice.monthly_cost > 0 {
        let cost = format!("{} a month", money(choice.monthly_cost, &currency.code, currency.decimals));
        option.insert("description".to_owned(), cost.into());
    }
    option.into()
}
