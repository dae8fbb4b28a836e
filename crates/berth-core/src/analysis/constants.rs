//! Is it the platform document that makes a condition never hold?
//!
//! A rule about a mesh that this platform doesn't have is no mistake. To tell, the condition is compiled again
//! with its tests of the platform answered in every other way.

use crate::document::{Condition, FieldTests, Operator};
use crate::policy::{self, Problems, Vocabulary};

use super::sites;

/// The most tests of the platform that are answered in every way: 64 ways.
const MOST_TESTS: usize = 6;

/// Does a condition test the platform document?
pub(super) fn tests_platform(condition: &Condition) -> bool {
    !platform_tests(&[condition]).is_empty()
}

/// Could `possible` be true, if the platform document were another one? It gets the conditions compiled.
pub(super) fn could_differ(
    vocabulary: &Vocabulary<'_>,
    conditions: &[&Condition],
    mut possible: impl FnMut(&[policy::Condition]) -> bool,
) -> bool {
    let tests = platform_tests(conditions);
    if tests.is_empty() {
        return false;
    }
    if tests.len() > MOST_TESTS {
        return true;
    }
    (0..1usize << tests.len()).any(|answers| {
        let holds = |name: &str, operator: &Operator| {
            let key = key(name, operator);
            tests.iter().position(|test| *test == key).is_some_and(|place| answers >> place & 1 == 1)
        };
        let compiled: Vec<policy::Condition> = conditions
            .iter()
            .map(|condition| vocabulary.compile(&answered(condition, &holds), &mut Problems::default()))
            .collect();
        possible(&compiled)
    })
}

/// The tests of the platform, each once.
fn platform_tests(conditions: &[&Condition]) -> Vec<String> {
    let mut found = Vec::new();
    for condition in conditions {
        sites::tests(condition, &mut |name, operator| {
            let key = key(name, operator);
            if is_constant(name) && !found.contains(&key) {
                found.push(key);
            }
        });
    }
    found
}

fn is_constant(name: &str) -> bool {
    name.starts_with("platform.")
}

fn key(name: &str, operator: &Operator) -> String {
    format!("{name} {}", serde_json::to_string(operator).unwrap_or_default())
}

/// The condition with every test of the platform answered.
fn answered(condition: &Condition, holds: &impl Fn(&str, &Operator) -> bool) -> Condition {
    let list = |list: &[Condition]| list.iter().map(|one| answered(one, holds)).collect();
    match condition {
        Condition::All { all } => Condition::All { all: list(all) },
        Condition::Any { any } => Condition::Any { any: list(any) },
        Condition::Not { not } => Condition::Not { not: Box::new(answered(not, holds)) },
        Condition::Fields(tests) => {
            let constant = |test: &(&String, &Operator)| is_constant(test.0);
            if tests.iter().filter(constant).any(|(name, operator)| !holds(name, operator)) {
                return Condition::Any { any: Vec::new() };
            }
            let rest = tests.iter().filter(|test| !constant(test));
            Condition::Fields(
                rest.map(|(name, operator)| (name.clone(), operator.clone())).collect::<FieldTests>(),
            )
        }
    }
}
