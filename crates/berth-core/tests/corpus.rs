//! Every case of `tests/corpus` through the library. `BERTH_BLESS=1` writes the expected answers anew.

use berth_core::input::parse;
use berth_core::render::{RenderError, Target};
use berth_core::{Berth, DocumentErrors, PlanOptions, Refused, VERSION};
use berth_testing::{
    Case, CaseKind, Documents, Ledger, comparable, digest, plan_in_short, unreadable, without_versions,
};
use serde_json::{Map, Value, json};

#[test]
fn every_case_has_the_expected_answer() {
    let mut ledger = Ledger::default();
    let mut loaded: Vec<(Documents, Result<Berth, DocumentErrors>)> = Vec::new();
    for case in Case::all() {
        if !loaded.iter().any(|(documents, _)| *documents == case.documents) {
            loaded.push((case.documents.clone(), case.documents.load()));
        }
        let berth = loaded.iter().find(|(documents, _)| *documents == case.documents).map(|(_, berth)| berth);
        let answer = match berth {
            Some(Ok(berth)) => answer(&case, berth, &mut ledger),
            Some(Err(errors)) => {
                let lines: Vec<String> = errors.errors.iter().map(ToString::to_string).collect();
                json!({ "documents": lines })
            }
            None => unreachable!("it was loaded above"),
        };
        if let Some(complaint) = case.expect.unmet(&answer) {
            ledger.complain(&case, &complaint);
        }
        ledger.answer(&case, answer);
    }
    ledger.close();
}

fn answer(case: &Case, berth: &Berth, ledger: &mut Ledger) -> Value {
    let Some(request) = &case.request else { return json!({ "documents": [] }) };
    let value = match parse(&request.text, request.format) {
        Ok(value) => value,
        Err(error) => return json!({ "unreadable": unreadable(&error) }),
    };
    let decision = if case.options {
        berth.decide_with_options(&value, &case.context)
    } else {
        berth.decide(&value, &case.context)
    };
    assert_eq!(decision.policy_digest, berth.policy_digest());
    assert_eq!(decision.core_version, VERSION);
    let decided = comparable(json!(decision));
    match (decision.valid, &case.render.kind) {
        (true, _) => json!({
            "decision": decided,
            "plan": plan(case, berth, &value, ledger),
            "render": renderings(case, berth, &value, ledger),
        }),
        // What stands can be frozen and deleted whatever today's rules say.
        (false, CaseKind::Freeze(_) | CaseKind::Delete(_)) => {
            json!({ "decision": decided, "render": renderings(case, berth, &value, ledger) })
        }
        (false, _) => json!({ "decision": decided }),
    }
}

fn plan(case: &Case, berth: &Berth, request: &Value, ledger: &mut Ledger) -> Value {
    let options = PlanOptions {
        request_id: Some(case.render.request_id.clone()),
        now: Some(case.render.now.clone()),
        ..PlanOptions::default()
    };
    let plan = match berth.plan(request, &case.context, &options) {
        Ok(plan) => comparable(json!(plan)),
        Err(Refused(decision)) => return json!({ "refused": comparable(json!(decision)) }),
    };
    if case.render.files.iter().any(|file| file == "plan") {
        ledger.text(case, "plan.json", format!("{plan:#}\n"));
    }
    plan_in_short(&plan)
}

fn renderings(case: &Case, berth: &Berth, request: &Value, ledger: &mut Ledger) -> Value {
    let mut answers = Map::new();
    for target in [Target::Workflow, Target::WorkflowRef, Target::WorkflowTemplate, Target::Manifests] {
        let answer = match berth.render(request, &case.context, &case.render.options(target)) {
            Ok(rendering) => {
                if case.render.files.iter().any(|file| file == target.name()) {
                    let yaml = without_versions(&rendering.to_yaml());
                    ledger.text(case, &format!("{}.yaml", target.name()), yaml);
                }
                digest(&comparable(json!(rendering))).into()
            }
            Err(RenderError::Refused(decision)) => json!({ "refused": comparable(json!(decision)) }),
            Err(error) => json!({ "error": error.to_string() }),
        };
        answers.insert(target.name().to_owned(), answer);
    }
    answers.into()
}
