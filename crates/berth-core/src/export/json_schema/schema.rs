//! A schema of the map of parameters in the making: constants are folded, and tests that belong together are joined,
//! so that people can read the rules in what comes out.

use serde_json::{Map, Value, json};

/// A schema; `All` and `Any` have at least two members.
pub(super) enum Schema {
    /// Of everything, or of nothing.
    Constant(bool),
    /// Tests of single parameters that must all hold.
    Tests { properties: Map<String, Value>, required: Vec<Value> },
    /// Every one holds.
    All(Vec<Schema>),
    /// At least one holds.
    Any(Vec<Schema>),
}

impl Schema {
    /// Every one holds.
    pub(super) fn all(list: Vec<Self>) -> Self {
        if list.iter().any(|schema| matches!(schema, Self::Constant(false))) {
            return Self::Constant(false);
        }
        let joined = |one: &Self, other: &Self| one.beside(other).or_else(|| one.with(other, neither));
        let mut kept = join(list, joined);
        match kept.pop() {
            None => Self::Constant(true),
            Some(only) if kept.is_empty() => only,
            Some(last) => {
                kept.push(last);
                Self::All(kept)
            }
        }
    }

    /// At least one holds.
    pub(super) fn any(list: Vec<Self>) -> Self {
        if list.iter().any(|schema| matches!(schema, Self::Constant(true))) {
            return Self::Constant(true);
        }
        let mut kept = join(list, |one, other| one.with(other, either));
        match kept.pop() {
            None => Self::Constant(false),
            Some(only) if kept.is_empty() => only,
            Some(last) => {
                kept.push(last);
                Self::Any(kept)
            }
        }
    }

    /// The schema where all of these parameters are given, and of nothing else.
    pub(super) fn with_required(self, names: &[&str]) -> Self {
        match self {
            schema if names.is_empty() => schema,
            Self::Constant(true) => {
                Self::Tests { properties: Map::new(), required: Vec::new() }.with_required(names)
            }
            Self::Tests { mut properties, mut required } => {
                for name in names {
                    // Strict validators want to see what is required among the properties.
                    properties.entry(*name).or_insert(Value::Bool(true));
                    required.push((*name).into());
                }
                Self::Tests { properties, required }
            }
            other => Self::All(vec![Self::Constant(true).with_required(names), other]),
        }
    }

    /// The keywords of the schema; nothing is the schema of everything.
    pub(super) fn into_keywords(self) -> Map<String, Value> {
        let list = |key: &str, list: Vec<Self>| {
            let members: Value = list.into_iter().map(|schema| Value::from(schema.into_keywords())).collect();
            Map::from_iter([(key.to_owned(), members)])
        };
        match self {
            Self::Constant(true) => Map::new(),
            Self::Constant(false) => Map::from_iter([("not".to_owned(), json!({}))]),
            Self::Tests { properties, required } => {
                let mut keywords = Map::from_iter([("properties".to_owned(), properties.into())]);
                if !required.is_empty() {
                    keywords.insert("required".to_owned(), required.into());
                }
                keywords
            }
            Self::All(members) => list("allOf", members),
            Self::Any(members) => list("anyOf", members),
        }
    }

    /// Both, where they test different parameters.
    fn beside(&self, other: &Self) -> Option<Self> {
        let (Self::Tests { properties, required }, Self::Tests { properties: more, required: needed }) =
            (self, other)
        else {
            return None;
        };
        let separate = !more.keys().any(|name| properties.contains_key(name));
        separate.then(|| Self::Tests {
            properties: properties
                .iter()
                .chain(more)
                .map(|(name, test)| (name.clone(), test.clone()))
                .collect(),
            required: required.iter().chain(needed).cloned().collect(),
        })
    }

    /// Two tests of one parameter as one, where their values can be joined.
    fn with(&self, other: &Self, values: fn(&Value, &Value) -> Option<Value>) -> Option<Self> {
        let (Self::Tests { properties, required }, Self::Tests { properties: more, required: needed }) =
            (self, other)
        else {
            return None;
        };
        let mut tests = properties.iter().zip(more);
        let (Some(((name, one), (same, other))), None) = (tests.next(), tests.next()) else { return None };
        if name != same || properties.len() != more.len() || required != needed {
            return None;
        }
        let value = values(one, other)?;
        Some(Self::Tests { properties: Map::from_iter([(name.clone(), value)]), required: required.clone() })
    }
}

/// Leaves out constants, which say nothing here, and joins neighbours.
fn join(list: Vec<Schema>, joined: impl Fn(&Schema, &Schema) -> Option<Schema>) -> Vec<Schema> {
    let mut kept: Vec<Schema> = Vec::with_capacity(list.len());
    for schema in list.into_iter().filter(|schema| !matches!(schema, Schema::Constant(_))) {
        match kept.last().and_then(|last| joined(last, &schema)) {
            Some(both) => {
                kept.pop();
                kept.push(both);
            }
            None => kept.push(schema),
        }
    }
    kept
}

/// What one of two schemas takes, where both name single values.
fn either(one: &Value, other: &Value) -> Option<Value> {
    let mut values = single_values(one)?;
    values.append(&mut single_values(other)?);
    Some(json!({ "enum": values }))
}

/// What two schemas leave, where both exclude single values.
fn neither(one: &Value, other: &Value) -> Option<Value> {
    either(one.get("not")?, other.get("not")?).map(|excluded| json!({ "not": excluded }))
}

fn single_values(schema: &Value) -> Option<Vec<Value>> {
    match (schema.get("const"), schema.get("enum")) {
        (Some(value), None) => Some(vec![value.clone()]),
        (None, Some(Value::Array(values))) => Some(values.clone()),
        _ => None,
    }
}
