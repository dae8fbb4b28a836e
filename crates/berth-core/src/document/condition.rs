//! Conditions as people write them: data, not a language.
//!
//! `{ environment: { in: [production] }, features: { contains: gpu-access } }` holds when every
//! entry holds; `all`, `any` and `not` combine conditions. What they mean is in `crate::policy`.

use std::fmt;

use indexmap::IndexMap;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

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
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(transform = super::schema::one_key_of))]
#[serde(rename_all = "camelCase", expecting = "a test, such as `{ in: [production] }`")]
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

impl<'de> Deserialize<'de> for Condition {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ConditionVisitor)
    }
}

struct ConditionVisitor;

impl<'de> Visitor<'de> for ConditionVisitor {
    type Value = Condition;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a condition: `all`, `any`, `not`, or tests by parameter name")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Condition, A::Error> {
        let mut tests = FieldTests::new();
        let mut combined = None;
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "all" => combined = Some(Condition::All { all: map.next_value()? }),
                "any" => combined = Some(Condition::Any { any: map.next_value()? }),
                "not" => combined = Some(Condition::Not { not: map.next_value()? }),
                _ => {
                    tests.insert(key, map.next_value()?);
                    continue;
                }
            }
            if !tests.is_empty() || map.next_key::<String>()?.is_some() {
                return Err(A::Error::custom(format_args!(
                    "`{key}` must stand alone in its condition: put the other tests into its list"
                )));
            }
        }
        match combined {
            Some(condition) => Ok(condition),
            None if tests.is_empty() => Err(A::Error::custom("a condition needs at least one test")),
            None => Ok(Condition::Fields(tests)),
        }
    }
}
