//! A parameter, compiled: what it takes, and how its options are found.

use std::fmt::Display;

use serde_json::Value;

use super::problems::Problems;
use super::slot::MOST;
use crate::document::{FieldFormat, FieldType, Parameter, Row, Table};
use crate::pattern::{Pattern, Shape};

/// A parameter of a blueprint.
#[derive(Clone, Debug)]
pub(crate) struct Field {
    /// As requests write it.
    pub(crate) name: String,
    /// JSON pointer of the parameter in a flat request.
    pub(crate) pointer: String,
    /// What was written, for exports and forms.
    pub(crate) parameter: Parameter,
    /// What it takes.
    pub(crate) kind: FieldKind,
    /// The value when it isn't given.
    pub(crate) default: Option<Value>,
}

/// What a parameter takes.
#[derive(Clone, Debug)]
pub(crate) enum FieldKind {
    /// Free text; lengths count Unicode code points.
    Text {
        min: usize,
        max: Option<usize>,
        pattern: Option<Box<Pattern>>,
        format: Option<FieldFormat>,
        future: bool,
    },
    /// One of some options.
    Choice(Options),
    /// Some of some options.
    Choices { options: Options, unique: bool, min: usize, max: Option<usize> },
    /// A whole number.
    Integer { min: i64, max: i64 },
    /// `true` or `false`.
    Boolean,
}

/// The options of a parameter, in the order of their table; at most [`MOST`].
#[derive(Clone, Debug)]
pub(crate) struct Options {
    /// The options.
    pub(crate) list: Vec<Choice>,
}

/// An option.
#[derive(Clone, Debug)]
pub(crate) struct Choice {
    /// As requests write it.
    pub(crate) value: String,
    /// For people.
    pub(crate) title: Option<String>,
    /// Its row: empty for an option of an `enum`.
    pub(crate) row: Row,
    /// What it costs a month, in minor units.
    pub(crate) monthly_cost: i64,
}

impl Options {
    /// The place of an option.
    pub(crate) fn position(&self, value: &str) -> Option<usize> {
        self.list.iter().position(|choice| choice.value == value)
    }

    /// The values, in order.
    pub(crate) fn values(&self) -> impl Iterator<Item = &str> {
        self.list.iter().map(|choice| choice.value.as_str())
    }
}

impl Field {
    /// Is a request without it invalid?
    pub(crate) fn must_be_given(&self) -> bool {
        self.parameter.required && self.default.is_none()
    }

    /// What its text can be; `None` where that isn't known.
    pub(crate) fn shape(&self) -> Option<Shape> {
        let union = |texts: &mut dyn Iterator<Item = &str>| texts.map(Shape::of_literal).reduce(Shape::union);
        match &self.kind {
            FieldKind::Text { min, max, pattern: Some(pattern), .. } => {
                Some(pattern.shape().bounded(*min, *max))
            }
            FieldKind::Choice(options) => union(&mut options.values()),
            FieldKind::Boolean => union(&mut ["true", "false"].into_iter()),
            _ => None,
        }
    }

    /// The options, if it has any.
    pub(crate) fn options(&self) -> Option<&Options> {
        match &self.kind {
            FieldKind::Choice(options) | FieldKind::Choices { options, .. } => Some(options),
            _ => None,
        }
    }
}

/// Finds a table by the name that `optionsFrom` gives.
pub(crate) type FindTable<'a> = &'a dyn Fn(&str) -> Option<&'a Table>;

/// Compiles a parameter; `None` when something is wrong with it, which `problems` then says.
pub(crate) fn compile(
    name: &str,
    parameter: &Parameter,
    find: FindTable<'_>,
    problems: &mut Problems,
) -> Option<Field> {
    refuse_foreign_keys(parameter, problems);
    let kind = match parameter.field_type {
        FieldType::Boolean => FieldKind::Boolean,
        FieldType::Integer => {
            let (min, max) = (parameter.minimum.unwrap_or(-LARGEST), parameter.maximum.unwrap_or(LARGEST));
            check_bounds(("minimum", min), ("maximum", Some(max)), problems);
            FieldKind::Integer { min, max }
        }
        FieldType::String if has_options(parameter) => {
            FieldKind::Choice(compile_options(parameter, find, problems)?)
        }
        FieldType::String => compile_text(parameter, problems)?,
        FieldType::Array => compile_list(parameter, find, problems)?,
    };
    Some(Field {
        name: name.to_owned(),
        pointer: format!("/{}", name.replace('~', "~0").replace('/', "~1")),
        default: parameter.default.clone(),
        parameter: parameter.clone(),
        kind,
    })
}

/// 2^53 − 1: the largest integer that every JSON reader keeps.
pub(crate) const LARGEST: i64 = 9_007_199_254_740_991;

fn size(given: Option<u32>) -> Option<usize> {
    given.map(|number| usize::try_from(number).unwrap_or(usize::MAX))
}

fn has_options(parameter: &Parameter) -> bool {
    parameter.options.is_some() || parameter.options_from.is_some()
}

fn compile_text(parameter: &Parameter, problems: &mut Problems) -> Option<FieldKind> {
    let pattern = match &parameter.pattern {
        None => None,
        Some(source) => match Pattern::parse(source) {
            Ok(pattern) => Some(Box::new(pattern)),
            Err(error) => {
                problems.inside("pattern", |problems| problems.add(error.to_string(), error.hint()));
                return None;
            }
        },
    };
    let (min, max) = (size(parameter.min_length).unwrap_or(0), size(parameter.max_length));
    check_bounds(("minLength", min), ("maxLength", max), problems);
    Some(FieldKind::Text { min, max, pattern, format: parameter.format, future: parameter.future })
}

fn compile_list(parameter: &Parameter, find: FindTable<'_>, problems: &mut Problems) -> Option<FieldKind> {
    let options = compile_options(parameter, find, problems)?;
    let (min, max) = (size(parameter.min_items).unwrap_or(0), size(parameter.max_items));
    check_bounds(("minItems", min), ("maxItems", max), problems);
    if parameter.unique_items && min > options.list.len() {
        problems.add_at(
            "minItems",
            format!("{min} different items of {} options", options.list.len()),
            "write a smaller number",
        );
    }
    Some(FieldKind::Choices { options, unique: parameter.unique_items, min, max })
}

fn check_bounds<N: PartialOrd + Display>(
    (least, min): (&str, N),
    (most, max): (&str, Option<N>),
    problems: &mut Problems,
) {
    if let Some(max) = max
        && min > max
    {
        problems.add_at(least, format!("`{least}` {min} is more than `{most}` {max}"), "swap them");
    }
}

fn compile_options(parameter: &Parameter, find: FindTable<'_>, problems: &mut Problems) -> Option<Options> {
    let list: Vec<Choice> = match (&parameter.options, &parameter.options_from) {
        (Some(values), None) => values
            .iter()
            .enumerate()
            .inspect(|(index, value)| {
                if values.iter().take(*index).any(|other| other == *value) {
                    problems.inside("enum", |problems| {
                        problems.add_at(
                            index,
                            format!("the option `{value}` stands twice"),
                            "remove one of them",
                        );
                    });
                }
            })
            .map(|(_, value)| value)
            .map(|value| Choice { value: value.clone(), title: None, row: Row::new(), monthly_cost: 0 })
            .collect(),
        (None, Some(table)) => {
            let Some(rows) = find(table) else {
                problems.add_at(
                    "optionsFrom",
                    format!("there is no table `{table}`"),
                    "name a key of `tables`, `platform.environments` or `platform.clusters`",
                );
                return None;
            };
            rows.iter().map(|(value, row)| choice(value, row)).collect()
        }
        (Some(_), Some(_)) => {
            problems.add("`enum` and `optionsFrom` exclude each other", "keep one of them");
            return None;
        }
        (None, None) => {
            problems.add("an array needs options to choose from", "add `optionsFrom` or `enum`");
            return None;
        }
    };
    if list.is_empty() || list.len() > MOST {
        problems.add(format!("{} options: there must be 1 to {MOST}", list.len()), "add or remove some");
        return None;
    }
    Some(Options { list })
}

fn choice(value: &str, row: &Row) -> Choice {
    Choice {
        value: value.to_owned(),
        title: row.get("title").and_then(Value::as_str).map(str::to_owned),
        monthly_cost: row.get("monthlyCost").and_then(Value::as_i64).unwrap_or(0),
        row: row.clone(),
    }
}

/// A key that means nothing for the parameter's type would promise a check that nobody makes.
fn refuse_foreign_keys(parameter: &Parameter, problems: &mut Problems) {
    let text = parameter.field_type == FieldType::String && !has_options(parameter);
    let array = parameter.field_type == FieldType::Array;
    let integer = parameter.field_type == FieldType::Integer;
    let options = array || parameter.field_type == FieldType::String;
    let keys = [
        ("pattern", parameter.pattern.is_some(), text, "text without options"),
        ("minLength", parameter.min_length.is_some(), text, "text without options"),
        ("maxLength", parameter.max_length.is_some(), text, "text without options"),
        ("format", parameter.format.is_some(), text, "text without options"),
        ("future", parameter.future, text && parameter.format.is_some(), "text with a `format`"),
        ("minimum", parameter.minimum.is_some(), integer, "integers"),
        ("maximum", parameter.maximum.is_some(), integer, "integers"),
        ("enum", parameter.options.is_some(), options, "strings and arrays"),
        ("optionsFrom", parameter.options_from.is_some(), options, "strings and arrays"),
        (
            "row",
            parameter.row.is_some(),
            parameter.options_from.is_some() && !array,
            "strings with `optionsFrom`",
        ),
        ("minItems", parameter.min_items.is_some(), array, "arrays"),
        ("maxItems", parameter.max_items.is_some(), array, "arrays"),
        ("uniqueItems", parameter.unique_items, array, "arrays"),
    ];
    for (key, given, fits, of) in keys {
        if given && !fits {
            problems.add_at(key, format!("`{key}` means nothing here"), format!("it is for {of}"));
        }
    }
}
