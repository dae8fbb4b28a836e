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
            if let Some((title, pattern, example)) = format.map(of_format) {
                put("allOf", Some(json!([{ "title": title, "pattern": pattern }])));
                put("examples", Some(json!([example])));
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

/// What a format is called, its pattern and an example.
fn of_format(format: FieldFormat) -> (&'static str, &'static str, &'static str) {
    match format {
        FieldFormat::DateTime => {
            ("an RFC 3339 date-time such as 2026-12-31T18:00:00Z", DATE_TIME_PATTERN, "2026-12-31T18:00:00Z")
        }
        FieldFormat::Date => ("a date such as 2026-12-31", DATE_PATTERN, "2026-12-31"),
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
