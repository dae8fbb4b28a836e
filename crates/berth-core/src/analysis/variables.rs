//! The parameters of a blueprint as variables with few values: an option each, numbers around every boundary,
//! a text for every outcome of the tests. A list is a variable for each of its options.

use serde_json::{Map, Value};

use crate::decide::check_value;
use crate::policy::{Blueprint, Check, Condition, Field, FieldKind, Platform, Slot, bit};

use super::formula::{Formula, IN, OUT, Values, left_of, lowest, places};
use super::mentions::Mentions;
use super::samples;

/// Stands for all values that no other value of the variable stands for; every test of it may hold or not.
pub(super) const OTHER: Values = 1 << 127;
/// The most values of a variable, besides [`OTHER`].
const MOST_VALUES: usize = 127;

/// A variable.
#[derive(Clone, Debug)]
pub(super) struct Variable {
    /// The parameter that it belongs to.
    pub(super) field: usize,
    /// What it says of the parameter.
    pub(super) role: Role,
    /// The values that it can have, without [`OTHER`].
    pub(super) values: Values,
    /// The value of a request that says nothing about it.
    pub(super) preferred: Values,
    /// Are there values that none of these stands for?
    pub(super) open: bool,
}

/// What a variable says of its parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Its value; the bits are places in [`FieldValues::values`].
    Value,
    /// Is the list given?
    Given,
    /// Is this option among the chosen ones?
    Option(usize),
}

/// The variables of a parameter.
#[derive(Clone, Debug)]
pub(super) struct FieldValues {
    /// The first of them.
    pub(super) first: usize,
    /// What the values stand for; `None` is a parameter that is left out.
    pub(super) values: Vec<Option<Value>>,
}

/// All variables of a blueprint.
#[derive(Debug)]
pub(super) struct Variables<'a> {
    pub(super) blueprint: &'a Blueprint,
    pub(super) all: Vec<Variable>,
    pub(super) fields: Vec<FieldValues>,
    /// What holds of the variables of one parameter, whatever the rules say.
    pub(super) shape: Vec<Formula>,
}

impl<'a> Variables<'a> {
    /// Of a blueprint, whose conditions ask what `mentions` holds.
    pub(super) fn new(blueprint: &'a Blueprint, platform: &Platform, mentions: &[Mentions]) -> Self {
        let samples = samples::of(blueprint, platform, mentions);
        let mut variables = Self { blueprint, all: Vec::new(), fields: Vec::new(), shape: Vec::new() };
        for (place, (field, samples)) in blueprint.fields.iter().zip(samples).enumerate() {
            variables.add(place, field, samples);
        }
        variables
    }

    fn add(&mut self, place: usize, field: &Field, samples: samples::Samples) {
        if let FieldKind::Choices { options, unique, min, max } = &field.kind {
            let possible = *min <= max.unwrap_or(usize::MAX) && (*min <= options.list.len() || !*unique);
            self.add_list(place, field, options.list.len(), possible);
            if possible {
                self.bound(place, options.list.len(), if *unique { *min } else { (*min).min(1) }, *max);
            }
            return;
        }
        let mut values: Vec<Option<Value>> = samples.values.into_iter().map(Some).collect();
        match values.iter().position(|value| *value == field.default) {
            Some(default) => values.swap(0, default),
            None if field.default.is_none() && !field.parameter.required => values.insert(0, None),
            None => {}
        }
        let open = !samples.complete || values.len() > MOST_VALUES;
        values.truncate(MOST_VALUES);
        let all = if values.is_empty() { 0 } else { Values::MAX >> (128 - values.len()) };
        self.fields.push(FieldValues { first: self.all.len(), values });
        self.all.push(Variable { field: place, role: Role::Value, values: all, preferred: 1, open });
    }

    /// A list: is it given, and which options are in it?
    fn add_list(&mut self, place: usize, field: &Field, options: usize, possible: bool) {
        self.fields.push(FieldValues { first: self.all.len(), values: Vec::new() });
        let given = match (&field.default, field.parameter.required, possible) {
            (Some(_), ..) | (None, true, true) => IN,
            (None, true, false) => 0,
            (None, false, true) => IN | OUT,
            (None, false, false) => OUT,
        };
        let preferred = lowest(given);
        let variable =
            |role, values, preferred| Variable { field: place, role, values, preferred, open: false };
        self.all.push(variable(Role::Given, given, preferred));
        let default = self.default_bits(place);
        for option in 0..options {
            let preferred = if default & bit(option) == 0 { OUT } else { IN };
            let values = if possible { IN | OUT } else { OUT };
            self.all.push(variable(Role::Option(option), values, preferred));
        }
    }

    /// A list that isn't given holds nothing; one that is given has so many options.
    fn bound(&mut self, place: usize, options: usize, at_least: usize, at_most: Option<usize>) {
        let Some(first) = self.fields.get(place).map(|field| field.first) else { return };
        let variables: Vec<usize> = (first + 1..=first + options).collect();
        let bounds = (at_least > 0 || at_most.is_some_and(|most| most < options)).then(|| Formula::Count {
            variables: variables.clone(),
            at_least,
            at_most: at_most.unwrap_or(options),
        });
        if self.all.get(first).is_some_and(|given| given.values & OUT != 0) {
            let nothing = variables.iter().map(|variable| Formula::Is { variable: *variable, values: OUT });
            let absent = Formula::Is { variable: first, values: OUT };
            let nothing: Vec<Formula> = nothing.chain([absent]).collect();
            let given = [Formula::Is { variable: first, values: IN }].into_iter().chain(bounds).collect();
            self.shape.push(Formula::any(vec![Formula::all(given), Formula::all(nothing)]));
        } else {
            self.shape.extend(bounds);
        }
    }

    /// The options of a list's default, a bit each.
    fn default_bits(&self, place: usize) -> u64 {
        let field = self.blueprint.fields.get(place);
        let slot = field.and_then(|field| Some(check_value(field, field.default.as_ref()?, None).slot));
        if let Some(Slot::Choices(bits)) = slot { bits } else { 0 }
    }

    /// The variable of a parameter's value; of a list, whether it is given.
    pub(super) fn of_field(&self, place: usize) -> usize {
        self.fields.get(place).map_or(usize::MAX, |field| field.first)
    }

    /// That an option is chosen.
    pub(super) fn chosen(&self, place: usize, option: usize) -> Formula {
        let variable = self.of_field(place);
        match self.blueprint.fields.get(place).map(|field| &field.kind) {
            Some(FieldKind::Choices { .. }) => Formula::Is { variable: variable + 1 + option, values: IN },
            Some(FieldKind::Choice(options)) => {
                let wanted = options.list.get(option).map(|choice| choice.value.as_str());
                self.has_value(place, |value| wanted.is_some() && value.and_then(Value::as_str) == wanted)
            }
            _ => Formula::Constant(false),
        }
    }

    /// That a parameter, no list, has one of these values.
    pub(super) fn has_value(&self, place: usize, wanted: impl Fn(Option<&Value>) -> bool) -> Formula {
        let values = self.fields.get(place).map_or(&[][..], |field| &field.values);
        let values = values
            .iter()
            .enumerate()
            .filter(|(_, value)| wanted(value.as_ref()))
            .fold(0, |all, (place, _)| all | (1 << place));
        Formula::Is { variable: self.of_field(place), values }
    }

    /// That a parameter has its default; one without has any value.
    pub(super) fn is_default(&self, place: usize) -> Formula {
        let Some(default) = self.blueprint.fields.get(place).and_then(|field| field.default.as_ref()) else {
            return Formula::Constant(true);
        };
        if !default.is_array() {
            return self.has_value(place, |value| value == Some(default));
        }
        let of_field = self.all.iter().enumerate().filter(|(_, variable)| variable.field == place);
        Formula::all(
            of_field
                .map(|(number, variable)| Formula::Is { variable: number, values: variable.preferred })
                .collect(),
        )
    }

    /// That a condition holds, or that it doesn't.
    pub(super) fn formula(&self, condition: &Condition, holds: bool) -> Formula {
        let list = |list: &[Condition]| list.iter().map(|one| self.formula(one, holds)).collect();
        match condition {
            Condition::Constant(value) => Formula::Constant(*value == holds),
            Condition::All(parts) if holds => Formula::all(list(parts)),
            Condition::Any(parts) if !holds => Formula::all(list(parts)),
            Condition::All(parts) | Condition::Any(parts) => Formula::any(list(parts)),
            Condition::Not(inner) => self.formula(inner, !holds),
            Condition::Test { field, check } => self.test(condition, *field, check, holds),
        }
    }

    fn test(&self, condition: &Condition, place: usize, check: &Check, holds: bool) -> Formula {
        let variable = self.of_field(place);
        if let Some(FieldKind::Choices { options, .. }) =
            self.blueprint.fields.get(place).map(|field| &field.kind)
        {
            let side = if holds { IN } else { OUT };
            return match check {
                Check::Given => Formula::Is { variable, values: side },
                Check::Has(mask) => {
                    let wanted = (0..options.list.len()).filter(|option| mask & bit(*option) != 0);
                    let parts =
                        wanted.map(|option| Formula::Is { variable: variable + 1 + option, values: side });
                    if holds { Formula::any(parts.collect()) } else { Formula::all(parts.collect()) }
                }
                _ => Formula::Constant(!holds),
            };
        }
        match check {
            Check::SameAs(other) | Check::StartsWith(other) if *other != place => {
                self.relation(condition, place, *other, holds)
            }
            _ => {
                let given = matches!(check, Check::Given);
                let values = self.judged(place, |slot| self.holds(condition, &[(place, slot)]) == holds);
                let other = if self.is_open(place) && (holds || !given) { OTHER } else { 0 };
                Formula::Is { variable, values: values | other }
            }
        }
    }

    /// How two texts must be for a comparison to hold, or not to.
    fn relation(&self, condition: &Condition, left: usize, right: usize, holds: bool) -> Formula {
        let fits =
            |here: Slot<'_>, there: Slot<'_>| self.holds(condition, &[(left, here), (right, there)]) == holds;
        let other = |place, values: Values| if self.is_open(place) { values | OTHER } else { values };
        let given = self.judged(right, |slot| !holds || slot != Slot::Absent);
        let mut rows: Vec<Values> = self
            .slots(left)
            .map(|here| match here {
                Slot::Absent if holds => 0,
                _ => other(right, self.judged(right, |there| fits(here, there))),
            })
            .collect();
        rows.resize(MOST_VALUES, 0);
        rows.push(other(right, given));
        Formula::Pair { left: self.of_field(left), right: self.of_field(right), rows }
    }

    fn holds(&self, condition: &Condition, given: &[(usize, Slot<'_>)]) -> bool {
        let mut slots = vec![Slot::Absent; self.blueprint.fields.len()];
        for (place, slot) in given {
            if let Some(at) = slots.get_mut(*place) {
                *at = *slot;
            }
        }
        condition.holds(&slots)
    }

    fn is_open(&self, place: usize) -> bool {
        self.all.get(self.of_field(place)).is_some_and(|variable| variable.open)
    }

    fn slots(&self, place: usize) -> impl Iterator<Item = Slot<'_>> {
        let field = self.blueprint.fields.get(place);
        let values = self.fields.get(place).map_or(&[][..], |field| &field.values);
        values.iter().map(move |value| match (field, value) {
            (Some(field), Some(value)) => check_value(field, value, None).slot,
            _ => Slot::Absent,
        })
    }

    fn judged(&self, place: usize, wanted: impl Fn(Slot<'_>) -> bool) -> Values {
        let slots = self.slots(place).enumerate();
        slots.filter(|(_, slot)| wanted(*slot)).fold(0, |all, (place, _)| all | (1 << place))
    }

    /// The parameters of a request, from one value for each variable; what a form fills in is left out.
    pub(super) fn parameters(&self, picks: &[Values]) -> Map<String, Value> {
        let mut parameters = Map::new();
        for (place, (field, values)) in self.blueprint.fields.iter().zip(&self.fields).enumerate() {
            let picked = left_of(picks, values.first);
            let value = match &field.kind {
                FieldKind::Choices { options, min, .. } if picked == IN => {
                    let chosen = |option: &usize| left_of(picks, values.first + 1 + option) == IN;
                    let bits =
                        (0..options.list.len()).filter(chosen).fold(0, |all, option| all | bit(option));
                    let list = options.values().enumerate().filter(|(option, _)| bits & bit(*option) != 0);
                    let mut list: Vec<Value> = list.map(|(_, value)| value.into()).collect();
                    if let Some(last) = list.last().cloned() {
                        list.resize(list.len().max(*min), last);
                    }
                    let is_default = field.default.is_some() && bits == self.default_bits(place);
                    (!is_default).then_some(Value::Array(list))
                }
                FieldKind::Choices { .. } => None,
                _ => places(picked)
                    .next()
                    .and_then(|place| values.values.get(place).cloned().flatten())
                    .filter(|value| field.default.as_ref() != Some(value)),
            };
            if let Some(value) = value {
                parameters.insert(field.name.clone(), value);
            }
        }
        parameters
    }
}
