//! The checks, one question a file; `of` runs them in the order of a blueprint.

mod approvals;
mod budget;
mod contradictions;
mod defaults;
mod limits;
mod options;
mod rules;
mod unused;
mod values;

pub(super) use approvals::of_platform;
pub(super) use options::witnesses;

use super::finding::{Finding, FindingCode, FindingSeverity};
use super::model::Model;
use super::report::Report;
use super::words;

/// Everything that is to be said about a blueprint.
pub(super) fn of(model: &Model<'_>, report: &mut Report) {
    let possible = limits::check(model, report);
    values::check(model, report);
    if !possible {
        return;
    }
    rules::check_alone(model, report);
    let binding = model.binding();
    let answer = model.ask(&binding, &[]);
    if answer.is_yes() {
        rules::check_together(model, report);
        contradictions::check(model, report);
        options::check(model, report);
        defaults::check(model, report);
        budget::check(model, report);
        unused::check(model, report);
    } else if report.never(model, answer, || "is there a valid request".to_owned()) {
        no_valid_request(model, report, &binding);
    }
    approvals::check(model, report);
}

/// Nothing else can be said of rules that let nothing through: everything would be forbidden.
fn no_valid_request(model: &Model<'_>, report: &mut Report, binding: &[usize]) {
    let core = model.core(binding, &[]);
    let first = core.first().map_or(String::new(), |rule| format!("/{rule}"));
    let message = format!("no request is valid: {} leave nothing", words::rules(model, &core));
    let message = if core.len() == 1 { message.replace(" leave ", " leaves ") } else { message };
    report.add(
        Finding::new(FindingCode::NoValidRequest, FindingSeverity::Error, message)
            .at(format!("/spec/rules{first}"))
            .rules(words::ids(model, &core))
            .hint("mend or remove one of them")
            .example(model.example(&[], &[])),
    );
}
