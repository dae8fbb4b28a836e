//! Reads the parameters of a request into slots, with defaults, and says what is wrong with each.

use std::borrow::Cow;

use serde_json::Value;

use super::{Violation, check_value};
use crate::policy::{Blueprint, Slot};
use crate::request::Request;

/// The parameters, in the order of the blueprint.
pub(super) struct Read<'a> {
    pub(super) slots: Vec<Slot<'a>>,
    pub(super) values: Vec<Option<&'a Value>>,
}

impl<'a> Read<'a> {
    /// The text of a parameter, or nothing: what is invalid has its violation already.
    pub(super) fn text(&self, field: usize) -> &'a str {
        match (self.slots.get(field), self.values.get(field)) {
            (Some(Slot::Text(_) | Slot::Choice(_)), Some(Some(Value::String(text)))) => text,
            _ => "",
        }
    }
}

/// Reads every parameter; a missing one takes its default.
pub(super) fn read<'a>(
    blueprint: &'a Blueprint,
    request: Request<'a>,
    now: Option<i64>,
    violations: &mut Vec<Violation<'a>>,
) -> Read<'a> {
    let mut slots = Vec::with_capacity(blueprint.fields.len());
    let (mut values, known) = given(blueprint, request);
    for (index, (field, value)) in blueprint.fields.iter().zip(&mut values).enumerate() {
        *value = value.or(field.default.as_ref());
        let Some(value) = *value else {
            if field.parameter.required {
                violations.push(
                    Violation::new("required", format!("`{}` is missing", field.name))
                        .at(pointer(blueprint, request.wrapped, index))
                        .hint(format!("add `{}`", field.name)),
                );
            }
            slots.push(Slot::Absent);
            continue;
        };
        let checked = check_value(field, value, now);
        let slot = if checked.violations.is_empty() { checked.slot } else { Slot::Invalid };
        violations.extend(checked.violations.into_iter().map(|violation| {
            let path = pointer(blueprint, request.wrapped, index);
            let path =
                if violation.path.is_empty() { path } else { format!("{path}{}", violation.path).into() };
            violation.at(path)
        }));
        slots.push(slot);
    }
    if known < request.parameters.len() {
        unknown_keys(blueprint, request, violations);
    }
    Read { slots, values }
}

/// What the request gives, in the order of the blueprint, and how many of its keys are parameters.
/// Requests mostly keep that order, so each key is looked for where the last one was found: without a hash.
fn given<'a>(blueprint: &'a Blueprint, request: Request<'a>) -> (Vec<Option<&'a Value>>, usize) {
    let mut values = vec![None; blueprint.fields.len()];
    let (mut known, mut next) = (0, 0);
    for (key, value) in request.parameters {
        let from_here = blueprint.fields.iter().enumerate().skip(next);
        let mut places = from_here.chain(blueprint.fields.iter().enumerate().take(next));
        if let Some((place, _)) = places.find(|(_, field)| field.name == *key)
            && let Some(slot) = values.get_mut(place)
        {
            *slot = Some(value);
            known += 1;
            next = place + 1;
        }
    }
    (values, known)
}

/// The pointer of a parameter in the request as it came.
pub(super) fn pointer(blueprint: &Blueprint, wrapped: bool, field: usize) -> Cow<'_, str> {
    let pointer = blueprint.fields.get(field).map_or("", |field| field.pointer.as_str());
    if wrapped { format!("/parameters{pointer}").into() } else { pointer.into() }
}

/// Keys that are no parameter, in alphabetical order: the order in which they came means nothing.
fn unknown_keys<'a>(blueprint: &'a Blueprint, request: Request<'a>, violations: &mut Vec<Violation<'a>>) {
    let mut keys: Vec<&String> =
        request.parameters.keys().filter(|key| blueprint.position(key).is_none()).collect();
    keys.sort();
    for key in keys {
        let names = blueprint.fields.iter().map(|field| field.name.as_str());
        let hint = crate::suggest::hint(key, "parameters are", names);
        let prefix = if request.wrapped { "/parameters" } else { "" };
        violations.push(
            Violation::new("unknown-field", format!("there is no parameter `{}`", crate::text::excerpt(key)))
                .at(format!("{prefix}{}", crate::text::pointer(key)))
                .hint(hint),
        );
    }
}
