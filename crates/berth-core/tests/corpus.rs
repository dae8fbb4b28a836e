//! Every case of `tests/corpus` through the library. `BERTH_BLESS=1` writes the expected answers anew.

use berth_core::input::parse;
use berth_core::plan::RequestId;
use berth_core::render::{Kind, RenderError, RenderOptions, Target};
use berth_core::{Berth, DocumentErrors, Moment, PlanOptions, Refused, VERSION, render};
use berth_testing::{
    Case, Documents, Expect, Ledger, comparable, digest, plan_in_short, unreadable, without_versions,
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
        if let Some(complaint) = unmet(&case.expect, &answer) {
            ledger.complain(&case, &complaint);
        }
        ledger.answer(&case, answer);
    }
    ledger.close();
}

/// What the writer of the case expects, in a word, and the answer is not.
fn unmet(expect: &Expect, answer: &Value) -> Option<String> {
    let violations = |severity: Option<&str>| -> Vec<String> {
        let list = answer["decision"]["violations"].as_array().into_iter().flatten();
        list.filter(|violation| severity.is_none_or(|severity| violation["severity"] == severity))
            .map(|violation| {
                let text = |key: &str| violation[key].as_str().unwrap_or_default().to_owned();
                format!("{} {}", text("code"), text("path")).trim_end().to_owned()
            })
            .collect()
    };
    let met = match expect {
        Expect::Valid => answer["decision"]["valid"] == true && violations(Some("error")).is_empty(),
        Expect::Violations(wanted) => {
            answer["decision"]["valid"] == false && !wanted.is_empty() && violations(None) == *wanted
        }
        Expect::Unreadable(code) => answer["unreadable"]["code"] == code.as_str(),
        Expect::BadDocuments => answer["documents"].is_array(),
    };
    (!met).then(|| match answer.get("decision") {
        Some(decision) => format!(
            "its writer expects {expect:?}, the decision is {} {:?}",
            if decision["valid"] == true { "valid" } else { "not valid" },
            violations(None)
        ),
        None => format!("its writer expects {expect:?}, the answer is {answer}"),
    })
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
    let decided = json!({ "decision": comparable(json!(decision)) });
    if !decision.valid {
        return decided;
    }
    let mut answer = decided;
    answer["plan"] = plan(case, berth, &value, ledger);
    answer["render"] = renderings(case, berth, &value, ledger);
    answer
}

fn plan(case: &Case, berth: &Berth, request: &Value, ledger: &mut Ledger) -> Value {
    let options = PlanOptions {
        request_id: Some(RequestId::parse(&case.render.request_id).unwrap()),
        now: Some(Moment::parse(&case.render.now).unwrap()),
    };
    match berth.plan(request, &case.context, &options) {
        Ok(plan) => {
            let plan = comparable(json!(plan));
            if case.render.files.iter().any(|file| file == "plan") {
                ledger.text(case, "plan.json", format!("{plan:#}\n"));
            }
            plan_in_short(&plan)
        }
        Err(Refused(decision)) => panic!("{}: valid, and refused by plan: {decision:?}", case.id()),
    }
}

fn renderings(case: &Case, berth: &Berth, request: &Value, ledger: &mut Ledger) -> Value {
    let origin_id = RequestId::parse(&case.render.origin.request_id).unwrap();
    let origin_moment = Moment::parse(&case.render.origin.created_at).unwrap();
    let from =
        case.render.change_from.as_ref().map(|text| parse(text, berth_core::input::Format::Yaml).unwrap());
    let origin = render::Origin {
        request_id: &origin_id,
        created_at: &origin_moment,
        requester: case.render.origin.requester.as_deref(),
    };
    let kind = match &from {
        Some(from) => Kind::Change { from, origin },
        None if case.render.delete => Kind::Delete { origin },
        None => Kind::Create,
    };
    let mut answers = Map::new();
    for target in [Target::Workflow, Target::WorkflowRef, Target::WorkflowTemplate, Target::Manifests] {
        let options = RenderOptions {
            target,
            kind,
            request_id: RequestId::parse(&case.render.request_id).unwrap(),
            now: Moment::parse(&case.render.now).unwrap(),
            attempt: case.render.attempt,
        };
        let answer = match berth.render(request, &case.context, &options) {
            Ok(rendering) => {
                if case.render.files.iter().any(|file| file == target.name()) {
                    let yaml = without_versions(&rendering.to_yaml());
                    ledger.text(case, &format!("{}.yaml", target.name()), yaml);
                }
                digest(&comparable(json!(rendering))).into()
            }
            Err(RenderError::Refused(decision)) => {
                json!({ "refused": comparable(json!(decision)) })
            }
            Err(error) => json!({ "error": error.to_string() }),
        };
        answers.insert(target.name().to_owned(), answer);
    }
    answers.into()
}
