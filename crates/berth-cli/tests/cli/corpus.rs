//! The cases of `tests/corpus` through the program: many requests a run for decisions, one a run for what is kept whole.

use std::fs;
use std::path::{Path, PathBuf};

use berth_core::input::Format;
use berth_testing::{Case, CaseKind, Documents, Expect, Ledger, comparable, plan_in_short, without_versions};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::program::{Ran, berth};

/// Cases that one run of the program can answer: the same documents, context and options.
struct Group {
    cases: Vec<Case>,
    folder: TempDir,
}

impl Group {
    /// The cases of the corpus that `wanted` takes, in groups of at most `most`.
    fn all(most: usize, wanted: impl Fn(&Case) -> bool) -> Vec<Self> {
        let mut groups: Vec<Self> = Vec::new();
        for case in Case::all().into_iter().filter(wanted) {
            let fits = |group: &&mut Self| {
                let first = &group.cases[0];
                let known = |case: &Case| json!(case.context);
                group.cases.len() < most
                    && first.documents == case.documents
                    && known(first) == known(&case)
                    && first.options == case.options
            };
            match groups.iter_mut().find(fits) {
                Some(group) => group.cases.push(case),
                None => groups.push(Self { cases: vec![case], folder: tempfile::tempdir().unwrap() }),
            }
        }
        groups
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) -> String {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path.display().to_string()
    }

    /// Runs the program with the documents and the context of the group.
    fn run(&self, arguments: Vec<String>) -> Ran {
        let mut all = arguments;
        let Documents { platform, blueprints, default } = &self.cases[0].documents;
        if !default {
            all.extend(["--platform".to_owned(), self.write(&platform.name, &platform.text)]);
            for blueprint in blueprints {
                self.write(&blueprint.name, &blueprint.text);
            }
            all.extend(["--blueprints".to_owned(), self.path("blueprints").display().to_string()]);
        }
        if json!(self.cases[0].context) != json!(berth_core::Context::UNKNOWN) {
            all.extend([
                "--context".to_owned(),
                self.write("context.json", &json!(self.cases[0].context).to_string()),
            ]);
        }
        let arguments: Vec<&str> = all.iter().map(String::as_str).collect();
        berth(&arguments)
    }

    /// The request of a case as a file.
    fn request(&self, index: usize) -> String {
        let request = self.cases[index].request.as_ref().unwrap();
        let ending = if request.format == Format::Json { "json" } else { "yaml" };
        self.write(&format!("requests/{index:03}.{ending}"), &request.text)
    }
}

#[test]
fn the_program_decides_as_the_corpus_says() {
    // Two documents in one file are two requests here, and no document is none.
    let one_request = |case: &Case| match &case.expect {
        Expect::Unreadable(code) => code != "several-documents",
        expect => case.request.is_some() && *expect != Expect::BadDocuments,
    };
    let mut seen = 0;
    for group in Group::all(usize::MAX, one_request) {
        let mut arguments = vec!["validate".to_owned(), "--output=json".to_owned()];
        arguments.extend(group.cases[0].options.then(|| "--options".to_owned()));
        arguments.extend((0..group.cases.len()).map(|index| group.request(index)));
        let ran = group.run(arguments);
        let answers = ran.json();
        let answers = answers.as_array().unwrap();
        assert_eq!(answers.len(), group.cases.len(), "{ran}");
        for (case, answer) in group.cases.iter().zip(answers) {
            let expected = Ledger::expected(case);
            if let Some(unreadable) = expected.get("unreadable") {
                let violation = &answer["violations"][0];
                for key in ["code", "message"] {
                    assert_eq!(violation[key], unreadable[key], "{}", case.id());
                }
                assert_eq!(
                    violation.get("hint").unwrap_or(&Value::Null),
                    &unreadable["hint"],
                    "{}",
                    case.id()
                );
                assert_eq!(answer["positions"][0].get("line").unwrap_or(&Value::Null), &unreadable["line"]);
            } else {
                assert_eq!(decision(answer), expected["decision"], "{}", case.id());
            }
            seen += 1;
        }
        let all_valid = group.cases.iter().all(|case| case.expect == Expect::Valid);
        assert_eq!(ran.code, i32::from(!all_valid), "{ran}");
    }
    assert!(seen > 300, "only {seen} cases");
}

/// The decision in an answer of `validate`, without where it stands.
fn decision(answer: &Value) -> Value {
    let mut decision = comparable(answer.clone());
    for key in ["file", "line", "document", "positions"] {
        decision.as_object_mut().unwrap().shift_remove(key);
    }
    decision
}

#[test]
fn the_program_refuses_documents_as_the_corpus_says() {
    for group in Group::all(1, |case| case.expect == Expect::BadDocuments) {
        let case = &group.cases[0];
        let ran =
            group.run(vec!["validate".to_owned(), "tests/corpus/requests/valid/minimal.yaml".to_owned()]);
        assert_eq!(ran.code, 1, "{}: {ran}", case.id());
        for line in Ledger::expected(case)["documents"].as_array().unwrap() {
            let line = group.path(line.as_str().unwrap()).display().to_string();
            assert!(ran.err.lines().any(|shown| shown == line), "{}: {line}\nis not in\n{ran}", case.id());
        }
    }
}

#[test]
fn the_program_plans_and_renders_what_the_corpus_keeps_whole() {
    for group in Group::all(1, |case| !case.render.files.is_empty()) {
        let case = &group.cases[0];
        let request = group.request(0);
        for kind in &case.render.files {
            if kind == "plan" {
                let mut arguments = vec!["plan".to_owned(), request.clone(), "--output=json".to_owned()];
                arguments.extend(identity(case));
                let plan = comparable(group.run(arguments).json());
                assert_eq!(format!("{plan:#}\n"), Ledger::expected_text(case, "plan.json"), "{}", case.id());
                assert_eq!(plan_in_short(&plan), Ledger::expected(case)["plan"], "{}", case.id());
                continue;
            }
            let mut arguments = vec!["render".to_owned(), request.clone(), format!("--target={kind}")];
            arguments.extend(identity(case));
            arguments.push(format!("--attempt={}", case.render.attempt));
            arguments.extend(origin(case, group.folder.path()));
            let ran = group.run(arguments);
            let expected = Ledger::expected_text(case, &format!("{kind}.yaml"));
            assert_eq!(without_versions(&ran.out), expected, "{} {ran}", case.id());
        }
    }
}

fn identity(case: &Case) -> [String; 2] {
    [
        format!("--request-id={}", case.render.request_id.as_str()),
        format!("--now={}", case.render.now.as_str()),
    ]
}

fn origin(case: &Case, folder: &Path) -> Vec<String> {
    let (kind, origin) = match &case.render.kind {
        CaseKind::Create => return Vec::new(),
        CaseKind::Change(_, origin) => ("change", origin),
        CaseKind::Adopt => return vec!["--kind=adopt".to_owned()],
        CaseKind::Freeze(origin) => ("freeze", origin),
        CaseKind::Delete(origin) => ("delete", origin),
    };
    let mut arguments = vec![
        format!("--kind={kind}"),
        format!("--origin-id={}", origin.request_id.as_str()),
        format!("--origin-time={}", origin.created_at.as_str()),
    ];
    arguments.extend(origin.requester.as_ref().map(|requester| format!("--origin-requester={requester}")));
    if let CaseKind::Change(from, _) = &case.render.kind {
        let path = folder.join("from.json");
        fs::write(&path, from.to_string()).unwrap();
        arguments.push(format!("--current={}", path.display()));
    }
    arguments
}
