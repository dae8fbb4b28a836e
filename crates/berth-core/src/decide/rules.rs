//! Judges the rules of a blueprint.

use std::borrow::Cow;

use super::Violation;
use crate::policy::{Blueprint, Slot, bit};

/// Adds a violation for every rule that does not hold. A rule over a parameter that is itself
/// wrong stays silent: its author has enough to mend.
pub(super) fn judge<'a>(
    blueprint: &'a Blueprint,
    slots: &[Slot<'_>],
    path: impl Fn(usize) -> Cow<'a, str>,
    violations: &mut Vec<Violation<'a>>,
) {
    let invalid = invalid_fields(blueprint, slots);
    for rule in &blueprint.rules {
        if rule.fields & invalid == 0 && rule.when.holds(slots) && !rule.require.holds(slots) {
            violations.push(Violation {
                code: rule.code.as_str().into(),
                path: path(rule.at),
                message: rule.message.as_str().into(),
                hint: rule.hint.as_deref().map(Cow::Borrowed),
                severity: rule.severity,
            });
        }
    }
}

/// The parameters that are wrong, or that are needed and missing, a bit each.
pub(super) fn invalid_fields(blueprint: &Blueprint, slots: &[Slot<'_>]) -> u64 {
    blueprint.fields.iter().zip(slots).enumerate().fold(0, |mask, (index, (field, slot))| match slot {
        Slot::Invalid => mask | bit(index),
        Slot::Absent if field.parameter.required => mask | bit(index),
        _ => mask,
    })
}
