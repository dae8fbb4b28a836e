//! Options and parameters that no valid request can have.

use serde_json::{Map, Value};

use crate::analysis::constants;
use crate::analysis::finding::{Finding, FindingCode, Witness};
use crate::analysis::formula::Formula;
use crate::analysis::model::{Answer, Model};
use crate::analysis::report::Report;
use crate::analysis::sites::Part;
use crate::analysis::words;
use crate::policy::{Field, FieldKind};

/// An option of a parameter, or `true` or `false`.
struct Choosable<'m> {
    field: &'m Field,
    place: usize,
    /// Its place among the options.
    index: usize,
    value: String,
    chosen: Formula,
}

/// Says which options and which parameters no valid request has.
pub(super) fn check(model: &Model<'_>, report: &mut Report) {
    let binding = model.binding();
    for option in all(model) {
        let (name, value) = (&option.field.name, &option.value);
        let answer = model.ask(&binding, &[&option.chosen]);
        if answer.is_yes() {
            in_environments(model, report, &binding, &option);
        } else if report.never(model, answer, || format!("is `{value}` of `{name}` ever allowed")) {
            report.add(never_allowed(model, &binding, &option));
        }
    }
    for (place, field) in model.blueprint.fields.iter().enumerate() {
        let free = matches!(field.kind, FieldKind::Text { .. } | FieldKind::Integer { .. });
        if !free || field.parameter.required || field.default.is_some() {
            continue;
        }
        let given = model.variables.has_value(place, |value| value.is_some());
        // Whose limits let nothing through has its finding already.
        let answer = model.ask(&binding, &[&given]);
        let name = &field.name;
        if model.ask(&[], &[&given]).is_yes()
            && report.never(model, answer, || format!("may `{name}` ever be given"))
        {
            let core = model.core(&binding, &[&given]);
            let message = format!("`{name}` may never be given: {}", forbids(model, &core));
            report.add(
                graded(model, FindingCode::ParameterNeverAllowed, message, &core)
                    .at(format!("/spec/parameters{}", field.pointer))
                    .field(name)
                    .hint("remove the parameter, or mend the rule")
                    .example(example(model, &binding, &core, &[&given])),
            );
        }
    }
}

/// For every option that may be chosen, a valid request that does.
pub(in crate::analysis) fn witnesses(model: &Model<'_>) -> Vec<Witness> {
    let binding = model.binding();
    let witness = |option: Choosable<'_>| {
        Some(Witness {
            blueprint: model.blueprint.name.clone(),
            field: option.field.name.clone(),
            option: option.value,
            example: model.example(&binding, &[&option.chosen])?,
        })
    };
    all(model).into_iter().filter_map(witness).collect()
}

fn all<'m>(model: &'m Model<'_>) -> Vec<Choosable<'m>> {
    let fields = model.blueprint.fields.iter().enumerate();
    fields
        .flat_map(|(place, field)| {
            let values: Vec<(String, Formula)> = match (&field.kind, field.options()) {
                (FieldKind::Boolean, _) => [false, true]
                    .map(|wanted| {
                        let chosen = model
                            .variables
                            .has_value(place, |value| value.and_then(Value::as_bool) == Some(wanted));
                        (wanted.to_string(), chosen)
                    })
                    .into(),
                (_, Some(options)) => options
                    .values()
                    .enumerate()
                    .map(|(index, value)| (value.to_owned(), model.variables.chosen(place, index)))
                    .collect(),
                _ => Vec::new(),
            };
            let option = move |(index, (value, chosen))| Choosable { field, place, index, value, chosen };
            values.into_iter().enumerate().map(option)
        })
        .collect()
}

fn never_allowed(model: &Model<'_>, binding: &[usize], option: &Choosable<'_>) -> Finding {
    let (name, value) = (&option.field.name, &option.value);
    let core = model.core(binding, &[&option.chosen]);
    let reason = if core.is_empty() {
        "the limits of the list leave no room for it".into()
    } else {
        forbids(model, &core)
    };
    let message = format!("`{value}` of `{name}` is never allowed: {reason}");
    // Environments belong to the platform: a blueprint that isn't for all of them says so with a rule.
    let deliberate =
        core.len() == 1 && table(option.field).is_some_and(|table| table.starts_with("platform."));
    let finding = if deliberate {
        Finding::note(FindingCode::OptionNeverAllowed, message).rules(words::ids(model, &core))
    } else {
        graded(model, FindingCode::OptionNeverAllowed, message, &core)
            .hint("remove the option, or mend the rule")
    };
    finding.at(pointer(option.field, option.index, value)).field(name).option(value).example(example(
        model,
        binding,
        &core,
        &[&option.chosen],
    ))
}

/// What no single rule says and several say together is easily overlooked.
fn in_environments(model: &Model<'_>, report: &mut Report, binding: &[usize], option: &Choosable<'_>) {
    let environment_field = model.blueprint.environment_field;
    let environments = model.blueprint.fields.get(environment_field).and_then(Field::options);
    if option.place == environment_field {
        return;
    }
    for (index, environment) in environments.into_iter().flat_map(|options| options.values().enumerate()) {
        let here = model.variables.chosen(environment_field, index);
        let also = [&option.chosen, &here];
        if model.ask(binding, &also) != Answer::No || model.ask(binding, &[&here]) != Answer::Yes {
            continue;
        }
        let core = model.core(binding, &also);
        if core.len() < 2 {
            continue;
        }
        let (name, value) = (&option.field.name, &option.value);
        let message =
            format!("`{value}` of `{name}` is never allowed in `{environment}`: {}", forbids(model, &core));
        report.add(
            Finding::note(FindingCode::OptionNeverAllowedIn, message)
                .at(pointer(option.field, option.index, value))
                .rules(words::ids(model, &core))
                .field(name)
                .option(value)
                .environment(environment)
                .example(example(model, binding, &core, &also)),
        );
    }
}

fn forbids(model: &Model<'_>, core: &[usize]) -> String {
    format!("{} {} it", words::rules(model, core), if core.len() == 1 { "forbids" } else { "forbid" })
}

/// A warning; a note where the platform document is the reason.
fn graded(model: &Model<'_>, code: FindingCode, message: String, core: &[usize]) -> Finding {
    let by_platform = core.iter().any(|rule| {
        [Part::RuleWhen(*rule), Part::RuleRequire(*rule)]
            .into_iter()
            .filter_map(|part| model.site(part))
            .any(|site| constants::tests_platform(&site.written))
    });
    let finding = if by_platform {
        Finding::note(code, format!("{message}, as the platform document has it"))
    } else {
        Finding::warning(code, message)
    };
    finding.rules(words::ids(model, core))
}

/// A request that breaks rules of the core and no others, where there is one.
fn example(
    model: &Model<'_>,
    binding: &[usize],
    core: &[usize],
    also: &[&Formula],
) -> Option<Map<String, Value>> {
    let others: Vec<usize> = binding.iter().copied().filter(|rule| !core.contains(rule)).collect();
    model.example(&others, also).or_else(|| model.example(&[], also))
}

fn table(field: &Field) -> Option<&str> {
    field.parameter.options_from.as_deref()
}

/// Where an option stands in the blueprint.
pub(super) fn pointer(field: &Field, index: usize, value: &str) -> String {
    let parameter = format!("/spec/parameters{}", field.pointer);
    match table(field) {
        Some(table) if table.starts_with("platform.") => format!("{parameter}/optionsFrom"),
        Some(table) => format!("/spec/tables{}{}", crate::text::pointer(table), crate::text::pointer(value)),
        None if field.options().is_some() => format!("{parameter}/enum/{index}"),
        None => parameter,
    }
}
