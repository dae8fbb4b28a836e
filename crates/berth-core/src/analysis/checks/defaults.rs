//! Defaults that rules refuse: somebody who only chooses the environment gets an error.

use crate::analysis::finding::{Finding, FindingCode};
use crate::analysis::formula::Formula;
use crate::analysis::model::Model;
use crate::analysis::report::Report;
use crate::analysis::words;
use crate::policy::Field;

/// Tries the defaults in every environment.
pub(super) fn check(model: &Model<'_>, report: &mut Report) {
    let binding = model.binding();
    let blueprint = model.blueprint;
    let place_of_environment = blueprint.environment_field;
    let environments = blueprint.fields.get(place_of_environment).and_then(Field::options);
    let defaults: Vec<(usize, Formula)> = blueprint
        .fields
        .iter()
        .enumerate()
        .filter(|(place, field)| field.default.is_some() && *place != place_of_environment)
        .map(|(place, _)| (place, model.variables.is_default(place)))
        .collect();
    for (index, environment) in environments.into_iter().flat_map(|options| options.values().enumerate()) {
        let here = model.variables.chosen(place_of_environment, index);
        if !model.ask(&binding, &[&here]).is_yes() {
            continue;
        }
        let mut blamed: Vec<&(usize, Formula)> = defaults.iter().collect();
        let answer = model.ask(&binding, &with(&here, &blamed));
        if !report.never(model, answer, || format!("are the defaults allowed in `{environment}`")) {
            continue;
        }
        for default in &defaults {
            let fewer: Vec<_> = blamed.iter().copied().filter(|other| other.0 != default.0).collect();
            if model.ask(&binding, &with(&here, &fewer)) == crate::analysis::model::Answer::No {
                blamed = fewer;
            }
        }
        let also = with(&here, &blamed);
        let core = model.core(&binding, &also);
        let others: Vec<usize> = binding.iter().copied().filter(|rule| !core.contains(rule)).collect();
        let fields: Vec<&Field> =
            blamed.iter().filter_map(|(place, _)| blueprint.fields.get(*place)).collect();
        let first = fields.first().map_or("", |field| field.pointer.as_str());
        let message = format!(
            "the default of {} is not allowed in `{environment}`: {} {} it",
            words::list(fields.iter().map(|field| field.name.as_str())),
            words::rules(model, &core),
            if core.len() == 1 { "forbids" } else { "forbid" }
        );
        let finding = Finding::warning(FindingCode::DefaultNotAllowed, message)
            .at(format!("/spec/parameters{first}/default"))
            .rules(words::ids(model, &core))
            .environment(environment)
            .hint("choose a default that is allowed everywhere, or make the parameter required")
            .example(model.example(&others, &also).or_else(|| model.example(&[], &also)));
        report.add(match fields.first() {
            Some(field) => finding.field(&field.name),
            None => finding,
        });
    }
}

fn with<'f>(here: &'f Formula, defaults: &[&'f (usize, Formula)]) -> Vec<&'f Formula> {
    [here].into_iter().chain(defaults.iter().map(|(_, formula)| formula)).collect()
}
