//! Conditions as people write them: data, not a language.
//!
//! `{ environment: { in: [production] }, features: { contains: gpu-access } }` holds when every
//! entry holds; `all`, `any` and `not` combine conditions. What they mean is in `crate::policy`.

use indexmap::IndexMap;
use serde::Serialize;
use serde_json::Value;

use super::read::{Model, Node, Read, read_inside, unknown_key, wrong};

/// A condition over the parameters of a request and the constants of the platform.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum Condition {
    /// Every one holds.
    All {
        /// The conditions.
        all: Vec<Condition>,
    },
    /// At least one holds.
    Any {
        /// The conditions.
        any: Vec<Condition>,
    },
    /// It does not hold.
    Not {
        /// The condition.
        not: Box<Condition>,
    },
    /// Every test of every parameter holds.
    Fields(FieldTests),
}

/// Tests by parameter name, or by `platform.<path>` for a constant of the platform document.
pub type FieldTests = IndexMap<String, Operator>;

/// A test of one value. On a parameter that isn't there every test fails, but for `notIn`,
/// `notContains` and `exists: false`, which hold.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(transform = super::schema::one_key_of))]
#[serde(rename_all = "camelCase")]
pub enum Operator {
    /// The value is one of these.
    In(Vec<Value>),
    /// The value is none of these.
    NotIn(Vec<Value>),
    /// The list contains this option.
    Contains(String),
    /// The list does not contain this option.
    NotContains(String),
    /// The text matches this pattern.
    Matches(String),
    /// The parameter is given, or has a default.
    Exists(bool),
    /// The option stands at or after this one in its table; the number is at least this.
    AtLeast(Value),
    /// The option stands at or before this one in its table; the number is at most this.
    AtMost(Value),
    /// The text equals that of this parameter.
    SameAs(String),
    /// The text begins with that of this parameter.
    StartsWith(String),
}

impl Model for Condition {
    fn read(node: Node<'_>) -> Read<Self> {
        let entries = node.map_of("a condition: `all`, `any`, `not`, or tests by parameter name")?;
        let mut tests = FieldTests::with_capacity(entries.len());
        for (key, value) in entries {
            let combined = match key.as_str() {
                "all" => Self::All { all: read_inside(key, value)? },
                "any" => Self::Any { any: read_inside(key, value)? },
                "not" => Self::Not { not: read_inside(key, value)? },
                _ => {
                    tests.insert(key.clone(), read_inside(key, value)?);
                    continue;
                }
            };
            if entries.len() > 1 {
                return Err(wrong(format!(
                    "`{key}` must stand alone in its condition: put the other tests into its list"
                )));
            }
            return Ok(combined);
        }
        if tests.is_empty() {
            return Err(wrong("a condition needs at least one test"));
        }
        Ok(Self::Fields(tests))
    }
}

impl Operator {
    const KEYS: [&str; 10] = [
        "in",
        "notIn",
        "contains",
        "notContains",
        "matches",
        "exists",
        "atLeast",
        "atMost",
        "sameAs",
        "startsWith",
    ];
}

impl Model for Operator {
    fn read(node: Node<'_>) -> Read<Self> {
        let entries = node.map_of("a test, such as `{ in: [production] }`")?;
        let mut entries = entries.iter();
        let (Some((key, value)), None) = (entries.next(), entries.next()) else {
            return Err(wrong(format!("expected exactly one of `{}`", Self::KEYS.join("`, `"))));
        };
        Ok(match key.as_str() {
            "in" => Self::In(read_inside(key, value)?),
            "notIn" => Self::NotIn(read_inside(key, value)?),
            "contains" => Self::Contains(read_inside(key, value)?),
            "notContains" => Self::NotContains(read_inside(key, value)?),
            "matches" => Self::Matches(read_inside(key, value)?),
            "exists" => Self::Exists(read_inside(key, value)?),
            "atLeast" => Self::AtLeast(read_inside(key, value)?),
            "atMost" => Self::AtMost(read_inside(key, value)?),
            "sameAs" => Self::SameAs(read_inside(key, value)?),
            "startsWith" => Self::StartsWith(read_inside(key, value)?),
            _ => return Err(unknown_key(key, &Self::KEYS)),
        })
    }
}
