//! What holds a Workflow back and what ends it: mutexes, deadlines, deletion, time to live, shutdown.

mod support;

use std::time::Duration;

use serde_json::{Value, json};
use support::{CREATE, Harness, PLACE, config, fixture, fixture_with, node, slow, step, with_faults};

const SECOND: &str = "berth-namespace-second";
const MUTEX: &str = "berth-workflows/Mutex/berth-dev-payments-checkout";

#[test]
fn a_mutex_makes_the_second_wait() {
    let sandbox = Harness::start(slow(Duration::from_millis(50)));
    sandbox.submit(&fixture("create"));
    sandbox.submit(&fixture_with("create", &[(CREATE, SECOND)]));
    let waiting = sandbox.wait_for(SECOND, |workflow| workflow["status"]["phase"] == "Pending");
    let status = &waiting["status"];
    assert_eq!(status["message"], format!("Waiting for {MUTEX} lock. Lock status: 0/1"));
    assert_eq!(status["startedAt"], Value::Null);
    let held = json!([{"mutex": MUTEX, "holder": format!("{PLACE}/{CREATE}")}]);
    assert_eq!(status["synchronization"]["mutex"]["waiting"], held);
    let first = sandbox.workflow(CREATE);
    assert_eq!(first["status"]["synchronization"]["mutex"]["holding"], held);
    let first = sandbox.wait_until_done(CREATE);
    let second = sandbox.wait_until_done(SECOND);
    assert_eq!(first["status"]["phase"], "Succeeded");
    assert_eq!(second["status"]["phase"], "Failed", "the namespace is ready; the second request is another");
    assert_eq!(second["status"]["synchronization"], Value::Null, "it gives the mutex back");
}

#[test]
fn a_stop_while_it_waits_counts_when_the_wait_is_over() {
    let sandbox = Harness::start(slow(Duration::from_millis(50)));
    sandbox.submit(&fixture("create"));
    sandbox.submit(&fixture_with("create", &[(CREATE, SECOND)]));
    sandbox.wait_for(SECOND, |workflow| workflow["status"]["phase"] == "Pending");
    assert_eq!(sandbox.stop(SECOND).status, 200);
    assert_eq!(sandbox.workflow(SECOND)["status"]["phase"], "Pending");
    let done = sandbox.wait_until_done(SECOND);
    assert_eq!(done["status"]["message"], "Stopped with strategy 'Stop'");
    assert_eq!(node(&done, &format!("{SECOND}(0)"))["message"], "workflow shutdown with strategy: Stop");
    assert_eq!(sandbox.standing().len(), 6, "its exit handler finds nothing of its own");
}

#[test]
fn terminate_ends_the_wait_at_once() {
    let sandbox = Harness::start(slow(Duration::from_secs(5)));
    sandbox.submit(&fixture("create"));
    sandbox.submit(&fixture_with("create", &[(CREATE, SECOND)]));
    sandbox.wait_for(SECOND, |workflow| workflow["status"]["phase"] == "Pending");
    sandbox.put(&format!("/api/v1/workflows/{PLACE}/{SECOND}/terminate"), &json!({}));
    let done = sandbox.wait_until_done(SECOND);
    assert_eq!(done["status"]["phase"], "Failed");
    assert_eq!(done["status"]["message"], "Stopped with strategy 'Terminate'");
}

#[test]
fn a_deadline_ends_the_steps_but_not_the_exit_handler() {
    let sandbox = Harness::start(slow(Duration::from_millis(600)));
    let workflow =
        fixture_with("create", &[("\"activeDeadlineSeconds\":900", "\"activeDeadlineSeconds\":2")]);
    let done = sandbox.run(&workflow);
    assert_eq!(done["status"]["phase"], "Failed");
    let message = done["status"]["message"].as_str().unwrap();
    assert!(message.starts_with("retry exceeded workflow deadline 20"), "{message}");
    assert_eq!(step(&done, "main")["message"], "Step exceeded its deadline");
    assert_eq!(node(&done, "rollback")["phase"], "Succeeded");
    assert_eq!(sandbox.standing(), [""; 0]);
}

#[test]
fn deleting_a_running_workflow_ends_it_without_a_rollback() {
    let sandbox = Harness::start(slow(Duration::from_millis(100)));
    sandbox.submit(&fixture("create"));
    sandbox.wait_for(CREATE, |workflow| {
        workflow["status"]["nodes"].is_object() && step(workflow, "namespace")["phase"] == "Succeeded"
    });
    assert_eq!(sandbox.delete(&format!("/api/v1/workflows/{PLACE}/{CREATE}")).status, 200);
    let standing = sandbox.standing();
    std::thread::sleep(Duration::from_millis(400));
    assert_eq!(sandbox.standing(), standing, "nothing more is written");
    assert!(standing.contains(&"Namespace/payments-checkout".to_owned()), "{standing:?}");
    let again = fixture_with("create", &[("\"provisioning!=r1\"", "\"provisioning!=r1\"")]);
    assert_eq!(
        sandbox.run(&again)["status"]["phase"],
        "Succeeded",
        "the same request goes on: the mutex is free"
    );
}

#[test]
fn a_finished_workflow_is_forgotten_in_time() {
    let sandbox = Harness::start(config());
    let workflow =
        fixture_with("create", &[("{\"secondsAfterCompletion\":259200}", "{\"secondsAfterSuccess\":1}")]);
    sandbox.run(&workflow);
    let path = format!("/api/v1/workflows/{PLACE}/{CREATE}");
    assert_eq!(sandbox.get(&path).status, 200);
    std::thread::sleep(Duration::from_millis(1500));
    assert_eq!(sandbox.get(&path).status, 404);
}

#[test]
fn no_more_retries_for_pods_that_keep_getting_lost() {
    let sandbox = Harness::start(with_faults(&["@pod:3"]));
    let done = sandbox.run(&fixture("create"));
    assert_eq!(done["status"]["phase"], "Error");
    assert_eq!(done["status"]["message"], "No more retries left");
    assert_eq!(node(&done, "rollback")["phase"], "Succeeded");
    assert_eq!(sandbox.standing(), [""; 0]);
}

#[test]
fn a_failed_exit_handler_is_seen() {
    let sandbox = Harness::start(with_faults(&["quotas:2", "delete:2"]));
    let done = sandbox.run(&fixture("create"));
    assert_eq!(done["status"]["phase"], "Failed");
    let exit = node(&done, &format!("{CREATE}.onExit"));
    let rollback = node(&done, "rollback");
    assert_eq!(rollback["message"], "delete: Error (exit code 1)");
    assert_eq!(exit["message"], format!("child '{}' failed", rollback["id"].as_str().unwrap()));
    assert_eq!(sandbox.standing()[0], "Namespace/payments-checkout", "what was not rolled back still stands");
}

#[test]
fn a_namespace_is_changed_and_deleted() {
    let sandbox = Harness::start(config());
    sandbox.run(&fixture("create"));
    let changed = sandbox.run(&fixture("change"));
    assert_eq!(changed["status"]["phase"], "Succeeded", "{:#}", changed["status"]);
    let standing = sandbox.standing().join(" ");
    assert!(!standing.contains("NetworkPolicy/") && !standing.contains("LimitRange/"), "{standing}");
    let quota = sandbox.sandbox().store().unwrap().objects();
    let quota = quota.iter().find(|object| object["kind"] == "ResourceQuota").unwrap();
    assert_eq!(quota["status"]["hard"]["pods"], "5");
    assert_eq!(sandbox.run(&fixture("delete"))["status"]["phase"], "Succeeded");
    assert_eq!(sandbox.standing(), [""; 0]);
    let name = "berth-namespace-again";
    let again = sandbox.run(&fixture_with("delete", &[("berth-namespace-d000000000000001", name)]));
    assert_eq!(step(&again, "guard")["phase"], "Failed");
    assert_eq!(sandbox.log(name, "guard"), ["error: no matching resources found"]);
}

#[test]
fn shutting_down_ends_what_runs() {
    let sandbox = Harness::start(slow(Duration::from_secs(30)));
    sandbox.submit(&fixture("create"));
    sandbox.wait_for(CREATE, |workflow| workflow["status"]["phase"] == "Running");
    let start = std::time::Instant::now();
    drop(sandbox);
    assert!(start.elapsed() < Duration::from_secs(3), "{:?}", start.elapsed());
}
