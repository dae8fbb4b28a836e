//! Anchored values and the copies that aliases make of them. A short text can ask for a huge value ("billion laughs"),
//! so every copy is counted before it is made, also the one that is kept for an anchor.

use std::collections::BTreeMap;

use serde_json::Value;

use super::YamlProblem;
use crate::input::error::Problem;
use crate::input::limits::{Budget, MAX_BYTES, MAX_DEPTH};

/// The anchored values of a text, by the ids that granit-parser gives to anchors; no two documents share one.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    values: BTreeMap<usize, Value>,
    /// Bytes of text in all copies.
    copied: usize,
}

impl Anchors {
    /// Keeps a copy of the value of an anchor.
    pub(super) fn keep(&mut self, anchor: usize, value: &Value, budget: &mut Budget) -> Result<(), Problem> {
        pay(&mut self.copied, &Size::of(value), budget)?;
        self.values.insert(anchor, value.clone());
        Ok(())
    }

    /// A copy of the value of an anchor, for an alias with `depth` lists and maps around it.
    pub(super) fn copy(
        &mut self,
        anchor: usize,
        alias: &str,
        depth: usize,
        budget: &mut Budget,
    ) -> Result<Value, Problem> {
        let Some(value) = self.values.get(&anchor) else {
            return Err(YamlProblem::AliasOfItself { alias: alias.to_owned() }.into());
        };
        let size = Size::of(value);
        if depth + size.depth > MAX_DEPTH {
            return Err(Problem::TooDeep);
        }
        pay(&mut self.copied, &size, budget)?;
        Ok(value.clone())
    }
}

fn pay(copied: &mut usize, size: &Size, budget: &mut Budget) -> Result<(), Problem> {
    budget.take(size.nodes)?;
    *copied += size.bytes;
    if *copied > MAX_BYTES { Err(YamlProblem::TooMuchCopied.into()) } else { Ok(()) }
}

/// What a copy of a value costs.
#[derive(Debug, Default)]
struct Size {
    nodes: usize,
    bytes: usize,
    /// Of lists and maps inside each other.
    depth: usize,
}

impl Size {
    fn of(value: &Value) -> Self {
        let mut size = Self { nodes: 1, ..Self::default() };
        match value {
            Value::String(text) => size.bytes = text.len(),
            Value::Array(items) => items.iter().for_each(|item| size.hold(item)),
            Value::Object(entries) => {
                for (key, value) in entries {
                    size.bytes += key.len();
                    size.hold(value);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
        if value.is_array() || value.is_object() {
            size.depth += 1;
        }
        size
    }

    fn hold(&mut self, part: &Value) {
        let part = Self::of(part);
        self.nodes += part.nodes;
        self.bytes += part.bytes;
        self.depth = self.depth.max(part.depth);
    }
}
