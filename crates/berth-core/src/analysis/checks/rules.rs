//! Rules that do nothing: they never fire, can't be met, or say what others say already.

use crate::analysis::constants;
use crate::analysis::finding::{Finding, FindingCode};
use crate::analysis::formula::Formula;
use crate::analysis::model::{Answer, Model};
use crate::analysis::report::Report;
use crate::analysis::sites::Part;
use crate::analysis::words;
use crate::document::Condition;

/// What can be said of each rule without the others.
pub(super) fn check_alone(model: &Model<'_>, report: &mut Report) {
    for (place, rule) in model.blueprint.rules.iter().enumerate() {
        let Some(formulas) = model.rules.get(place) else { continue };
        let id = &rule.id;
        let fires = model.ask(&[], &[&formulas.broken]);
        if report.never(model, fires, || format!("does the rule `{id}` ever fire")) {
            report.add(never_fires(model, place, id));
            continue;
        }
        let met = model.ask(&[], &[&formulas.require]);
        // A constant of the platform is a way to forbid something on this platform.
        if matches!(formulas.require, Formula::Constant(_)) && by_platform(model, place) {
            continue;
        }
        if report.never(model, met, || format!("can the rule `{id}` be met")) {
            let message = match formulas.when {
                // Then no request is valid, which is said in its place.
                Formula::Constant(true) if formulas.binding => continue,
                Formula::Constant(true) => {
                    format!("nothing meets what the rule `{id}` requires: it always fires")
                }
                _ => format!(
                    "nothing meets what the rule `{id}` requires: it forbids all that its `when` describes"
                ),
            };
            report.add(
                Finding::warning(FindingCode::RuleCannotBeMet, message)
                    .at(format!("/spec/rules/{place}/require"))
                    .rules(vec![id.clone()])
                    .hint("to forbid a case, require the opposite of what `when` says")
                    .example(model.example(&[], &[&formulas.broken])),
            );
        }
    }
}

fn never_fires(model: &Model<'_>, place: usize, id: &str) -> Finding {
    let code = FindingCode::RuleNeverFires;
    let rule = model.rules.get(place);
    let pointer = format!("/spec/rules/{place}");
    let finding = if by_platform(model, place) {
        let message = format!("the rule `{id}` is switched off by the platform document");
        return Finding::note(code, message).at(pointer).rules(vec![id.to_owned()]);
    } else if rule.is_some_and(|rule| model.ask(&[], &[&rule.when]) == Answer::No) {
        let when = model.blueprint.rules.get(place).map(|rule| rule.when.describe(&model.blueprint.fields));
        let message =
            format!("the rule `{id}` never fires: its `when` never holds ({})", when.unwrap_or_default());
        Finding::warning(code, message).at(format!("{pointer}/when"))
    } else {
        let message =
            format!("the rule `{id}` never fires: what it requires always holds where its `when` does");
        let example = rule.and_then(|rule| model.example(&[], &[&rule.when]));
        Finding::warning(code, message).at(format!("{pointer}/require")).example(example)
    };
    finding.rules(vec![id.to_owned()]).hint("mend its conditions, or remove it")
}

/// Could the rule fire on another platform?
fn by_platform(model: &Model<'_>, place: usize) -> bool {
    let when = model.site(Part::RuleWhen(place)).map(|site| site.written.as_ref());
    let require = model.site(Part::RuleRequire(place)).map(|site| site.written.as_ref());
    let conditions: Vec<&Condition> = when.into_iter().chain(require).collect();
    constants::could_differ(&model.vocabulary(), &conditions, |compiled| {
        let Some((require, when)) = compiled.split_last() else { return false };
        let when = when.iter().map(|when| model.variables.formula(when, true));
        let broken = Formula::all(when.chain([model.variables.formula(require, false)]).collect());
        model.ask(&[], &[&broken]) != Answer::No
    })
}

/// Rules that only fire where others do. The later of two that say the same is reported.
pub(super) fn check_together(model: &Model<'_>, report: &mut Report) {
    let binding = model.binding();
    let advisory = (0..model.rules.len()).filter(|rule| !binding.contains(rule));
    let mut needed = binding.clone();
    let mut found: Vec<(usize, Finding)> = Vec::new();
    for place in binding.iter().copied().rev().chain(advisory) {
        let Some((rule, formulas)) = model.blueprint.rules.get(place).zip(model.rules.get(place)) else {
            continue;
        };
        let others: Vec<usize> = needed.iter().copied().filter(|other| *other != place).collect();
        // Whether it fires at all was asked before.
        if !model.ask(&[], &[&formulas.broken]).is_yes() {
            continue;
        }
        let fires = model.ask(&others, &[&formulas.broken]);
        if report.never(model, fires, || format!("is the rule `{}` redundant", rule.id)) {
            found.push((place, redundant(model, place, &rule.id, &others)));
            needed = others;
        }
    }
    found.sort_by_key(|(place, _)| *place);
    report.findings.extend(found.into_iter().map(|(_, finding)| finding));
}

fn redundant(model: &Model<'_>, place: usize, id: &str, others: &[usize]) -> Finding {
    let broken = model.rules.get(place).map_or(&Formula::Constant(false), |rule| &rule.broken);
    let core = model.core(others, &[broken]);
    let said = words::rules(model, &core);
    let message = match (model.rules.get(place).is_some_and(|rule| rule.binding), core.len()) {
        (true, 1) => format!("the rule `{id}` is redundant: {said} forbids all that it forbids"),
        (true, _) => format!("the rule `{id}` is redundant: {said} forbid all that it forbids"),
        (false, 1) => format!("the rule `{id}` only warns of requests that {said} forbids"),
        (false, _) => format!("the rule `{id}` only warns of requests that {said} forbid"),
    };
    Finding::note(FindingCode::RuleRedundant, message)
        .at(format!("/spec/rules/{place}"))
        .rules([id.to_owned()].into_iter().chain(words::ids(model, &core)).collect())
        .hint("keep it for its message, or remove it")
        .example(model.example(&[], &[broken]))
}
