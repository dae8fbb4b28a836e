//! A compiled condition as CEL, with three values: what can't be known where the policy stands is neither yes nor no.

use super::{all, any};
use crate::policy::{Check, Condition};

/// How a parameter is tested; `None` where it can't be.
pub(in super::super) trait Tests {
    /// An expression for "the parameter is there, and the check holds".
    fn test(&self, field: usize, check: &Check) -> Option<String>;
}

/// Turns conditions into expressions.
pub(in super::super) struct Conditions<'t, T>(pub(in super::super) &'t T);

impl<T: Tests> Conditions<'_, T> {
    /// An expression for the condition; `None` when it can't be said.
    pub(in super::super) fn exact(&self, condition: &Condition) -> Option<String> {
        match condition {
            Condition::Constant(value) => Some(value.to_string()),
            Condition::All(list) => {
                Some(all(&list.iter().map(|one| self.exact(one)).collect::<Option<Vec<_>>>()?))
            }
            Condition::Any(list) => {
                Some(any(&list.iter().map(|one| self.exact(one)).collect::<Option<Vec<_>>>()?))
            }
            Condition::Not(inner) => self.exact(inner).map(|inner| format!("!({inner})")),
            Condition::Test { field, check } => self.0.test(*field, check),
        }
    }

    /// An expression that is false only where the condition certainly doesn't hold.
    pub(in super::super) fn possible(&self, condition: &Condition) -> String {
        self.bound(condition, true)
    }

    /// Without what is unknown: `upwards`, that counts as "it may hold", else as "it may not".
    fn bound(&self, condition: &Condition, upwards: bool) -> String {
        let list = |list: &[Condition]| list.iter().map(|one| self.bound(one, upwards)).collect::<Vec<_>>();
        match condition {
            Condition::Constant(value) => value.to_string(),
            Condition::All(conditions) => all(&list(conditions)),
            Condition::Any(conditions) => any(&list(conditions)),
            Condition::Not(inner) => format!("!({})", self.bound(inner, !upwards)),
            Condition::Test { field, check } => {
                self.0.test(*field, check).unwrap_or_else(|| upwards.to_string())
            }
        }
    }
}
