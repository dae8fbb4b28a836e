//! How rules and values are called in messages.

use super::formula::{Formula, IN, Values, places};
use super::model::Model;
use super::variables::Role;

/// `a`, `b` and `c`, each in backticks.
pub(super) fn list<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    let names: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    match names.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
    }
}

/// The ids of rules.
pub(super) fn ids(model: &Model<'_>, rules: &[usize]) -> Vec<String> {
    rules.iter().filter_map(|rule| model.blueprint.rules.get(*rule)).map(|rule| rule.id.clone()).collect()
}

/// The rule, or the rules: `the rules `a` and `b` together`.
pub(super) fn rules(model: &Model<'_>, rules: &[usize]) -> String {
    let ids = ids(model, rules);
    let names = list(ids.iter().map(String::as_str));
    if ids.len() == 1 { format!("the rule {names}") } else { format!("the rules {names} together") }
}

/// Some variables with some values: `environment` is `production`.
pub(super) fn case(model: &Model<'_>, pins: &[Formula]) -> String {
    let said = pins.iter().filter_map(|pin| match pin {
        Formula::Is { variable, values } => Some(pinned(model, *variable, *values)),
        _ => None,
    });
    said.collect::<Vec<_>>().join(" and ")
}

fn pinned(model: &Model<'_>, variable: usize, values: Values) -> String {
    let Some(known) = model.variables.all.get(variable) else { return String::new() };
    let field = model.blueprint.fields.get(known.field);
    let name = field.map_or("?", |field| field.name.as_str());
    let yes = values == IN;
    match known.role {
        Role::Given => format!("`{name}` is {}", if yes { "given" } else { "not given" }),
        Role::Option(option) => {
            let value = field.and_then(|field| field.options()?.values().nth(option)).unwrap_or("?");
            format!("`{name}` {} `{value}`", if yes { "contains" } else { "does not contain" })
        }
        Role::Value => {
            let values = values & known.values;
            let said = |values: Values| {
                let all = model.variables.fields.get(known.field);
                let said =
                    places(values).filter_map(|place| all?.values.get(place)).map(|value| match value {
                        None => "not given".to_owned(),
                        Some(serde_json::Value::String(text)) => format!("`{}`", crate::text::excerpt(text)),
                        Some(other) => format!("`{other}`"),
                    });
                said.collect::<Vec<_>>().join(" or ")
            };
            let others = known.values & !values;
            if others != 0 && others.count_ones() < values.count_ones() {
                format!("`{name}` is not {}", said(others))
            } else {
                format!("`{name}` is {}", said(values))
            }
        }
    }
}
