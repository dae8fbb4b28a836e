//! Which options may still be chosen, given everything else in the request.

use indexmap::IndexMap;
use serde::Serialize;

use super::{Cost, Subject, change, rules};
use crate::document::Severity;
use crate::policy::{Choice, FieldKind, Rule, Slot, bit};
use crate::request::Context;

/// An option of a parameter, and whether it may be chosen.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct OptionState<'a> {
    /// As requests write it.
    pub value: &'a str,
    /// For people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<&'a str>,
    /// What it costs a month, in minor units.
    pub monthly_cost: i64,
    /// May it be chosen, with everything else as it is?
    pub allowed: bool,
    /// The code of what forbids it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<&'a str>,
    /// Why it may not be chosen, for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<std::borrow::Cow<'a, str>>,
}

/// Every option of every parameter. An option is forbidden by a rule whose `require` speaks of its
/// parameter; what the rule's `when` speaks of stays free, so that one can always change one's mind there.
pub(super) fn of<'a>(
    subject: &Subject<'a>,
    before: Option<&Subject<'a>>,
    context: &Context,
    cost: &Cost<'a>,
) -> IndexMap<&'a str, Vec<OptionState<'a>>> {
    let blueprint = subject.blueprint;
    let invalid = rules::invalid_fields(blueprint, &subject.slots);
    let remaining = cost.budget.and_then(|budget| budget.remaining);
    let standing = change::Against::new(subject, before, context);
    let mut trial = subject.slots.clone();
    let mut all = IndexMap::new();
    for (place, field) in blueprint.fields.iter().enumerate() {
        let Some(options) = field.options() else { continue };
        let now = subject.slots.get(place).copied().unwrap_or(Slot::Absent);
        let chosen_cost = match (&field.kind, now) {
            (FieldKind::Choice(_), Slot::Choice(index)) => {
                options.list.get(usize::from(index)).map_or(0, |choice| choice.monthly_cost)
            }
            _ => 0,
        };
        let states = options.list.iter().enumerate().map(|(index, choice)| {
            let (slot, more) = match (&field.kind, now) {
                (FieldKind::Choices { .. }, Slot::Choices(mask)) if mask & bit(index) != 0 => (now, 0),
                (FieldKind::Choices { .. }, Slot::Choices(mask)) => {
                    (Slot::Choices(mask | bit(index)), choice.monthly_cost)
                }
                (FieldKind::Choices { .. }, _) => (Slot::Choices(bit(index)), choice.monthly_cost),
                _ => {
                    (Slot::Choice(u8::try_from(index).unwrap_or(u8::MAX)), choice.monthly_cost - chosen_cost)
                }
            };
            let others = invalid & !bit(place);
            let broken = blueprint.rules.iter().find(|rule| {
                rule.severity == Severity::Error
                    && rule.require.fields() & bit(place) != 0
                    && rule.fields & others == 0
                    && to_blame(slot, index, |slot| breaks(rule, &mut trial, place, slot))
            });
            let beyond = remaining
                .map(|remaining| remaining.saturating_sub(more))
                .filter(|left| *left < 0 && more > 0)
                .filter(|_| cost.rises_to(cost.monthly.saturating_add(more)));
            let against = broken
                .map(|rule| (rule.code.as_str(), rule.message.as_str().into()))
                .or_else(|| standing.option(subject, place, slot))
                .or_else(|| {
                    let over = cost.amount(-beyond?);
                    Some(("over-budget", format!("it exceeds the budget of the team by {over}").into()))
                });
            state(choice, against)
        });
        all.insert(field.name.as_str(), states.collect());
    }
    all
}

/// Is a rule broken with this value of one parameter?
fn breaks<'r>(rule: &Rule, trial: &mut [Slot<'r>], place: usize, value: Slot<'r>) -> bool {
    let Some(at) = trial.get_mut(place) else { return false };
    let before = std::mem::replace(at, value);
    let broken = rule.when.holds(trial) && !rule.require.holds(trial);
    if let Some(at) = trial.get_mut(place) {
        *at = before;
    }
    broken
}

/// Does the option break the rule, and not another one of the same list?
fn to_blame<'r>(chosen: Slot<'r>, option: usize, mut breaks: impl FnMut(Slot<'r>) -> bool) -> bool {
    let Slot::Choices(mask) = chosen else { return breaks(chosen) };
    let alone = bit(option);
    breaks(chosen)
        && (!breaks(Slot::Choices(mask & !alone))
            || (breaks(Slot::Choices(alone)) && !breaks(Slot::Choices(0))))
}

fn state<'a>(choice: &'a Choice, against: Option<(&'a str, std::borrow::Cow<'a, str>)>) -> OptionState<'a> {
    let (code, reason) = against.unzip();
    OptionState {
        value: &choice.value,
        title: choice.title.as_deref(),
        monthly_cost: choice.monthly_cost,
        allowed: code.is_none(),
        code,
        reason,
    }
}
