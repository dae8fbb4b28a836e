//! Rules that contradict each other: each can be met, but where they speak together nothing is left.
//!
//! What rules are *about* is what their `when`s mention and their `require`s don't. Rules contradict each other
//! when some case of that, which fewer of them leave room for, leaves no values for the rest. Every two and every
//! three rules are looked at; what larger sets exclude shows in options that are never allowed.

use std::collections::BTreeSet;

use crate::analysis::finding::{Finding, FindingCode};
use crate::analysis::formula::{Formula, Values};
use crate::analysis::model::{Answer, Model};
use crate::analysis::report::Report;
use crate::analysis::words;

/// The most cases of one set of rules.
const MOST_CASES: usize = 4_096;
/// The most sets of three rules.
const MOST_TRIPLES: usize = 20_000;

/// Finds the smallest sets of rules that contradict each other.
pub(super) fn check(model: &Model<'_>, report: &mut Report) {
    let rules: Vec<usize> = model.binding().into_iter().filter(|rule| can_be_met(model, *rule)).collect();
    let linked = |one: usize, other: usize| fields(model, one) & fields(model, other) != 0;
    let after = |rule: usize| rules.iter().copied().filter(move |other| *other > rule);
    let mut found: Vec<Vec<usize>> = Vec::new();
    for one in rules.iter().copied() {
        for other in after(one).filter(|other| linked(one, *other)) {
            look_at(model, report, vec![one, other], &mut found);
        }
    }
    let mut triples = 0;
    for one in rules.iter().copied() {
        for two in after(one) {
            for three in after(two) {
                let links = [linked(one, two), linked(two, three), linked(one, three)];
                let triple = vec![one, two, three];
                let known = found.iter().any(|known| known.iter().all(|rule| triple.contains(rule)));
                if known || links.iter().filter(|link| **link).count() < 2 {
                    continue;
                }
                triples += 1;
                if triples > MOST_TRIPLES {
                    report.gap(format!(
                        "do three rules contradict each other: not exhaustive, {MOST_TRIPLES} sets of three"
                    ));
                    return;
                }
                look_at(model, report, triple, &mut found);
            }
        }
    }
}

fn look_at(model: &Model<'_>, report: &mut Report, rules: Vec<usize>, found: &mut Vec<Vec<usize>>) {
    if let Some(case) = contradiction(model, report, &rules) {
        tell(model, report, &rules, &case);
        found.push(rules);
    }
}

fn tell(model: &Model<'_>, report: &mut Report, rules: &[usize], case: &[Formula]) {
    let others: Vec<usize> = model.binding().into_iter().filter(|rule| !rules.contains(rule)).collect();
    let also: Vec<&Formula> = case.iter().collect();
    let ids = words::ids(model, rules);
    let message = format!(
        "the rules {} contradict each other: together they leave nothing where {}",
        words::list(ids.iter().map(String::as_str)),
        words::case(model, case)
    );
    let last = rules.last().copied().unwrap_or(0);
    report.add(
        Finding::warning(FindingCode::RulesContradict, message)
            .at(format!("/spec/rules/{last}"))
            .rules(ids)
            .hint("forbid that case with a rule of its own, or mend one of them")
            .example(model.example(&others, &also).or_else(|| model.example(&[], &also))),
    );
}

fn can_be_met(model: &Model<'_>, rule: usize) -> bool {
    let Some(rule) = model.rules.get(rule) else { return false };
    model.ask(&[], &[&rule.broken]) == Answer::Yes && model.ask(&[], &[&rule.require]) == Answer::Yes
}

fn fields(model: &Model<'_>, rule: usize) -> u64 {
    model.blueprint.rules.get(rule).map_or(0, |rule| rule.fields)
}

/// The case in which these rules leave nothing, while without any one of them something is left.
fn contradiction(model: &Model<'_>, report: &mut Report, rules: &[usize]) -> Option<Vec<Formula>> {
    let formulas = || rules.iter().filter_map(|rule| model.rules.get(*rule));
    let asked = variables(formulas().map(|rule| &rule.when));
    let answered = variables(formulas().map(|rule| &rule.require));
    let about: BTreeSet<usize> = asked.difference(&answered).copied().collect();
    let Some(cases) = cases_of(model, rules, &about) else {
        let ids = words::ids(model, rules);
        let names = words::list(ids.iter().map(String::as_str));
        report.gap(format!("do {names} contradict each other: not exhaustive, more than {MOST_CASES} cases"));
        return None;
    };
    let empty = |rules: &[usize], case: &[Formula]| {
        let case: Vec<&Formula> = case.iter().collect();
        // Without a case there is nothing that the question could be about but the rules themselves.
        !case.is_empty() && model.ask(rules, &case) == Answer::No
    };
    let minimal = |case: &[Formula]| {
        rules.iter().all(|rule| {
            let others: Vec<usize> = rules.iter().copied().filter(|other| other != rule).collect();
            !empty(&others, case)
        })
    };
    let mut case = cases.into_iter().find(|case| empty(rules, case) && minimal(case))?;
    for place in (0..case.len()).rev() {
        let mut smaller = case.clone();
        smaller.remove(place);
        if empty(rules, &smaller) {
            case = smaller;
        }
    }
    Some(case)
}

/// Every way in which these variables can be, as far as the rules tell their values apart and all of them may
/// speak; `None` when there are too many.
fn cases_of(model: &Model<'_>, rules: &[usize], about: &BTreeSet<usize>) -> Option<Vec<Vec<Formula>>> {
    let mut cases: Vec<Vec<Formula>> = vec![Vec::new()];
    for variable in about {
        let mut classes: Vec<Values> =
            model.variables.all.get(*variable).map(|variable| variable.values).into_iter().collect();
        for rule in rules.iter().filter_map(|rule| model.rules.get(*rule)) {
            rule.kept.cut(*variable, &mut classes);
        }
        if cases.len().saturating_mul(classes.len()) > MOST_CASES {
            return None;
        }
        cases = cases
            .iter()
            .flat_map(|case| {
                classes.iter().map(|class| {
                    let pin = Formula::Is { variable: *variable, values: *class };
                    case.iter().cloned().chain([pin]).collect()
                })
            })
            .collect();
    }
    let whens = || rules.iter().filter_map(|rule| model.rules.get(*rule)).map(|rule| &rule.when);
    cases.retain(|case| whens().all(|when| model.may_hold(when, case)));
    Some(cases)
}

fn variables<'f>(formulas: impl Iterator<Item = &'f Formula>) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    for formula in formulas {
        formula.visit(&mut |variable| {
            found.insert(variable);
        });
    }
    found
}
