//! What the conditions of a blueprint ask of a parameter: the texts, patterns and numbers that tell values apart.

use serde_json::Value;

use crate::document::Operator;
use crate::pattern::Pattern;
use crate::policy::Field;

use super::sites::{self, Site};

/// What conditions ask of one parameter.
#[derive(Clone, Debug, Default)]
pub(super) struct Mentions {
    /// Is it mentioned at all?
    pub(super) any: bool,
    /// Texts that it is compared with.
    pub(super) words: Vec<String>,
    /// Patterns that it is matched with.
    pub(super) patterns: Vec<Pattern>,
    /// Numbers where the answer of a test may change: `n` stands for a change between `n - 1` and `n`.
    pub(super) steps: Vec<i64>,
    /// Other parameters that it is compared with.
    pub(super) related: Vec<Relation>,
}

/// A comparison with another parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relation {
    SameAs(usize),
    StartsWith(usize),
    /// The other one starts with this one.
    StartOf(usize),
}

/// What all conditions ask, parameter by parameter.
pub(super) fn collect(fields: &[Field], sites: &[Site<'_>]) -> Vec<Mentions> {
    let mut all: Vec<Mentions> = fields.iter().map(|_| Mentions::default()).collect();
    let position = |name: &str| fields.iter().position(|field| field.name == name);
    for site in sites {
        sites::tests(&site.written, &mut |name, operator| {
            let Some(place) = position(name) else { return };
            let other = match operator {
                Operator::SameAs(other) => {
                    position(other).map(|other| (other, Relation::SameAs(other), Relation::SameAs(place)))
                }
                Operator::StartsWith(other) => position(other)
                    .map(|other| (other, Relation::StartsWith(other), Relation::StartOf(place))),
                _ => None,
            };
            if let Some(mentions) = all.get_mut(place) {
                mentions.add(operator);
                mentions
                    .related
                    .extend(other.filter(|(other, ..)| *other != place).map(|(_, relation, _)| relation));
            }
            if let Some((other, _, relation)) = other
                && let Some(mentions) = all.get_mut(other)
                && other != place
            {
                mentions.any = true;
                mentions.related.push(relation);
            }
        });
    }
    all
}

impl Mentions {
    fn add(&mut self, operator: &Operator) {
        self.any = true;
        match operator {
            Operator::In(values) | Operator::NotIn(values) => {
                self.words.extend(values.iter().filter_map(Value::as_str).map(str::to_owned));
                let numbers = values.iter().filter_map(Value::as_i64);
                self.steps.extend(numbers.flat_map(|number| [number, number.saturating_add(1)]));
            }
            Operator::Matches(source) => self.patterns.extend(Pattern::parse(source)),
            Operator::AtLeast(value) => self.steps.extend(value.as_i64()),
            Operator::AtMost(value) => {
                self.steps.extend(value.as_i64().map(|number| number.saturating_add(1)));
            }
            _ => {}
        }
    }
}
