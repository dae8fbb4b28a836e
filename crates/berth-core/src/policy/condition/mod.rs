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

#[cfg(test)]
#[cfg(feature = "yaml")]
mod tests {
    use crate::Context;
    use crate::testing::{berth, blueprint, compile, platform, request};

    /// Does the condition hold for a request with these parameters?
    fn holds(condition: &str, parameters: &str) -> bool {
        let berth = berth(
            r"
size: { type: string, enum: [micro, small, large] }
features: { type: array, enum: [backup, gpu], uniqueItems: true }
replicas: { type: integer }
public: { type: boolean }
owner: { type: string }
",
            &format!("rules: [{{ id: holds, require: {condition}, message: it does not hold }}]"),
        );
        let request = request(parameters);
        let decision = berth.decide(&request, &Context::UNKNOWN);
        assert!(decision.violations.iter().all(|violation| violation.code == "rule.holds"), "{decision:?}");
        decision.valid
    }

    #[test]
    fn every_test_says_yes_and_no() {
        for (condition, yes, no) in [
            ("{ size: { in: [micro, large] } }", "{ size: large }", "{ size: small }"),
            ("{ size: { notIn: [micro] } }", "{ size: small }", "{ size: micro }"),
            ("{ size: { atLeast: small } }", "{ size: large }", "{ size: micro }"),
            ("{ size: { atMost: small } }", "{ size: small }", "{ size: large }"),
            ("{ size: { exists: true } }", "{ size: micro }", "{}"),
            ("{ size: { exists: false } }", "{}", "{ size: micro }"),
            ("{ features: { contains: gpu } }", "{ features: [backup, gpu] }", "{ features: [backup] }"),
            ("{ features: { notContains: gpu } }", "{ features: [] }", "{ features: [gpu] }"),
            ("{ replicas: { atLeast: 3 } }", "{ replicas: 3 }", "{ replicas: 2 }"),
            ("{ replicas: { atMost: 3 } }", "{ replicas: 3 }", "{ replicas: 4 }"),
            ("{ replicas: { in: [1, 3] } }", "{ replicas: 3 }", "{ replicas: 2 }"),
            ("{ public: { in: [true] } }", "{ public: true }", "{ public: false }"),
            ("{ owner: { in: [ada] } }", "{ owner: ada }", "{ owner: bob }"),
            ("{ owner: { matches: '^[a-z]+$' } }", "{ owner: ada }", "{ owner: Ada }"),
            ("{ owner: { sameAs: team } }", "{ owner: payments }", "{ owner: platform }"),
            ("{ name: { startsWith: team } }", "{}", "{ team: checkout }"),
            (
                "{ all: [{ size: { in: [small] } }, { public: { in: [true] } }] }",
                "{ size: small, public: true }",
                "{ size: small }",
            ),
            (
                "{ any: [{ size: { in: [small] } }, { public: { in: [true] } }] }",
                "{ public: true }",
                "{ size: large, public: false }",
            ),
            ("{ not: { any: [{ size: { in: [small] } }] } }", "{ size: large }", "{ size: small }"),
            (
                "{ size: { in: [small] }, public: { in: [true] } }",
                "{ size: small, public: true }",
                "{ public: true }",
            ),
        ] {
            assert!(holds(condition, yes), "{condition} must hold for {yes}");
            assert!(!holds(condition, no), "{condition} must not hold for {no}");
        }
    }

    #[test]
    fn of_what_is_not_there_only_negations_hold() {
        for condition in [
            "{ size: { notIn: [micro] } }",
            "{ features: { notContains: gpu } }",
            "{ not: { replicas: { atLeast: 3 } } }",
        ] {
            assert!(holds(condition, "{}"), "{condition}");
        }
        for condition in
            ["{ size: { in: [micro] } }", "{ owner: { sameAs: team } }", "{ replicas: { atMost: 3 } }"]
        {
            assert!(!holds(condition, "{}"), "{condition}");
        }
    }

    #[test]
    fn constants_of_the_platform_are_known_when_the_document_is_loaded() {
        let rules = "rules: [{ id: no-mesh, when: { platform.settings.mesh.mode: { in: [none] } }, require: { team: { in: [platform] } }, message: m }]";
        let valid = |mode: &str| {
            let platform = platform(&[("/spec/settings/mesh/mode", mode.into())]);
            let berth = compile(&platform, &blueprint("{}", rules)).unwrap();
            berth.decide(&request("{}"), &Context::UNKNOWN).valid
        };
        assert!(valid("sidecar"));
        assert!(!valid("none"));
    }

    #[test]
    fn a_condition_that_can_not_mean_anything_is_refused_with_its_place() {
        for (condition, error) in [
            (
                "{ environment: { in: [prodution] } }",
                "blueprint:/spec/rules/0/require/environment/in/0: there is no option `prodution`; did you mean `production`?",
            ),
            (
                "{ enviroment: { in: [production] } }",
                "blueprint:/spec/rules/0/require/enviroment: there is no parameter `enviroment`; did you mean `environment`?",
            ),
            (
                "{ name: { contains: a } }",
                "blueprint:/spec/rules/0/require/name/contains: the parameter is not a list; use `in` or `notIn`",
            ),
            (
                "{ name: { atLeast: a } }",
                "blueprint:/spec/rules/0/require/name/atLeast: `\"a\"` has no order here; compare options of a table, or whole numbers",
            ),
            (
                "{ platform.settings.mash: { in: [a] } }",
                "blueprint:/spec/rules/0/require/platform.settings.mash: the platform document has no `settings.mash`; add it there, or ask with `exists`",
            ),
            (
                "{ all: [], name: { exists: true } }",
                "blueprint:/spec/rules/0/require: `all` must stand alone in its condition: put the other tests into its list",
            ),
            ("{}", "blueprint:/spec/rules/0/require: a condition needs at least one test"),
        ] {
            let rules = format!("rules: [{{ id: r, require: {condition}, message: m }}]");
            let errors = compile(&platform(&[]), &blueprint("{}", &rules)).unwrap_err();
            assert_eq!(errors, [error]);
        }
    }
}
