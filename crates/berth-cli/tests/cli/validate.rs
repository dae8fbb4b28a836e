//! `berth validate`: what people and programs are told about requests, good and bad.

use std::fs;

use crate::program::{berth, berth_with, command, example_requests};
use insta::assert_snapshot;
use serde_json::json;

#[test]
fn a_good_request_is_valid_and_tells_its_cost() {
    assert_snapshot!(berth(&["validate", "examples/namespace.yaml"]));
    assert_snapshot!(berth(&["validate", "examples/production.json"]));
}

#[test]
fn every_fault_is_shown_where_it_stands() {
    assert_snapshot!(berth(&["validate", "examples/invalid.yaml"]));
}

#[test]
fn faults_in_json_are_shown_where_they_stand_too() {
    let request = r#"{
  "namespaceName": "argo-test-1",
  "environment": "production",
  "resourceTier": "micro", "networkPolicy": "open",
  "features": "monitoring-enhanced",
  "costCenter": 4711
}
"#;
    assert_snapshot!(berth_with(&["validate", "-"], request));
}

#[test]
fn a_text_that_is_no_yaml_counts_as_invalid() {
    assert_snapshot!(berth_with(&["validate", "-"], "team: payments\nteam: checkout\n"));
    assert_snapshot!(berth_with(&["validate", "-"], "team: [payments\nenvironment: production\n"));
    assert_snapshot!(berth_with(&["validate", "-"], "{\n  \"team\": \"payments\",\n}\n"));
    assert_snapshot!(berth_with(&["validate", "-"], ""));
}

#[test]
fn several_files_keep_their_order_and_are_counted() {
    let folder = example_requests();
    let requests = folder.path().to_str().unwrap();
    let ran = berth(&["validate", requests, "--output", "json"]);
    let files: Vec<_> = ran.json().as_array().unwrap().iter().map(|entry| entry["file"].clone()).collect();
    let names = ["invalid.yaml", "namespace.yaml", "production.json"];
    assert_eq!(files, names.map(|name| format!("{requests}/{name}")));
    assert_eq!(ran.code, 1);
    let summary = berth(&["validate", requests]).out;
    assert!(summary.ends_with("\n3 files: 2 valid, 1 invalid\n"), "{summary}");
}

#[test]
fn a_decision_for_programs_says_where_it_comes_from() {
    let ran = berth(&["validate", "examples/invalid.yaml", "--output", "json"]);
    let entry = &ran.json()[0];
    assert_eq!(
        (ran.code, &entry["valid"], &entry["file"]),
        (1, &json!(false), &json!("examples/invalid.yaml"))
    );
    assert_eq!(entry["violations"][0]["path"], "/namespaceName");
    assert_eq!(entry["positions"][0], json!({"line": 3, "column": 16}));
    assert_eq!(entry["violations"].as_array().unwrap().len(), entry["positions"].as_array().unwrap().len());
}

#[test]
fn the_worst_of_a_production_request_is_found() {
    let request = json!({
        "namespaceName": "argo-test-1", "team": "platform", "environment": "production", "resourceTier": "micro",
        "networkPolicy": "open", "features": ["istio-injection", "monitoring-enhanced"], "description": "Testing"
    });
    let ran = berth_with(&["validate", "-", "--output", "json"], request.to_string());
    let found = ran.json();
    let pointers: Vec<&str> =
        found[0]["violations"].as_array().unwrap().iter().map(|one| one["path"].as_str().unwrap()).collect();
    assert!(pointers.contains(&"/resourceTier") && pointers.contains(&"/networkPolicy"), "{pointers:?}");
}

#[test]
fn a_stream_of_lines_is_judged_line_by_line() {
    let good = r#"{"namespaceName":"payments-checkout","team":"payments","environment":"staging"}"#;
    let stream = format!("{good}\n\n{{\"team\":\"payments\",}}\n{good}\n");
    let ran = berth_with(&["validate", "-", "--output", "json"], &stream);
    let found: Vec<_> = ran
        .json()
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| (entry["line"].clone(), entry["valid"].clone()))
        .collect();
    let line = |line: usize, valid: bool| (json!(line), json!(valid));
    assert_eq!(found, [line(1, true), line(3, false), line(4, true)]);
    assert_snapshot!(berth_with(&["validate", "-"], &stream));
}

#[test]
fn several_yaml_documents_are_several_requests() {
    let good = "namespaceName: payments-checkout\nteam: payments\nenvironment: staging\n";
    assert_snapshot!(berth_with(&["validate", "-"], format!("{good}---\n{good}resourceTier: huge\n")));
}

#[test]
fn what_cannot_be_read_does_not_hide_the_others() {
    let ran = berth(&["validate", "missing.yaml", "examples/namespace.yaml", "docs"]);
    assert_snapshot!(ran);
}

#[test]
fn a_context_says_who_asks_and_what_is_used() {
    let folder = tempfile::tempdir().unwrap();
    let context = folder.path().join("context.yaml");
    fs::write(
        &context,
        "requester: { ref: user:default/ada, groups: [group:default/checkout] }\nusage: { namespaces: 12, monthlyCost: 399000 }\nnameTaken: true\n",
    )
    .unwrap();
    let ran = berth(&["validate", "examples/production.json", "--context", context.to_str().unwrap()]);
    assert_snapshot!(ran);

    fs::write(&context, "usage:\n  namespace: 12\n").unwrap();
    let ran = berth(&["validate", "examples/production.json", "--context", context.to_str().unwrap()]);
    assert_snapshot!(ran.err.replace(folder.path().to_str().unwrap(), "FOLDER"));
    assert_eq!(ran.code, 1);
}

#[test]
fn now_makes_moments_count() {
    let request = "namespaceName: payments-checkout\nteam: payments\nenvironment: staging\nexpiresAt: 2026-03-31T18:00:00Z\n";
    assert_eq!(berth_with(&["validate", "-", "--now", "2026-01-01T00:00:00Z"], request).code, 0);
    let late = berth_with(&["validate", "-", "--now", "2026-04-01T00:00:00Z"], request);
    assert!(late.out.contains("error[past]") && late.code == 1, "{late}");
    let wrong = berth_with(&["validate", "-", "--now", "tomorrow"], request);
    assert!(
        wrong.err.contains("`tomorrow` is not a date and time with a time zone") && wrong.code == 2,
        "{wrong}"
    );
}

#[test]
fn options_say_what_may_still_be_chosen() {
    let request = "namespaceName: payments-checkout\nteam: payments\nenvironment: production\n";
    assert_snapshot!(berth_with(&["validate", "-", "--options"], request));
}

#[test]
fn colors_are_for_those_who_want_them() {
    let colored = berth(&["validate", "examples/invalid.yaml", "--color", "always"]).out;
    assert!(colored.contains("\u{1b}["), "{colored}");
    assert!(!berth(&["validate", "examples/invalid.yaml"]).out.contains('\u{1b}'));
}

#[test]
fn yaml_answers_are_documents() {
    let ran = berth(&["validate", "examples/namespace.yaml", "examples/production.json", "--output", "yaml"]);
    assert_eq!((ran.out.matches("\n---\n").count(), ran.code), (1, 0), "{ran}");
    assert!(ran.out.starts_with("file: examples/namespace.yaml\nvalid: true\n"), "{ran}");
}

/// What the program holds at most must not grow with the stream.
#[cfg(target_os = "linux")]
#[test]
fn a_stream_of_any_length_takes_the_same_memory() {
    use std::io::{BufRead, BufReader, Write};
    use std::sync::mpsc::channel;

    const FEW: usize = 3_000;
    const MANY: usize = 30_000;
    let mut child =
        command(&["validate", "-", "--output", "json"]).stdin(std::process::Stdio::piped()).spawn().unwrap();
    let peak = |id: u32| -> u64 {
        let status = fs::read_to_string(format!("/proc/{id}/status")).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse().unwrap()
    };
    let (id, mut stdin, stdout) = (child.id(), child.stdin.take().unwrap(), child.stdout.take().unwrap());
    let (sender, answers) = channel();
    let reader = std::thread::spawn(move || {
        BufReader::new(stdout).lines().for_each(|line| sender.send(line.unwrap().len()).unwrap());
    });
    // The last requests wait for the next ones: not all of them are answered before the end.
    let mut send = |from: usize, to: usize, answered: usize| {
        for number in from..to {
            let team = if number % 2 == 0 { "payments" } else { "Payments" };
            let name = format!("payments-{number}");
            writeln!(stdin, r#"{{"namespaceName":"{name}","team":"{team}","environment":"staging"}}"#)
                .unwrap();
        }
        assert_eq!(answers.iter().take(answered).count(), answered);
        peak(id)
    };
    let early = send(0, FEW, FEW / 2);
    let late = send(FEW, MANY, MANY - FEW);
    drop(stdin);
    reader.join().unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(1));
    assert!(late < early + 2048, "{early} kB after {FEW} requests, {late} kB after {MANY}");
}

#[test]
fn a_reader_that_has_enough_is_no_error_to_talk_about() {
    use std::io::Read;

    let folder = tempfile::tempdir().unwrap();
    for number in 0..3000 {
        fs::write(folder.path().join(format!("{number}.yaml")), "team: Payments\n").unwrap();
    }
    let mut child = command(&["validate", folder.path().to_str().unwrap()]).spawn().unwrap();
    let mut some = [0; 100];
    child.stdout.take().unwrap().read_exact(&mut some).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8(output.stderr).unwrap()), (Some(2), String::new()));
}

#[test]
fn what_is_no_text_is_invalid_and_not_a_crash() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("picture.yaml");
    fs::write(&path, b"team: payments\nname: caf\xe9\n").unwrap();
    let ran = berth(&["validate", path.to_str().unwrap()]);
    assert_snapshot!(ran.to_string().replace(folder.path().to_str().unwrap(), "FOLDER"));
}
