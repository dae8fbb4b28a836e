//! What conditions may speak of, and how what people write becomes a compiled condition.

use serde_json::Value;

use super::{Check, Condition, look_up};
use crate::document::{self, Operator};
use crate::emit;
use crate::pattern::Pattern;
use crate::policy::field::{Field, FieldKind, Options};
use crate::policy::problems::Problems;
use crate::policy::slot::bit;
use crate::suggest;

/// What conditions may speak of.
pub(crate) struct Vocabulary<'a> {
    /// The parameters, in order.
    pub(crate) fields: &'a [Field],
    /// The `spec` of the platform document.
    pub(crate) platform: &'a Value,
}

impl Vocabulary<'_> {
    /// Compiles a condition; what is wrong with it goes to `problems`.
    pub(crate) fn compile(&self, condition: &document::Condition, problems: &mut Problems) -> Condition {
        let list = |key: &str, list: &[document::Condition], problems: &mut Problems| {
            problems.inside(key, |problems| {
                if list.is_empty() {
                    problems.add("there is no condition in the list", "write at least one");
                }
                list.iter()
                    .enumerate()
                    .map(|(index, one)| problems.inside(index, |problems| self.compile(one, problems)))
                    .collect()
            })
        };
        match condition {
            document::Condition::All { all } => Condition::all(list("all", all, problems)),
            document::Condition::Any { any } => Condition::any(list("any", any, problems)),
            document::Condition::Not { not } => {
                problems.inside("not", |problems| self.compile(not, problems)).negated()
            }
            document::Condition::Fields(tests) => Condition::all(
                tests
                    .iter()
                    .map(|(name, operator)| {
                        problems.inside(name, |problems| self.test(name, operator, problems))
                    })
                    .collect(),
            ),
        }
    }

    /// Compiles `when`: left out, it always holds.
    pub(crate) fn when(&self, condition: Option<&document::Condition>, problems: &mut Problems) -> Condition {
        match condition {
            None => Condition::Constant(true),
            Some(condition) => problems.inside("when", |problems| self.compile(condition, problems)),
        }
    }

    fn test(&self, name: &str, operator: &Operator, problems: &mut Problems) -> Condition {
        if let Some(path) = name.strip_prefix("platform.") {
            return self.constant(path, operator, problems);
        }
        let Some(field) = self.position(name, problems) else { return Condition::Constant(false) };
        let yes = |check| Condition::Test { field, check };
        match operator {
            Operator::Exists(wanted) => {
                let given = yes(Check::Given);
                if *wanted { given } else { given.negated() }
            }
            Operator::In(values) => problems.inside("in", |problems| self.one_of(field, values, problems)),
            Operator::NotIn(values) => {
                problems.inside("notIn", |problems| self.one_of(field, values, problems)).negated()
            }
            Operator::Contains(value) => {
                problems.inside("contains", |problems| self.contains(field, value, problems))
            }
            Operator::NotContains(value) => {
                problems.inside("notContains", |problems| self.contains(field, value, problems)).negated()
            }
            Operator::Matches(source) => {
                problems.inside("matches", |problems| self.matches(field, source, problems))
            }
            Operator::AtLeast(value) => {
                problems.inside("atLeast", |problems| self.ordered(field, value, true, problems))
            }
            Operator::AtMost(value) => {
                problems.inside("atMost", |problems| self.ordered(field, value, false, problems))
            }
            Operator::SameAs(other) => {
                problems.inside("sameAs", |problems| match self.texts(field, other, problems) {
                    Some(other) => yes(Check::SameAs(other)),
                    None => Condition::Constant(false),
                })
            }
            Operator::StartsWith(other) => {
                problems.inside("startsWith", |problems| match self.texts(field, other, problems) {
                    Some(other) => yes(Check::StartsWith(other)),
                    None => Condition::Constant(false),
                })
            }
        }
    }

    fn kind(&self, field: usize) -> Option<&FieldKind> {
        self.fields.get(field).map(|field| &field.kind)
    }

    fn position(&self, name: &str, problems: &mut Problems) -> Option<usize> {
        let found = self.fields.iter().position(|field| field.name == name);
        if found.is_none() {
            let names = self.fields.iter().map(|field| field.name.as_str());
            problems
                .add(format!("there is no parameter `{name}`"), suggest::hint(name, "parameters are", names));
        }
        found
    }

    fn one_of(&self, field: usize, values: &[Value], problems: &mut Problems) -> Condition {
        let yes = |check| Condition::Test { field, check };
        if values.is_empty() {
            problems.add("there is no value to compare with", "write at least one");
        }
        match self.kind(field) {
            Some(FieldKind::Choice(options)) => {
                let mut mask = 0;
                for (index, value) in values.iter().enumerate() {
                    problems.inside(index, |problems| {
                        match value.as_str().and_then(|text| options.position(text)) {
                            Some(position) => mask |= bit(position),
                            None => no_such_option(value, options, problems),
                        }
                    });
                }
                yes(Check::OneOf(mask))
            }
            Some(FieldKind::Text { .. }) => {
                let texts = values.iter().filter_map(Value::as_str).map(str::to_owned).collect::<Vec<_>>();
                if texts.len() != values.len() {
                    problems.add("a value is not text", "put quotes around it");
                }
                yes(Check::TextIn(texts))
            }
            Some(FieldKind::Integer { .. }) => Condition::any(
                values
                    .iter()
                    .filter_map(|value| {
                        let number = value.as_i64();
                        if number.is_none() {
                            problems.add(
                                format!("`{}` is not a whole number", emit::to_json(value)),
                                "the parameter takes whole numbers",
                            );
                        }
                        number.map(|number| yes(Check::Between(number, number)))
                    })
                    .collect(),
            ),
            Some(FieldKind::Boolean) => Condition::any(
                values
                    .iter()
                    .filter_map(|value| {
                        let given = value.as_bool();
                        if given.is_none() {
                            problems.add(
                                format!("`{}` is neither `true` nor `false`", emit::to_json(value)),
                                "the parameter takes only those",
                            );
                        }
                        given.map(|given| yes(Check::Is(given)))
                    })
                    .collect(),
            ),
            Some(FieldKind::Choices { .. }) | None => {
                problems.add("the parameter is a list", "use `contains` or `notContains`");
                Condition::Constant(false)
            }
        }
    }

    fn contains(&self, field: usize, value: &str, problems: &mut Problems) -> Condition {
        let Some(FieldKind::Choices { options, .. }) = self.kind(field) else {
            problems.add("the parameter is not a list", "use `in` or `notIn`");
            return Condition::Constant(false);
        };
        match options.position(value) {
            Some(position) => Condition::Test { field, check: Check::Has(bit(position)) },
            None => {
                no_such_option(&Value::from(value), options, problems);
                Condition::Constant(false)
            }
        }
    }

    fn matches(&self, field: usize, source: &str, problems: &mut Problems) -> Condition {
        if !matches!(self.kind(field), Some(FieldKind::Text { .. })) {
            problems.add("the parameter is not free text", "use `in` or `contains`");
            return Condition::Constant(false);
        }
        match Pattern::parse(source) {
            Ok(pattern) => Condition::Test { field, check: Check::Matches(Box::new(pattern)) },
            Err(error) => {
                problems.add(error.to_string(), error.hint());
                Condition::Constant(false)
            }
        }
    }

    fn ordered(&self, field: usize, value: &Value, at_least: bool, problems: &mut Problems) -> Condition {
        let yes = |check| Condition::Test { field, check };
        match (self.kind(field), value.as_str(), value.as_i64()) {
            (Some(FieldKind::Choice(options)), Some(text), _) => match options.position(text) {
                Some(position) => {
                    let from = !(bit(position) - 1);
                    yes(Check::OneOf(if at_least { from } else { !from | bit(position) }))
                }
                None => {
                    no_such_option(value, options, problems);
                    Condition::Constant(false)
                }
            },
            (Some(FieldKind::Integer { .. }), _, Some(number)) => yes(if at_least {
                Check::Between(number, i64::MAX)
            } else {
                Check::Between(i64::MIN, number)
            }),
            _ => {
                problems.add(
                    format!("`{}` has no order here", emit::to_json(value)),
                    "compare options of a table, or whole numbers",
                );
                Condition::Constant(false)
            }
        }
    }

    fn texts(&self, field: usize, other: &str, problems: &mut Problems) -> Option<usize> {
        let other = self.position(other, problems)?;
        let text = |field| matches!(self.kind(field), Some(FieldKind::Text { .. }));
        if text(field) && text(other) {
            return Some(other);
        }
        problems.add("both parameters must be free text", "compare options with `in`");
        None
    }

    /// A test of a constant of the platform holds always or never.
    fn constant(&self, path: &str, operator: &Operator, problems: &mut Problems) -> Condition {
        let found = look_up(self.platform, path);
        let is_in = |values: &[Value]| found.is_some_and(|found| values.contains(found));
        let contains = |value: &str| {
            found
                .and_then(Value::as_array)
                .is_some_and(|list| list.iter().any(|item| item.as_str() == Some(value)))
        };
        if found.is_none() && !matches!(operator, Operator::Exists(_)) {
            problems
                .add(format!("the platform document has no `{path}`"), "add it there, or ask with `exists`");
        }
        Condition::Constant(match operator {
            Operator::In(values) => is_in(values),
            Operator::NotIn(values) => !is_in(values),
            Operator::Contains(value) => contains(value),
            Operator::NotContains(value) => !contains(value),
            Operator::Exists(wanted) => found.is_some() == *wanted,
            _ => {
                problems.add(
                    "a constant of the platform can't be tested like this",
                    "use `in`, `notIn`, `contains`, `notContains` or `exists`",
                );
                false
            }
        })
    }
}
fn no_such_option(value: &Value, options: &Options, problems: &mut Problems) {
    let shown = value.as_str().map_or_else(|| emit::to_json(value), str::to_owned);
    problems
        .add(format!("there is no option `{shown}`"), suggest::hint(&shown, "options are", options.values()));
}
