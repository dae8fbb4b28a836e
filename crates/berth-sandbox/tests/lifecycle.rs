//! What becomes of a Workflow: it succeeds, is tried again, is rolled back, is stopped, is refused.

mod support;

use std::time::Duration;

use serde_json::{Value, json};
use support::{
    CREATE, Harness, PLACE, config, fixture, fixture_with, node, phases, phases_of, slow, step, with_faults,
};

const READY: [&str; 6] = [
    "Namespace/payments-checkout",
    "LimitRange/compute-limit-range",
    "ResourceQuota/compute-quota",
    "ServiceAccount/payments-deployer",
    "NetworkPolicy/deny-all",
    "RoleBinding/payments-developers",
];

#[test]
fn a_request_becomes_a_namespace() {
    let sandbox = Harness::start(config());
    let done = sandbox.run(&fixture("create"));
    let status = &done["status"];
    assert_eq!((&status["phase"], &status["progress"]), (&json!("Succeeded"), &json!("9/9")), "{status:#}");
    assert_eq!(done["metadata"]["labels"]["workflows.argoproj.io/completed"], "true");
    assert_eq!(status["message"], Value::Null);
    let mut standing = sandbox.standing();
    standing.sort();
    let mut ready = READY;
    ready.sort_unstable();
    assert_eq!(standing, ready);
    let objects = sandbox.sandbox().store().unwrap().objects();
    let namespace = objects.iter().find(|object| object["metadata"]["name"] == "payments-checkout").unwrap();
    assert_eq!(
        namespace["metadata"]["labels"].get("platform.io/provisioning"),
        None,
        "ready namespaces lose it"
    );
    assert_eq!(namespace["metadata"]["annotations"]["platform.io/description"], "{{workflow.name}} é");
    let rollback = node(&done, "rollback");
    assert_eq!((&rollback["phase"], &rollback["type"]), (&json!("Skipped"), &json!("Skipped")));
    assert!(rollback["progress"].is_null(), "nothing runs there: {rollback:#}");
    assert_eq!(rollback["message"], "when 'Succeeded != Succeeded' evaluated false");
}

#[test]
fn a_step_that_fails_once_is_tried_again() {
    let sandbox = Harness::start(with_faults(&["quotas:1"]));
    let done = sandbox.run(&fixture("create"));
    assert_eq!(done["status"]["phase"], "Succeeded");
    let log = sandbox.log(CREATE, "quotas");
    assert_eq!(log[0], "error: `quotas` fails on purpose (berth sandbox --fail)");
    assert_eq!(log[1], "resourcequota/compute-quota serverside-applied");
}

#[test]
fn a_step_that_keeps_failing_is_rolled_back() {
    let sandbox = Harness::start(with_faults(&["quotas:2"]));
    let done = sandbox.run(&fixture("create"));
    let status = &done["status"];
    assert_eq!(status["phase"], "Failed");
    // Of the containers that ended badly Argo names the first in order of name.
    let behind = "main: Error (exit code 64): dependency \"verify\" exited with non-zero code: 1";
    assert_eq!(status["message"], behind);
    assert_eq!(step(&done, "quotas")["message"], "quotas: Error (exit code 1): ");
    let expected = [
        ("guard", "Succeeded"),
        ("main", "Error"),
        ("namespace", "Succeeded"),
        ("network", "Succeeded"),
        ("quotas", "Failed"),
        ("rbac", "Succeeded"),
        ("verify", "Error"),
        ("verify-quotas", "Error"),
    ];
    assert_eq!(phases(&done), expected.map(|(name, phase)| (name.to_owned(), phase.to_owned())));
    assert_eq!(node(&done, "rollback")["phase"], "Succeeded");
    assert_eq!(sandbox.standing(), [""; 0], "nothing is left");
}

#[test]
fn a_lost_pod_is_replaced() {
    let sandbox = Harness::start(with_faults(&["@pod:1"]));
    let done = sandbox.run(&fixture("create"));
    assert_eq!(done["status"]["phase"], "Succeeded", "{done:#}");
    let lost = node(&done, &format!("{CREATE}(0)"));
    assert_eq!((&lost["phase"], &lost["message"]), (&json!("Error"), &json!("pod deleted")));
    assert_eq!(node(&done, &format!("{CREATE}(1)"))["phase"], "Succeeded");
    assert_eq!(sandbox.standing().len(), READY.len());
}

#[test]
fn a_foreign_namespace_stays_untouched() {
    let mut config = config();
    let foreign = json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "payments-checkout"}});
    config.seeds.push(foreign);
    let sandbox = Harness::start(config);
    let before = sandbox.sandbox().store().unwrap().objects();
    let done = sandbox.run(&fixture("create"));
    assert_eq!(done["status"]["phase"], "Failed");
    assert_eq!(done["status"]["message"], "guard: Error (exit code 1)");
    let timed_out = "error: timed out waiting for the condition on namespaces/payments-checkout";
    assert_eq!(sandbox.log(CREATE, "guard"), [timed_out, timed_out]);
    assert_eq!(sandbox.sandbox().store().unwrap().objects(), before);
}

#[test]
fn a_stop_in_the_middle_rolls_back() {
    let sandbox = Harness::start(slow(Duration::from_millis(200)));
    sandbox.submit(&fixture("create"));
    sandbox.wait_for(CREATE, |workflow| {
        workflow["status"]["nodes"].is_object() && step(workflow, "namespace")["phase"] == "Succeeded"
    });
    assert_eq!(sandbox.stop(CREATE).body["spec"]["shutdown"], "Stop");
    let done = sandbox.wait_until_done(CREATE);
    assert_eq!(done["status"]["phase"], "Failed");
    assert_eq!(done["status"]["message"], "Stopped with strategy 'Stop'");
    assert_eq!(step(&done, "main")["message"], "workflow shutdown with strategy:  Stop");
    assert_eq!(sandbox.standing(), [""; 0]);
    let again = sandbox.stop(CREATE);
    let message =
        format!("cannot shutdown a completed workflow: workflow: \"{CREATE}\", namespace: \"{PLACE}\"");
    assert_eq!((again.status, again.body), (500, json!({"code": 13, "message": message})));
}

#[test]
fn terminate_leaves_things_as_they_are() {
    let sandbox = Harness::start(slow(Duration::from_millis(200)));
    sandbox.submit(&fixture("create"));
    sandbox.wait_for(CREATE, |workflow| {
        workflow["status"]["nodes"].is_object() && step(workflow, "namespace")["phase"] == "Succeeded"
    });
    sandbox.put(&format!("/api/v1/workflows/{PLACE}/{CREATE}/terminate"), &json!({"name": CREATE}));
    let done = sandbox.wait_until_done(CREATE);
    assert_eq!(done["status"]["message"], "Stopped with strategy 'Terminate'");
    assert!(!done["status"]["nodes"].to_string().contains("onExit"), "the exit handler does not run");
    assert_eq!(sandbox.standing()[0], "Namespace/payments-checkout");
}

#[test]
fn the_same_name_twice_is_one_workflow() {
    let sandbox = Harness::start(config());
    assert_eq!(sandbox.submit(&fixture("create")).status, 200);
    let again = sandbox.submit(&fixture("create"));
    let message = format!("workflows.argoproj.io \"{CREATE}\" already exists");
    assert_eq!((again.status, again.body), (409, json!({"code": 6, "message": message})));
}

#[test]
fn a_ready_namespace_survives_the_same_request_again() {
    let sandbox = Harness::start(config());
    sandbox.run(&fixture("create"));
    let ready = sandbox.sandbox().store().unwrap().objects();
    assert_eq!(sandbox.delete(&format!("/api/v1/workflows/{PLACE}/{CREATE}")).status, 200);
    let failing = fixture_with(
        "create",
        &[("{.status.hard.pods}=10", "{.status.hard.pods}=11"), ("timeout=30s", "timeout=1s")],
    );
    let done = sandbox.run(&failing);
    assert_eq!(done["status"]["phase"], "Failed");
    assert_eq!(step(&done, "guard")["phase"], "Failed", "the guard refuses a namespace that is ready");
    let told = [("delete", "Succeeded"), ("gone", "Succeeded"), ("main", "Failed")];
    let told = told.map(|(name, phase)| (name.to_owned(), phase.to_owned()));
    assert_eq!(
        phases_of(&done, "undo"),
        told,
        "it deletes nothing, and says that what the request made stands"
    );
    assert_eq!(sandbox.sandbox().store().unwrap().objects(), ready);
}
