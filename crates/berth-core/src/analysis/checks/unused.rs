//! Approvals, steps, manifests and parts of manifests that no valid request has.

use crate::analysis::constants;
use crate::analysis::finding::{Finding, FindingCode};
use crate::analysis::formula::Formula;
use crate::analysis::model::{Answer, Model};
use crate::analysis::report::Report;
use crate::analysis::sites::{Part, Site};
use crate::analysis::words;
use crate::document::Condition;

/// Asks of every `when`, together with those around it, whether it ever holds.
pub(super) fn check(model: &Model<'_>, report: &mut Report) {
    let binding = model.binding();
    let mut never: Vec<usize> = Vec::new();
    for (number, site) in model.sites.iter().enumerate() {
        let Some((code, what, part)) = named(model, site) else { continue };
        // What stands inside something that never applies has no finding of its own.
        if site.within.iter().any(|outer| never.contains(outer)) {
            continue;
        }
        let around = site.within.iter().chain([&number]);
        let also: Vec<&Formula> = around.clone().filter_map(|site| model.formulas.get(*site)).collect();
        let answer = model.ask(&binding, &also);
        if !report.never(model, answer, || format!("is {what} ever used")) {
            continue;
        }
        never.push(number);
        let around: Vec<&Condition> =
            around.filter_map(|site| model.sites.get(*site)).map(|site| site.written.as_ref()).collect();
        let by_platform = constants::could_differ(&model.vocabulary(), &around, |compiled| {
            let formulas: Vec<Formula> =
                compiled.iter().map(|condition| model.variables.formula(condition, true)).collect();
            model.ask(&binding, &formulas.iter().collect::<Vec<_>>()) != Answer::No
        });
        let core = model.core(&binding, &also);
        let finding = if by_platform {
            Finding::note(code, format!("{what} is left out, as the platform document has it"))
        } else if core.is_empty() {
            Finding::warning(code, format!("{what} is never used: its `when` never holds"))
                .hint("mend its `when`, or remove it")
        } else {
            let verb = if core.len() == 1 { "forbids" } else { "forbid" };
            let rules = words::rules(model, &core);
            Finding::warning(code, format!("{what} is never used: {rules} {verb} what its `when` asks for"))
                .rules(words::ids(model, &core))
                .hint("mend its `when` or the rule, or remove it")
                .example(model.example(&[], &also))
        };
        report.add(finding.at(&site.pointer).part(part));
    }
}

/// What a site decides about, in words, and the id of the approval or step.
fn named(model: &Model<'_>, site: &Site<'_>) -> Option<(FindingCode, String, String)> {
    let step = |place: usize| model.blueprint.steps.get(place).map(|step| step.id.clone());
    Some(match site.part {
        Part::RuleWhen(_) | Part::RuleRequire(_) => return None,
        Part::Approval(place) => {
            let id = model.blueprint.approvals.get(place)?.id.clone();
            (FindingCode::ApprovalNeverNeeded, format!("the approval `{id}`"), id)
        }
        Part::Step(place) => {
            let id = step(place)?;
            (FindingCode::StepNeverApplies, format!("the step `{id}`"), id)
        }
        Part::Manifest { step: place, manifest } => {
            let id = step(place)?;
            let object = model.blueprint.steps.get(place)?.objects.get(manifest)?;
            let what = format!("a `{}` of the step `{id}`", object.kind);
            (FindingCode::ManifestNeverApplies, what, id)
        }
        Part::Value(place) => {
            let id = step(place)?;
            let key = site.pointer.rsplit('/').nth(1).unwrap_or_default();
            let key = key.replace("~1", "/").replace("~0", "~");
            (FindingCode::ManifestValueNeverApplies, format!("`{key}` in the step `{id}`"), id)
        }
    })
}
