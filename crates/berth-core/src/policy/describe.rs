//! Conditions in words, for plans and findings.

use super::condition::{Check, Condition};
use super::field::Field;
use super::slot::bit;

impl Condition {
    /// The condition as a person would say it: `environment is production`.
    pub(crate) fn describe(&self, fields: &[Field]) -> String {
        match self {
            Self::Constant(true) => "always".to_owned(),
            Self::Constant(false) => "never".to_owned(),
            Self::All(list) => join(list, " and ", fields),
            Self::Any(list) => join(list, " or ", fields),
            Self::Not(inner) => match inner.as_ref() {
                Self::Test { field, check } => test(*field, check, true, fields),
                other => format!("not ({})", other.describe(fields)),
            },
            Self::Test { field, check } => test(*field, check, false, fields),
        }
    }
}

fn join(list: &[Condition], word: &str, fields: &[Field]) -> String {
    let say = |condition: &Condition| match condition {
        Condition::All(_) | Condition::Any(_) => format!("({})", condition.describe(fields)),
        other => other.describe(fields),
    };
    list.iter().map(say).collect::<Vec<_>>().join(word)
}

fn test(field: usize, check: &Check, negated: bool, fields: &[Field]) -> String {
    let name = |index: usize| fields.get(index).map_or("?", |field| field.name.as_str());
    let chosen = |mask: u64| {
        let options = fields.get(field).and_then(Field::options);
        let values = options.into_iter().flat_map(|options| options.values().enumerate());
        values
            .filter(|(index, _)| mask & bit(*index) != 0)
            .map(|(_, value)| value)
            .collect::<Vec<_>>()
            .join(" or ")
    };
    let not = if negated { "not " } else { "" };
    let subject = name(field);
    match check {
        Check::Given => format!("{subject} is {}", if negated { "not given" } else { "given" }),
        Check::OneOf(mask) => format!("{subject} is {not}{}", chosen(*mask)),
        Check::Has(mask) if negated => format!("{subject} does not contain {}", chosen(*mask)),
        Check::Has(mask) => format!("{subject} contains {}", chosen(*mask)),
        Check::TextIn(texts) => format!("{subject} is {not}{}", texts.join(" or ")),
        Check::Matches(pattern) if negated => format!("{subject} does not match {}", pattern.source()),
        Check::Matches(pattern) => format!("{subject} matches {}", pattern.source()),
        Check::Between(low, high) if low == high => format!("{subject} is {not}{low}"),
        Check::Between(i64::MIN, high) => format!("{subject} is {not}at most {high}"),
        Check::Between(low, _) => format!("{subject} is {not}at least {low}"),
        Check::Is(value) => format!("{subject} is {not}{value}"),
        Check::SameAs(other) => format!("{subject} is {not}the same as {}", name(*other)),
        Check::StartsWith(other) if negated => format!("{subject} does not start with {}", name(*other)),
        Check::StartsWith(other) => format!("{subject} starts with {}", name(*other)),
    }
}
