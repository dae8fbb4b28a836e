//! Values in conditions that their parameter can't have: a slip of the pen in a list of teams.

use serde_json::Value;

use crate::analysis::finding::{Finding, FindingCode};
use crate::analysis::formula::Formula;
use crate::analysis::model::Model;
use crate::analysis::report::Report;
use crate::analysis::sites;
use crate::document::{Condition, FieldTests, Operator};
use crate::policy::Problems;

/// Looks at every value that a condition compares a parameter with.
pub(super) fn check(model: &Model<'_>, report: &mut Report) {
    for site in &model.sites {
        sites::tests(&site.written, &mut |name, operator| {
            for (test, said) in single(name, operator) {
                if can_hold(model, name, test) {
                    continue;
                }
                let finding = Finding::warning(FindingCode::ValueImpossible, said)
                    .at(&site.pointer)
                    .field(name)
                    .hint(format!("compare it with what `{name}` takes"));
                if !report.findings.contains(&finding) {
                    report.add(finding);
                }
            }
        });
    }
}

/// A test with one value at a time, and what to say when it can't hold.
fn single(name: &str, operator: &Operator) -> Vec<(Operator, String)> {
    let one = |value: &Value| {
        let said = format!("`{name}` can never be `{}`", crate::text::excerpt(&shown(value)));
        (Operator::In(vec![value.clone()]), said)
    };
    match operator {
        Operator::In(values) | Operator::NotIn(values) => values.iter().map(one).collect(),
        Operator::Matches(source) => {
            vec![(operator.clone(), format!("`{name}` can never match `{source}`"))]
        }
        Operator::AtLeast(value) => {
            vec![(operator.clone(), format!("`{name}` can never be at least `{}`", shown(value)))]
        }
        Operator::AtMost(value) => {
            vec![(operator.clone(), format!("`{name}` can never be at most `{}`", shown(value)))]
        }
        _ => Vec::new(),
    }
}

fn shown(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Has the parameter a value with which the test holds?
fn can_hold(model: &Model<'_>, name: &str, test: Operator) -> bool {
    let Some(place) = model.blueprint.position(name) else { return true };
    let open = model.variables.all.get(model.variables.of_field(place)).is_none_or(|variable| variable.open);
    let condition = Condition::Fields(FieldTests::from_iter([(name.to_owned(), test)]));
    let compiled = model.vocabulary().compile(&condition, &mut Problems::default());
    match model.variables.formula(&compiled, true) {
        Formula::Is { values, .. } => open || values != 0,
        Formula::Constant(value) => value,
        _ => true,
    }
}
