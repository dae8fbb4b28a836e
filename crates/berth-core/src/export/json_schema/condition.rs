//! A compiled condition as a JSON Schema over the map of parameters.
//!
//! Conditions see defaults, a schema sees what was written: a test of a parameter that is left out has a known
//! outcome, that of its default, and the schema says `required` where that outcome is "does not hold". Negation is
//! pushed down to the tests, so that an editor can name the options that are left.

use serde_json::{Map, Value, json};

use super::schema::Schema;
use crate::policy::{Check, Condition, Field, Options, Slot, bit};

/// Turns conditions over some parameters into schemas.
pub(super) struct Conditions<'a> {
    fields: &'a [Field],
    defaults: Vec<Slot<'a>>,
}

impl<'a> Conditions<'a> {
    /// Conditions over these parameters.
    pub(super) fn new(fields: &'a [Field]) -> Self {
        let default = |field: &'a Field| match &field.default {
            Some(default) => crate::decide::check_value(field, default, None).slot,
            None => Slot::Absent,
        };
        Self { fields, defaults: fields.iter().map(default).collect() }
    }

    /// The schema of the maps for which the condition holds, among those with valid values and with every required
    /// parameter that the condition looks at. `None` when a schema can't say it.
    pub(super) fn schema(&self, condition: &Condition) -> Option<Schema> {
        self.translate(condition, true)
    }

    fn translate(&self, condition: &Condition, wanted: bool) -> Option<Schema> {
        let list = |list: &[Condition]| {
            list.iter().map(|one| self.translate(one, wanted)).collect::<Option<Vec<_>>>()
        };
        match condition {
            Condition::Constant(value) => Some(Schema::Constant(*value == wanted)),
            Condition::Not(inner) => self.translate(inner, !wanted),
            Condition::All(conditions) if wanted => list(conditions).map(Schema::all),
            Condition::Any(conditions) if !wanted => list(conditions).map(Schema::all),
            Condition::All(conditions) | Condition::Any(conditions) => list(conditions).map(Schema::any),
            Condition::Test { field, check } => self.test(condition, *field, check, wanted),
        }
    }

    fn test(&self, test: &Condition, field: usize, check: &Check, wanted: bool) -> Option<Schema> {
        let field = self.fields.get(field)?;
        let value = value(field, check, wanted)?;
        let may_be_left_out = field.must_be_given() || test.holds(&self.defaults) == wanted;
        if may_be_left_out && value == Value::Bool(true) {
            return Some(Schema::Constant(true));
        }
        let name = &field.name;
        Some(Schema::Tests {
            properties: Map::from_iter([(name.clone(), value)]),
            required: if may_be_left_out { Vec::new() } else { vec![name.as_str().into()] },
        })
    }
}

/// The schema of the values for which the check holds, among the valid ones.
fn value(field: &Field, check: &Check, wanted: bool) -> Option<Value> {
    let judged = |holds: Value| if wanted { holds } else { json!({ "not": holds }) };
    Some(match check {
        Check::Given => Value::Bool(wanted),
        Check::OneOf(mask) => one_of(&chosen(field.options()?, *mask, wanted)),
        Check::Has(mask) if wanted => {
            json!({ "type": "array", "contains": one_of(&chosen(field.options()?, *mask, true)) })
        }
        Check::Has(mask) => {
            json!({ "type": "array", "items": one_of(&chosen(field.options()?, *mask, false)) })
        }
        Check::TextIn(texts) => judged(one_of(&texts.iter().map(String::as_str).collect::<Vec<_>>())),
        Check::Matches(pattern) => judged(json!({ "type": "string", "pattern": pattern.source() })),
        Check::Between(low, high) if low == high => judged(json!({ "const": low })),
        Check::Between(i64::MIN, high) if wanted => json!({ "type": "integer", "maximum": high }),
        Check::Between(i64::MIN, high) => json!({ "type": "integer", "exclusiveMinimum": high }),
        Check::Between(low, i64::MAX) if wanted => json!({ "type": "integer", "minimum": low }),
        Check::Between(low, i64::MAX) => json!({ "type": "integer", "exclusiveMaximum": low }),
        Check::Between(low, high) => judged(json!({ "type": "integer", "minimum": low, "maximum": high })),
        Check::Is(value) => json!({ "const": *value == wanted }),
        Check::SameAs(_) | Check::StartsWith(_) => return None,
    })
}

/// The options with a bit in the mask, or those without.
fn chosen(options: &Options, mask: u64, wanted: bool) -> Vec<&str> {
    let values = options.values().enumerate();
    values.filter(|(index, _)| (mask & bit(*index) != 0) == wanted).map(|(_, value)| value).collect()
}

/// One of some texts. Validators refuse an empty `enum`.
fn one_of(values: &[&str]) -> Value {
    match values {
        [] => Value::Bool(false),
        [value] => json!({ "const": value }),
        values => json!({ "enum": values }),
    }
}
