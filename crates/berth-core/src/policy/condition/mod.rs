//! Conditions, compiled: a small tree over numbered parameters that always terminates.
//!
//! This is the one evaluator. What else must agree with it (JSON Schema, admission policies) is
//! generated from the same tree.

mod vocabulary;

pub(crate) use vocabulary::Vocabulary;

use serde_json::Value;

use super::slot::{Slot, bit};
use crate::pattern::Pattern;

/// A condition over the parameters of a blueprint; constants of the platform are already folded in.
#[derive(Clone, Debug)]
pub(crate) enum Condition {
    /// Always, or never.
    Constant(bool),
    /// Every one holds.
    All(Vec<Condition>),
    /// At least one holds.
    Any(Vec<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
    /// The parameter is there, and the check holds.
    Test {
        /// Its place in the blueprint.
        field: usize,
        /// What is asked of it.
        check: Check,
    },
}

/// What is asked of a parameter that is there.
#[derive(Clone, Debug)]
pub(crate) enum Check {
    /// Nothing more.
    Given,
    /// The option is one of these bits.
    OneOf(u64),
    /// The options contain one of these bits.
    Has(u64),
    /// The text is one of these.
    TextIn(Vec<String>),
    /// The text matches.
    Matches(Box<Pattern>),
    /// The number lies between these, both included.
    Between(i64, i64),
    /// The boolean is this.
    Is(bool),
    /// The text is that of the other parameter.
    SameAs(usize),
    /// The text begins with that of the other parameter.
    StartsWith(usize),
}

impl Condition {
    /// Does it hold for these values?
    pub(crate) fn holds(&self, slots: &[Slot<'_>]) -> bool {
        match self {
            Self::Constant(value) => *value,
            Self::All(list) => list.iter().all(|condition| condition.holds(slots)),
            Self::Any(list) => list.iter().any(|condition| condition.holds(slots)),
            Self::Not(condition) => !condition.holds(slots),
            Self::Test { field, check } => check.holds(*field, slots),
        }
    }

    /// The parameters that it looks at, a bit each.
    pub(crate) fn fields(&self) -> u64 {
        match self {
            Self::Constant(_) => 0,
            Self::All(list) | Self::Any(list) => {
                list.iter().fold(0, |mask, condition| mask | condition.fields())
            }
            Self::Not(condition) => condition.fields(),
            Self::Test { field, check } => {
                let other = match check {
                    Check::SameAs(other) | Check::StartsWith(other) => bit(*other),
                    _ => 0,
                };
                bit(*field) | other
            }
        }
    }

    /// The first parameter that it looks at, as it was written.
    pub(crate) fn first_field(&self) -> Option<usize> {
        match self {
            Self::Constant(_) => None,
            Self::All(list) | Self::Any(list) => list.iter().find_map(Self::first_field),
            Self::Not(condition) => condition.first_field(),
            Self::Test { field, .. } => Some(*field),
        }
    }

    /// Every one holds; constants are folded.
    fn all(list: Vec<Self>) -> Self {
        let mut kept: Vec<Self> = Vec::with_capacity(list.len());
        for condition in list {
            match condition {
                Self::Constant(true) => {}
                Self::Constant(false) => return Self::Constant(false),
                other => kept.push(other),
            }
        }
        match kept.len() {
            0 => Self::Constant(true),
            1 => kept.pop().unwrap_or(Self::Constant(true)),
            _ => Self::All(kept),
        }
    }

    /// At least one holds; constants are folded.
    fn any(list: Vec<Self>) -> Self {
        match Self::all(list.into_iter().map(Self::negated).collect()) {
            Self::All(list) => Self::Any(list.into_iter().map(Self::negated).collect()),
            other => other.negated(),
        }
    }

    /// It does not hold; constants and double negations are folded.
    fn negated(self) -> Self {
        match self {
            Self::Constant(value) => Self::Constant(!value),
            Self::Not(inner) => *inner,
            other => Self::Not(Box::new(other)),
        }
    }
}

impl Check {
    fn holds(&self, field: usize, slots: &[Slot<'_>]) -> bool {
        let slot = |index: usize| slots.get(index).copied().unwrap_or(Slot::Absent);
        match (self, slot(field)) {
            (_, Slot::Absent | Slot::Invalid) => false,
            (Self::Given, _) => true,
            (Self::OneOf(mask), Slot::Choice(index)) => mask & bit(usize::from(index)) != 0,
            (Self::Has(mask), Slot::Choices(chosen)) => mask & chosen != 0,
            (Self::TextIn(texts), Slot::Text(text)) => texts.iter().any(|one| one == text),
            (Self::Matches(pattern), Slot::Text(text)) => pattern.matches(text),
            (Self::Between(low, high), Slot::Integer(number)) => (*low..=*high).contains(&number),
            (Self::Is(wanted), Slot::Boolean(value)) => *wanted == value,
            (Self::SameAs(other), Slot::Text(text)) => slot(*other) == Slot::Text(text),
            (Self::StartsWith(other), Slot::Text(text)) => {
                matches!(slot(*other), Slot::Text(start) if text.starts_with(start))
            }
            _ => false,
        }
    }
}

/// The value at a dotted path. Keys may hold dots themselves, so the longest key that fits wins.
pub(crate) fn look_up<'v>(value: &'v Value, path: &str) -> Option<&'v Value> {
    if path.is_empty() {
        return Some(value);
    }
    let entries = value.as_object()?;
    if let Some(found) = entries.get(path) {
        return Some(found);
    }
    path.match_indices('.').rev().find_map(|(at, _)| {
        let (key, rest) = path.split_at(at);
        look_up(entries.get(key)?, rest.strip_prefix('.')?)
    })
}
