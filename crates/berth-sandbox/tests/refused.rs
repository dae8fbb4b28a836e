//! What a Workflow may not say: Argo's own rules, and everything that the sandbox can't do, by name.

mod support;

use serde_json::{Value, json};
use support::{Harness, config, fixture, set};

/// A change to the create fixture, and what the answer must name.
struct Case {
    pointer: &'static str,
    value: Value,
    named: &'static str,
}

fn case(pointer: &'static str, value: Value, named: &'static str) -> Case {
    Case { pointer, value, named }
}

#[test]
fn constructs_that_berth_does_not_render_are_named() {
    const GUARD: &str = "/spec/templates/0/containerSet/containers/0";
    let guard = |key: &str| -> &'static str { format!("{GUARD}/{key}").leak() };
    refuses(vec![
        case("/spec/templates/0/script", json!({"image": "x"}), "`spec.templates[0].script`"),
        case("/spec/templates/0/dag", json!({}), "`spec.templates[0].dag`"),
        case("/spec/templates/0/resource", json!({}), "`spec.templates[0].resource`"),
        case("/spec/templates/0/podSpecPatch", json!("x"), "`spec.templates[0].podSpecPatch`"),
        case("/spec/templates/0/outputs", json!({}), "`spec.templates[0].outputs`"),
        case("/spec/templates/0/volumes/0/hostPath", json!({"path": "/"}), "hostPath"),
        case("/spec/templates/0/inputs/artifacts/0/s3", json!({}), "s3"),
        case("/spec/templates/0/inputs/parameters", json!([]), "`spec.templates[0].inputs.parameters`"),
        case("/spec/hooks", json!({}), "`spec.hooks`"),
        case("/spec/volumeClaimTemplates", json!([]), "`spec.volumeClaimTemplates`"),
        case("/spec/suspend", json!(true), "`spec.suspend`"),
        case("/spec/synchronization/semaphores", json!([]), "`spec.synchronization.semaphores`"),
        case("/spec/templates/1/steps/0/0/withItems", json!([1]), "withItems"),
        case("/spec/templates/1/steps/0/0/when", json!("1 < 2"), "the condition `1 < 2`"),
        case("/spec/templates/1/steps/0/0/template", json!("rollback"), "a step that has steps itself"),
        case("/spec/templates/0/name", json!("{{workflow.uid}}"), "{{workflow.uid}}"),
        case("/metadata/generateName", json!("berth-"), "`metadata.generateName`"),
        case(guard("command"), json!(["sh", "-c"]), "`sh -c`: only `kubectl`"),
        case(guard("args/0"), json!("exec"), "`kubectl exec`"),
        case(guard("args"), json!(["apply", "-f", "/etc/passwd"]), "`-f`"),
        case(
            guard("args"),
            json!(["get", "--filename=/etc/passwd", "--output=name"]),
            "there is no artifact at `/etc/passwd`",
        ),
        case(guard("env"), json!([{"name": "KUBECONFIG", "value": "/x"}]), "KUBECONFIG"),
        case(guard("env"), json!([{"name": "HOME", "value": "/root"}]), "the HOME `/root`"),
        case(guard("volumeMounts"), json!([]), "volumeMounts"),
        case(
            "/spec/templates/0/inputs/artifacts/0/path",
            json!("/berth/../x"),
            "an artifact at `/berth/../x`",
        ),
        case("/spec/templates/0/inputs/artifacts/0/path", json!("/tmp/x"), "an artifact at `/tmp/x`"),
        case("/spec/templates/0/inputs/artifacts/0/raw/data", json!("x".repeat(1_100_000)), "never starts"),
        case("/spec/templates/0/containerSet/retryStrategy/retries", json!("0"), "0 retries"),
        case("/spec/templates/0/retryStrategy/limit", json!("1000"), "without a limit"),
    ]);
}

#[test]
fn argos_own_rules_hold_in_argos_words() {
    const CONTAINERS: &str = "/spec/templates/0/containerSet/containers";
    let at = |key: &str| -> &'static str { format!("{CONTAINERS}/{key}").leak() };
    refuses(vec![
        case("/spec/entrypoint", json!(""), "spec.entrypoint is required"),
        case("/spec/entrypoint", json!("other"), "template name 'other' undefined"),
        case("/spec/onExit", json!("other"), "template name 'other' undefined"),
        case("/spec/templates/2/name", json!("un_do"), "spec.templates[2].name: 'un_do' is invalid"),
        case("/spec/templates/2/name", json!("berth"), "spec.templates[2].name 'berth' is not unique"),
        case("/spec/templates/2/steps", json!([]), "templates.undo multiple template types specified"),
        case("/spec/templates/0/containerSet", Value::Null, "templates.berth template type unspecified"),
        case(at("7/name"), json!("last"), "must have a container named \"main\" for input or output"),
        case(at("0/name"), json!("wait"), "containers.namespace dependency 'guard' not defined"),
        case(at("6/name"), json!("verify"), "containerSet.containers[6].name 'verify' is not unique"),
        case(at("1/dependencies"), json!(["verify"]), "dependency cycle detected: "),
        case(at("0/image"), json!(""), "image may not be empty"),
        case(
            "/spec/templates/0/retryStrategy/retryPolicy",
            json!("Never"),
            "Never is not a valid RetryPolicy",
        ),
        case("/spec/podGC/strategy", json!("Always"), "podGC.strategy unknown strategy 'Always'"),
        case("/spec/arguments/parameters/0/value", Value::Null, "spec.arguments.namespaceName.value or"),
        case("/spec/arguments/parameters/0/name", json!("a.b"), "[0].name: 'a.b' is invalid"),
        case(
            "/spec/synchronization/mutexes",
            json!([{"name": "a"}, {"name": "a"}]),
            "duplicate synchronization item",
        ),
        case(
            "/metadata/name",
            json!("x".repeat(64)),
            "must not be more than 63 characters long (currently 64)",
        ),
        case("/metadata/name", json!("Berth"), "a lowercase RFC 1123 subdomain"),
        case("/kind", json!("CronWorkflow"), "`CronWorkflow`"),
        case("/apiVersion", json!("v1"), "`argoproj.io/v1alpha1`"),
        case(
            "/spec/workflowTemplateRef",
            json!({"name": "none"}),
            "workflowtemplates.argoproj.io \"none\" not found",
        ),
    ]);
}

#[test]
fn a_container_may_not_have_a_name_of_argos_own() {
    let text = fixture("create").to_string().replace("\"guard\"", "\"wait\"");
    let sandbox = Harness::start(config());
    let answer = sandbox.submit(&serde_json::from_str(&text).unwrap());
    let message = "templates.berth.containerSet.containers: \"wait\" is a reserved Argo container name";
    assert_eq!((answer.status, answer.body), (400, json!({"code": 3, "message": message})));
}

/// Whatever stands wherever: there is an answer, and it is yes or a reason.
#[test]
fn no_document_breaks_it() {
    let values = [
        Value::Null,
        json!(u64::MAX),
        json!(""),
        json!("}}{{x}}"),
        json!("\u{0}\n"),
        json!([[null]]),
        json!({"": {"": []}}),
        json!("99999999999999999999h"),
    ];
    let sandbox = Harness::start(config());
    let mut reasons = 0;
    for pointer in pointers(&fixture("create"), "") {
        for value in &values {
            let mut workflow = fixture("create");
            set(&mut workflow, &pointer, value.clone());
            let dry = json!({"workflow": workflow, "createOptions": {"dryRun": ["All"]}});
            let answer = sandbox.post("/api/v1/workflows/berth-workflows", &dry);
            assert!(
                matches!(answer.status, 200 | 400 | 404),
                "{pointer} {value}: {} {}",
                answer.status,
                answer.body
            );
            let reason = answer.body.get("message").and_then(Value::as_str);
            assert_eq!(reason.is_some(), answer.status != 200, "{pointer} {value}");
            reasons += usize::from(reason.is_some());
        }
    }
    assert!(reasons > 400, "only {reasons} documents were refused");
}

/// Every place of a document, once for all that look the same.
fn pointers(value: &Value, path: &str) -> Vec<String> {
    let below: Vec<_> = match value {
        Value::Object(fields) => fields.iter().map(|(key, value)| (key.replace('/', "~1"), value)).collect(),
        Value::Array(items) => {
            items.iter().take(1).enumerate().map(|(at, item)| (at.to_string(), item)).collect()
        }
        _ => Vec::new(),
    };
    let below = below.into_iter().filter(|(key, _)| !key.contains("~1"));
    below
        .flat_map(|(key, value)| {
            let here = format!("{path}/{key}");
            let inner = pointers(value, &here);
            std::iter::once(here).chain(inner)
        })
        .collect()
}

fn refuses(cases: Vec<Case>) {
    let sandbox = Harness::start(config());
    for Case { pointer, value, named } in cases {
        let mut workflow = fixture("create");
        set(&mut workflow, pointer, value);
        let answer = sandbox.submit(&workflow);
        let message = answer.body.get("message").and_then(Value::as_str).unwrap_or_default();
        assert!(matches!(answer.status, 400 | 404), "{pointer}: {} {}", answer.status, answer.body);
        assert!(message.contains(named), "{pointer}: {message}");
        assert!(!message.contains('\n'), "{pointer}: {message}");
    }
    assert_eq!(sandbox.standing(), [""; 0], "nothing of them ran");
}
