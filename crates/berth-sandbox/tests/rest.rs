//! The REST API: answers, errors, streams, and who is let in.

mod support;

use std::time::Duration;

use serde_json::{Value, json};
use support::{CREATE, Harness, PLACE, config, fixture, fixture_with, slow, step, with_faults};

fn error(code: u8, message: &str) -> Value {
    json!({"code": code, "message": message})
}

#[test]
fn it_says_that_it_is_not_argo() {
    let sandbox = Harness::start(config());
    assert_eq!(sandbox.get("/api/v1/version").body["version"], berth_sandbox::VERSION);
    let info = sandbox.get("/api/v1/info").body.to_string();
    assert!(info.contains("not Argo"), "{info}");
}

#[test]
fn what_is_not_there_is_code_5() {
    let sandbox = Harness::start(config());
    let answer = sandbox.get(&format!("/api/v1/workflows/{PLACE}/berth-x"));
    let not_found = error(5, "workflows.argoproj.io \"berth-x\" not found");
    assert_eq!((answer.status, &answer.body), (404, &not_found));
    assert_eq!(sandbox.stop("berth-x").body, not_found);
    let answer = sandbox.delete(&format!("/api/v1/workflows/{PLACE}/berth-x"));
    assert_eq!((answer.status, answer.body), (404, not_found));
    let watch = format!("/api/v1/workflow-events/{PLACE}?listOptions.fieldSelector=metadata.name=berth-x");
    let answer = sandbox.get(&watch);
    assert_eq!(answer.status, 404);
    assert_eq!(
        answer.body["error"]["grpc_code"], 5,
        "streams have errors of their own form: {}",
        answer.body
    );
}

#[test]
fn what_is_not_served_is_named() {
    let sandbox = Harness::start(config());
    let answer = sandbox.put(&format!("/api/v1/workflows/{PLACE}/{CREATE}/resume"), &json!({}));
    let message = format!("berth sandbox does not serve `PUT /api/v1/workflows/{PLACE}/{CREATE}/resume`");
    assert_eq!((answer.status, answer.body), (501, error(12, &message)));
    assert_eq!(sandbox.get("/").status, 501);
    let answer = sandbox.get(&format!("/api/v1/workflows/{PLACE}?nameFilter=Prefix"));
    let message = "berth sandbox does not know the query parameter `nameFilter` of this call";
    assert_eq!((answer.status, answer.body), (400, error(3, message)));
    let answer = sandbox.delete(&format!("/api/v1/workflows/{PLACE}/{CREATE}?force=true"));
    assert!(answer.body["message"].as_str().unwrap().contains("`force`"), "{}", answer.body);
}

#[test]
fn a_dry_run_creates_nothing() {
    let sandbox = Harness::start(config());
    let path = format!("/api/v1/workflows/{PLACE}");
    let workflow = fixture("create");
    let dry = json!({"workflow": workflow, "serverDryRun": true, "createOptions": {"dryRun": ["All"]}});
    let answer = sandbox.post(&path, &dry);
    assert_eq!((answer.status, &answer.body), (200, &workflow));
    assert_eq!(sandbox.get(&path).body["items"], Value::Null, "Argo's empty list");
    let broken =
        json!({"workflow": {"metadata": {"name": "x"}, "spec": {}}, "createOptions": {"dryRun": ["All"]}});
    let answer = sandbox.post(&path, &broken);
    assert_eq!((answer.status, answer.body), (400, error(3, "spec.entrypoint is required")));
    sandbox.run(&workflow);
    let on_server = json!({"workflow": workflow, "serverDryRun": true});
    assert_eq!(sandbox.post(&path, &on_server).status, 409, "the server looks at names, too");
}

#[test]
fn lint_answers_as_argo_does() {
    let sandbox = Harness::start(config());
    let path = format!("/api/v1/workflows/{PLACE}/lint");
    let answer = sandbox.post(&path, &json!({"workflow": fixture("create")}));
    assert_eq!((answer.status, answer.body), (200, fixture("create")));
    let answer = sandbox.post(&path, &json!({"workflow": {"metadata": {"name": "x"}, "spec": {}}}));
    assert_eq!((answer.status, answer.body), (500, error(2, "spec.entrypoint is required")));
}

#[test]
fn bodies_must_be_requests() {
    let sandbox = Harness::start(config());
    let path = format!("/api/v1/workflows/{PLACE}");
    let answer = sandbox.post(&path, &json!({}));
    assert_eq!((answer.status, answer.body), (400, error(3, "workflow body not specified")));
    let answer = sandbox.post(&path, &json!({"workflow": fixture("create"), "instanceID": "x"}));
    assert_eq!(answer.status, 400);
    assert!(answer.body["message"].as_str().unwrap().contains("instanceID"), "{}", answer.body);
    let large = json!({"workflow": "x".repeat(4 << 20)});
    let answer = sandbox.post(&path, &large);
    let message = "the request body is larger than 3145728 bytes, or did not arrive";
    assert_eq!((answer.status, answer.body), (400, error(3, message)));
    let elsewhere = sandbox.post("/api/v1/workflows/argo", &json!({"workflow": fixture("create")}));
    let message = "the namespace of the provided object does not match the namespace sent on the request";
    assert_eq!((elsewhere.status, elsewhere.body), (400, error(3, message)));
}

#[test]
fn lists_are_filtered_and_cut() {
    let sandbox = Harness::start(config());
    for (name, team) in [("berth-a", "payments"), ("berth-b", "search"), ("berth-c", "payments")] {
        let words = [
            (CREATE, name),
            ("io/team\":\"payments", &format!("io/team\":\"{team}")),
            ("payments-checkout", name),
        ];
        sandbox.run(&fixture_with("create", &words));
    }
    let names = |query: &str| -> Vec<String> {
        let answer = sandbox.get(&format!("/api/v1/workflows/{PLACE}?{query}"));
        assert_eq!(answer.status, 200, "{}", answer.body);
        let items = answer.body["items"].as_array().unwrap().clone();
        items.iter().map(|item| item["metadata"]["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names("listOptions.labelSelector=platform.io/team%3Dpayments"), ["berth-a", "berth-c"]);
    assert_eq!(names("listOptions.labelSelector=platform.io/team!=payments"), ["berth-b"]);
    assert_eq!(names("listOptions.limit=2"), ["berth-a", "berth-b"]);
    assert_eq!(names("listOptions.limit=2&listOptions.continue=2"), ["berth-c"]);
    let counted = "listOptions.limit=2&listOptions.fieldSelector=ext.showRemainingItemCount=true";
    let answer = sandbox.get(&format!("/api/v1/workflows/{PLACE}?{counted}"));
    assert_eq!(answer.body["metadata"]["continue"], "2");
    let fields = "fields=items.metadata.name,items.status.phase&listOptions.limit=1";
    let answer = sandbox.get(&format!("/api/v1/workflows/{PLACE}?{fields}"));
    let only = json!({"items": [{"metadata": {"name": "berth-a"}, "status": {"phase": "Succeeded"}}]});
    assert_eq!(answer.body, only);
}

#[test]
fn a_watcher_sees_every_change_in_order() {
    let sandbox = Harness::start(slow(Duration::from_millis(20)));
    let path =
        format!("/api/v1/workflow-events/{PLACE}?listOptions.labelSelector=platform.io/request-id=request-1");
    let events = sandbox.stream(&path, true);
    sandbox.submit(&fixture("create"));
    let mut revision = 0;
    let mut phases = Vec::new();
    for event in events {
        let object = &event["result"]["object"];
        let next: u64 = object["metadata"]["resourceVersion"].as_str().unwrap().parse().unwrap();
        assert!(next > revision, "{next} after {revision}");
        revision = next;
        let phase = object["status"]["phase"].as_str().unwrap_or("none").to_owned();
        let seen = (event["result"]["type"].as_str().unwrap().to_owned(), phase);
        if phases.last() != Some(&seen) {
            phases.push(seen);
        }
        if !object["status"]["finishedAt"].is_null() {
            break;
        }
    }
    let expected = [("ADDED", "none"), ("MODIFIED", "Running"), ("MODIFIED", "Succeeded")];
    assert_eq!(phases, expected.map(|(kind, phase)| (kind.to_owned(), phase.to_owned())));
}

#[test]
fn a_watcher_of_running_workflows_is_told_when_one_ends() {
    let sandbox = Harness::start(slow(Duration::from_millis(20)));
    sandbox.submit(&fixture("create"));
    sandbox.wait_for(CREATE, |workflow| workflow["status"]["phase"] == "Running");
    let selector = "listOptions.labelSelector=workflows.argoproj.io/completed=false";
    let path =
        format!("/api/v1/workflow-events/{PLACE}?{selector}&fields=result.type,result.object.metadata.name");
    let mut events = sandbox.stream(&path, false);
    let first = json!({"result": {"type": "ADDED", "object": {"metadata": {"name": CREATE}}}});
    assert_eq!(events.next(), Some(first));
    let deleted = events.find(|event| event["result"]["type"] != "MODIFIED").unwrap();
    assert_eq!(deleted["result"]["type"], "DELETED", "its labels no longer match");
    assert_eq!(sandbox.workflow(CREATE)["status"]["phase"], "Succeeded", "though it is still there");
}

#[test]
fn logs_are_told_by_container() {
    let sandbox = Harness::start(with_faults(&["rbac:2"]));
    let done = sandbox.run(&fixture("create"));
    assert_eq!(sandbox.log(CREATE, "namespace"), ["namespace/payments-checkout serverside-applied"]);
    let behind = "dependency \"rbac\" exited with non-zero code: 1";
    assert_eq!(sandbox.log(CREATE, "verify"), [behind]);
    assert_eq!(sandbox.log(CREATE, ""), [""; 0], "as in Argo a container must be named");
    let undo = "namespace \"payments-checkout\" deleted";
    assert_eq!(sandbox.log(CREATE, "delete"), [undo]);
    // The pod is told by the name that Argo gives it.
    let pod =
        step(&done, "namespace")["boundaryID"].as_str().unwrap().replace(CREATE, &format!("{CREATE}-berth"));
    let path = |pod: &str| {
        format!("/api/v1/workflows/{PLACE}/{CREATE}/log?podName={pod}&logOptions.container=namespace")
    };
    let lines: Vec<_> = sandbox.stream(&path(&pod), true).collect();
    let content = "namespace/payments-checkout serverside-applied";
    assert_eq!(lines, [json!({"result": {"content": content, "podName": pod}})]);
    assert_eq!(sandbox.stream(&path("berth-other"), true).count(), 0);
}

#[test]
fn a_log_is_followed_until_the_workflow_ends() {
    let sandbox = Harness::start(slow(Duration::from_millis(50)));
    sandbox.submit(&fixture("create"));
    let path =
        format!("/api/v1/workflows/{PLACE}/{CREATE}/log?logOptions.container=main&logOptions.follow=true");
    let lines: Vec<_> = sandbox.stream(&path, false).collect();
    assert_eq!(lines.len(), 1);
    assert_eq!(lines[0]["result"]["content"], "namespace/payments-checkout unlabeled");
    assert_eq!(sandbox.workflow(CREATE)["status"]["phase"], "Succeeded", "it ended with the workflow");
}

#[test]
fn templates_are_kept_and_referred_to() {
    let sandbox = Harness::start(config());
    let path = format!("/api/v1/workflow-templates/{PLACE}");
    let thin = sandbox.submit(&fixture("thin"));
    let message = "workflowtemplates.argoproj.io \"berth-namespace-create\" not found";
    assert_eq!((thin.status, thin.body), (404, error(5, message)));
    assert_eq!(sandbox.post(&path, &json!({"template": fixture("template")})).status, 200);
    assert_eq!(sandbox.post(&path, &json!({"template": fixture("template")})).status, 409);
    let one = format!("{path}/berth-namespace-create");
    assert_eq!(sandbox.put(&one, &json!({"template": fixture("template")})).status, 200);
    assert_eq!(sandbox.get(&path).body["items"][0]["spec"], fixture("template")["spec"]);
    let done = sandbox.run(&fixture("thin"));
    assert_eq!(done["status"]["phase"], "Succeeded", "{}", done["status"]);
    assert_eq!(done["status"]["storedWorkflowTemplateSpec"]["entrypoint"], "berth");
    assert_eq!(done["spec"], fixture("thin")["spec"], "the thin workflow stays thin");
    assert_eq!(sandbox.standing().len(), 6);
    assert_eq!(sandbox.delete(&one).status, 200);
    assert_eq!(sandbox.get(&one).status, 404);
}

#[test]
fn what_stands_can_be_listed() {
    let sandbox = Harness::start(config());
    sandbox.run(&fixture("create"));
    let list = sandbox.get("/sandbox/objects").body;
    let names: Vec<_> =
        list["items"].as_array().unwrap().iter().map(|item| &item["metadata"]["name"]).collect();
    assert!(
        names.contains(&&json!("payments-checkout")) && names.contains(&&json!("compute-quota")),
        "{names:?}"
    );
}

#[test]
fn web_pages_of_others_are_not_answered() {
    let sandbox = Harness::start(config());
    let port = sandbox.sandbox().addr().port();
    let status = |headers: &[(&str, &str)]| sandbox.get_with("/api/v1/version", headers).status;
    assert_eq!(status(&[("Host", &format!("localhost:{port}"))]), 200);
    assert_eq!(status(&[("Host", &format!("evil.example:{port}"))]), 403, "DNS rebinding");
    assert_eq!(status(&[("Origin", &format!("http://localhost:{port}"))]), 200);
    for origin in ["https://evil.example", "null", "http://localhost:1", "http://127.0.0.1.evil.example"] {
        assert_eq!(status(&[("Origin", origin)]), 403, "{origin}");
    }
}
