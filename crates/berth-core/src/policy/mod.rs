//! The documents, checked and compiled: what every decision, plan and rendering reads.

mod blueprint;
mod compile;
mod condition;
mod describe;
mod field;
mod platform;
mod problems;
mod slot;
mod steps;

pub(crate) use blueprint::{Blueprint, Rule};
#[cfg(feature = "schema")]
pub(crate) use compile::TAKEN_PARAMETERS;
pub(crate) use compile::compile_blueprint;
pub(crate) use condition::{Check, Condition, Vocabulary, look_up};
pub(crate) use field::{Choice, Field, FieldKind, Options};
pub(crate) use platform::{Platform, RESERVED_BY_THE_API, ResolvedTeam};
pub(crate) use problems::Problems;
#[cfg(feature = "schema")]
pub(crate) use slot::MOST;
pub(crate) use slot::{Slot, bit};
pub(crate) use steps::{ObjectTemplate, OutsidePlace, Step};

use serde_json::Value;

use crate::document::Row;

/// The value at a dotted path of a row.
pub(crate) fn look_up_in<'r>(row: &'r Row, path: &str) -> Option<&'r Value> {
    row.get(path).or_else(|| {
        let (column, rest) = path.split_once('.')?;
        look_up(row.get(column)?, rest)
    })
}
