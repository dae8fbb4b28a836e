//! The parameters of a blueprint: their tables, their defaults, and which of them are the scope.

use crate::document::{BlueprintSpec, FieldFormat, Table};
use crate::kubernetes::NameRule;
use crate::policy::field::{self, Field, FieldKind};
use crate::policy::platform::Platform;
use crate::policy::problems::Problems;
use crate::policy::slot::MOST;
use crate::text;

/// What paths begin with, so that no row may be called so.
const TAKEN_ROWS: [&str; 4] = ["parameters", "platform", "request", "team"];
/// Keys of a request and of a condition, and what every JavaScript object has, given or not.
pub(crate) const TAKEN_PARAMETERS: [&str; 13] = [
    "blueprint",
    "parameters",
    "requester",
    "all",
    "any",
    "not",
    "constructor",
    "hasOwnProperty",
    "isPrototypeOf",
    "propertyIsEnumerable",
    "toLocaleString",
    "toString",
    "valueOf",
];

pub(super) fn check_tables(tables: &indexmap::IndexMap<String, Table>, problems: &mut Problems) {
    problems.inside("tables", |problems| {
        for (table, rows) in tables {
            problems.inside(table, |problems| {
                for (name, row) in rows {
                    problems.inside(name, |problems| {
                        if row
                            .get("monthlyCost")
                            .is_some_and(|cost| cost.as_i64().is_none_or(|cost| cost < 0))
                        {
                            problems.add_at(
                                "monthlyCost",
                                "a cost must be a whole number, at least 0",
                                "write minor units: 5000 for 50.00",
                            );
                        }
                        if row.get("title").is_some_and(|title| !title.is_string()) {
                            problems.add_at("title", "a title must be text", "put quotes around it");
                        }
                    });
                }
            });
        }
    });
}

pub(super) fn compile(
    spec: &BlueprintSpec,
    platform: &Platform,
    problems: &mut Problems,
) -> Option<Vec<Field>> {
    let find = |name: &str| match name {
        "platform.environments" => Some(&platform.environments),
        "platform.clusters" => Some(&platform.clusters),
        other => spec.tables.get(other),
    };
    problems.inside("parameters", |problems| {
        if spec.parameters.is_empty() || spec.parameters.len() > MOST {
            problems.add(
                format!("{} parameters: there must be 1 to {MOST}", spec.parameters.len()),
                "add or remove some",
            );
            return None;
        }
        let mut fields = Vec::with_capacity(spec.parameters.len());
        let mut rows: Vec<&str> = Vec::new();
        for (name, parameter) in &spec.parameters {
            let field = problems.inside(name, |problems| {
                if TAKEN_PARAMETERS.contains(&name.as_str()) {
                    problems.add_to_key(format!("`{name}` has a meaning of its own"), "choose another name");
                } else if !name.starts_with(|first: char| first.is_ascii_alphabetic())
                    || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
                {
                    problems.add_to_key(
                        format!("{} can't be a parameter's name", text::quoted(name)),
                        "use letters, digits and `_`, a letter first",
                    );
                }
                if let Some(row) = parameter.row.as_deref() {
                    if TAKEN_ROWS.contains(&row) || rows.contains(&row) {
                        problems.add_at("row", format!("`{row}` is taken"), "choose another name");
                    }
                    rows.push(row);
                }
                let field = field::compile(name, parameter, &find, problems)?;
                check_default(&field, problems);
                Some(field)
            });
            fields.push(field);
        }
        fields.into_iter().collect()
    })
}

fn check_default(field: &Field, problems: &mut Problems) {
    let Some(default) = &field.default else { return };
    problems.inside("default", |problems| {
        let found = crate::decide::check_value(field, default, None);
        for violation in found.violations {
            problems.add(
                format!("the default is not valid: {}", violation.message),
                violation.hint.unwrap_or_default(),
            );
        }
        if field.parameter.future {
            problems.add("a default would be in the past one day", "leave it out");
        }
    });
}

pub(super) fn check_scope(
    spec: &BlueprintSpec,
    fields: &[Field],
    scope: [usize; 3],
    problems: &mut Problems,
) {
    let [name, team, environment] = scope;
    for (key, index) in [("name", name), ("team", team), ("environment", environment)] {
        let Some(field) = fields.get(index) else { continue };
        if !field.parameter.required && field.default.is_none() {
            problems.inside("parameters", |problems| {
                problems.add_at(
                    &field.name,
                    format!("`{}` is the {key} of the scope and may be missing", field.name),
                    "add `required: true`",
                );
            });
        }
        let fits = match key {
            "environment" => spec
                .parameters
                .get(&field.name)
                .is_some_and(|parameter| parameter.options_from.as_deref() == Some("platform.environments")),
            "team" => matches!(field.kind, FieldKind::Text { .. } | FieldKind::Choice(_)),
            _ => matches!(field.kind, FieldKind::Text { .. }),
        };
        if !fits {
            problems.inside("scope", |problems| {
                problems.add_at(
                    key,
                    format!("`{}` can't be the {key}", field.name),
                    match key {
                        "environment" => "give it `optionsFrom: platform.environments`",
                        _ => "it must be a string",
                    },
                );
            });
        } else if key == "team" {
            check_team(field, problems);
        }
    }
}

/// The end of what is asked for is filled in by the environment's lifetime, and compared with it.
pub(super) fn check_expiry(fields: &[Field], expiry: Option<usize>, problems: &mut Problems) {
    let Some(field) = expiry.and_then(|index| fields.get(index)) else { return };
    if !matches!(field.kind, FieldKind::Text { format: Some(FieldFormat::DateTime), .. }) {
        problems.inside("scope", |problems| {
            problems.add_at(
                "expiry",
                format!("`{}` can't be the expiry", field.name),
                "give it `type: string` and `format: date-time`",
            );
        });
    }
}

/// The team becomes a label of the Workflow, where only plain characters may stand.
fn check_team(field: &Field, problems: &mut Problems) {
    problems.inside("parameters", |problems| {
        problems.inside(&field.name, |problems| match field.shape() {
            Some(shape) => problems.obey(NameRule::DnsLabel.admits(&shape)),
            None => problems.add(
                format!("`{}` is the team of the scope and may be any text", field.name),
                "add a `pattern` and a `maxLength`, so that it can be a label",
            ),
        });
    });
}
