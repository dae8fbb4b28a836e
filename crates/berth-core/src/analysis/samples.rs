//! Values that stand for all values of a parameter: every option, a number between every two boundaries, a text
//! for every outcome of the tests.

use serde_json::Value;

use crate::decide::check_value;
use crate::document::FieldFormat;
use crate::policy::{Blueprint, Field, FieldKind, Platform};

use super::mentions::{Mentions, Relation};
use super::texts::Texts;

/// Values of a parameter, the most natural one first. Lists have none: each of their options is a variable.
#[derive(Clone, Debug, Default)]
pub(super) struct Samples {
    pub(super) values: Vec<Value>,
    /// Do they stand for all values?
    pub(super) complete: bool,
}

/// Of every parameter, in their order.
pub(super) fn of(blueprint: &Blueprint, platform: &Platform, mentions: &[Mentions]) -> Vec<Samples> {
    let texts = of_texts(blueprint, platform, mentions);
    let fields = blueprint.fields.iter().zip(mentions).zip(texts);
    fields
        .map(|((field, mentions), (texts, complete))| match &field.kind {
            FieldKind::Choice(options) => {
                Samples { values: options.values().map(Value::from).collect(), complete: true }
            }
            FieldKind::Choices { .. } => Samples { values: Vec::new(), complete: true },
            FieldKind::Boolean => Samples { values: vec![false.into(), true.into()], complete: true },
            FieldKind::Integer { min, max } => {
                let default = field.default.as_ref().and_then(Value::as_i64);
                Samples { values: numbers(*min, *max, default, &mentions.steps), complete: true }
            }
            FieldKind::Text { .. } => {
                Samples { values: texts.into_iter().map(Value::from).collect(), complete }
            }
        })
        .collect()
}

fn of_texts(blueprint: &Blueprint, platform: &Platform, mentions: &[Mentions]) -> Vec<(Vec<String>, bool)> {
    let fields = blueprint.fields.iter().zip(mentions).enumerate();
    let mut texts = fields
        .map(|(place, (field, mentions))| {
            with_texts(blueprint, platform, place, field, mentions, |texts, likely| {
                texts.representatives(likely)
            })
            .unwrap_or_default()
        })
        .collect::<Vec<_>>();
    relate(blueprint, platform, mentions, &mut texts);
    texts
}

/// One number for every outcome of the tests: of all that turn out alike, the one nearest to 0.
fn numbers(min: i64, max: i64, default: Option<i64>, steps: &[i64]) -> Vec<Value> {
    if min > max {
        return Vec::new();
    }
    let mut starts: Vec<i64> = steps.iter().copied().filter(|step| (min..=max).contains(step)).collect();
    starts.push(min);
    starts.sort_unstable();
    starts.dedup();
    let ends = starts.iter().skip(1).map(|next| next - 1).chain([max]);
    let mut numbers: Vec<i64> = starts.iter().zip(ends).map(|(start, end)| 0.clamp(*start, end)).collect();
    numbers.extend(default);
    numbers.sort_by_key(|number| number.unsigned_abs());
    numbers.dedup();
    numbers.into_iter().map(Value::from).collect()
}

/// Runs `work` with what a text parameter takes and with texts that are likely to fit.
fn with_texts<T>(
    blueprint: &Blueprint,
    platform: &Platform,
    place: usize,
    field: &Field,
    mentions: &Mentions,
    work: impl FnOnce(&Texts<'_>, &[&str]) -> T,
) -> Option<T> {
    let FieldKind::Text { min, max, pattern, format, .. } = &field.kind else { return None };
    let names_it = place == blueprint.name_field;
    let fits = |value: &Value| {
        let reserved = |text: &str| names_it && platform.reserved(text).is_some();
        check_value(field, value, None).violations.is_empty() && !value.as_str().is_some_and(reserved)
    };
    let spec = &platform.document.spec;
    let mut likely: Vec<&str> = match format {
        Some(FieldFormat::DateTime) => vec!["2999-12-31T18:00:00Z"],
        Some(FieldFormat::Date) => vec!["2999-12-31"],
        None if names_it => vec!["payments-checkout"],
        None if place == blueprint.team_field => {
            spec.teams.keys().map(String::as_str).chain(["payments"]).collect()
        }
        None => vec!["example"],
    };
    let default = field.default.as_ref().and_then(Value::as_str);
    if let Some(default) = default {
        likely.insert(0, default);
    }
    let texts = Texts {
        lengths: (*min, *max),
        pattern: pattern.as_deref(),
        mentions,
        reserved: if names_it { platform.reserved_names() } else { (Vec::new(), Vec::new()) },
        formatted: format.is_some(),
        fits: &fits,
    };
    Some(work(&texts, &likely))
}

/// Gives parameters that are compared with each other texts that are alike, and texts that aren't. Not every
/// outcome is found, so both are open.
fn relate(
    blueprint: &Blueprint,
    platform: &Platform,
    mentions: &[Mentions],
    texts: &mut [(Vec<String>, bool)],
) {
    for (place, (field, asked)) in blueprint.fields.iter().zip(mentions).enumerate() {
        for relation in &asked.related {
            let (Relation::SameAs(other) | Relation::StartsWith(other) | Relation::StartOf(other)) = relation;
            let theirs = texts.get(*other).map(|texts| texts.0.clone()).unwrap_or_default();
            let more = with_texts(blueprint, platform, place, field, asked, |texts, _| {
                let alike = theirs.iter().filter(|text| (texts.fits)(&Value::from(text.as_str())));
                let mut more: Vec<String> = alike.cloned().collect();
                if matches!(relation, Relation::StartsWith(_)) {
                    more.extend(theirs.iter().take(16).flat_map(|text| texts.beginning_with(text)));
                }
                more
            });
            if let Some((own, exact)) = texts.get_mut(place) {
                *exact = false;
                for text in more.unwrap_or_default() {
                    if !own.contains(&text) {
                        own.push(text);
                    }
                }
            }
        }
    }
}
