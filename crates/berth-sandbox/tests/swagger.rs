//! Our answers have the form that Argo Server's own description of its API gives them.
//!
//! `fixtures/argo-rest.json` is the part of that description that we give: each definition with the
//! properties that we use and no others. With `ARGO_SWAGGER` set to Argo's description, that part itself
//! is checked against it.

mod support;

use serde_json::{Value, json};
use support::{CREATE, Harness, PLACE, config, fixture, fixture_with, with_faults};

struct Forms(Value);

impl Forms {
    fn read() -> Self {
        Self(fixture("argo-rest"))
    }

    fn check(&self, definition: &str, answer: &Value) {
        let mut schema = self.0.clone();
        support::set(&mut schema, "/$ref", json!(format!("#/definitions/{definition}")));
        let errors: Vec<_> = support::schema_errors(&schema, answer);
        assert!(errors.is_empty(), "{definition}: {errors:#?} in {answer:#}");
    }
}

const ARGO: &str = "io.argoproj.workflow.v1alpha1";

#[test]
fn answers_have_the_form_that_argo_gives_them() {
    let forms = Forms::read();
    let argo = |name: &str, answer: &Value| forms.check(&format!("{ARGO}.{name}"), answer);
    let sandbox = Harness::start(with_faults(&["@pod:1", "quotas:2"]));
    argo("Version", &sandbox.get("/api/v1/version").body);
    argo("InfoResponse", &sandbox.get("/api/v1/info").body);
    argo("WorkflowList", &sandbox.get(&format!("/api/v1/workflows/{PLACE}")).body);
    argo("Workflow", &sandbox.submit(&fixture("create")).body);
    argo("Workflow", &sandbox.wait_until_done(CREATE));
    let templates = format!("/api/v1/workflow-templates/{PLACE}");
    argo("WorkflowTemplate", &sandbox.post(&templates, &json!({"template": fixture("template")})).body);
    argo("WorkflowTemplateList", &sandbox.get(&templates).body);
    argo("Workflow", &sandbox.run(&fixture_with("thin", &[(CREATE, "berth-thin")])));
    let list = format!(
        "/api/v1/workflows/{PLACE}?listOptions.limit=1&listOptions.fieldSelector=ext.showRemainingItemCount=true"
    );
    argo("WorkflowList", &sandbox.get(&list).body);
    let events = sandbox.stream(&format!("/api/v1/workflow-events/{PLACE}"), true);
    for event in events.take(2) {
        argo("WorkflowWatchEvent", event.get("result").unwrap());
    }
    let log = format!("/api/v1/workflows/{PLACE}/{CREATE}/log?logOptions.container=guard");
    forms.check(
        "grpc.gateway.runtime.StreamError",
        sandbox.get(&log.replace(CREATE, "x")).body.get("error").unwrap(),
    );
    for line in sandbox.stream(&log.replace("guard", "namespace"), false) {
        argo("LogEntry", line.get("result").unwrap());
    }
    argo("WorkflowDeleteResponse", &sandbox.delete(&format!("/api/v1/workflows/{PLACE}/berth-thin")).body);
    let template = format!("{templates}/berth-namespace-create");
    argo("WorkflowTemplateDeleteResponse", &sandbox.delete(&template).body);
}

#[test]
fn a_workflow_that_waits_has_that_form_too() {
    let sandbox = Harness::start(support::slow(std::time::Duration::from_secs(5)));
    sandbox.submit(&fixture("create"));
    sandbox.submit(&fixture_with("create", &[(CREATE, "berth-second")]));
    let waiting = sandbox.wait_for("berth-second", |workflow| {
        workflow.pointer("/status/phase").is_some_and(|phase| phase == "Pending")
    });
    Forms::read().check(&format!("{ARGO}.Workflow"), &waiting);
    Forms::read().check(&format!("{ARGO}.Workflow"), &sandbox.workflow(CREATE));
}

#[test]
fn errors_have_the_form_that_argo_gives_them() {
    let sandbox = Harness::start(config());
    let forms = Forms::read();
    for path in ["/api/v1/workflows/x/y", "/api/v1/nothing", "/api/v1/workflows/x?unknown=1"] {
        forms.check("grpc.gateway.runtime.Error", &sandbox.get(path).body);
    }
}

#[test]
fn the_forms_are_a_part_of_argos_own_description() {
    let Ok(path) = std::env::var("ARGO_SWAGGER") else {
        eprintln!("ARGO_SWAGGER is not set: argo-rest.json is not checked against Argo's own description");
        return;
    };
    let swagger: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let Value::Object(forms) = fixture("argo-rest").get_mut("definitions").unwrap().take() else { panic!() };
    for (name, form) in forms {
        let theirs =
            swagger.get("definitions").and_then(|all| all.get(&name)).unwrap_or_else(|| panic!("{name}"));
        let required = |definition: &Value| definition.get("required").cloned().unwrap_or(json!([]));
        assert_eq!(
            required(&form).as_array().unwrap().len(),
            required(theirs).as_array().unwrap().len(),
            "{name}"
        );
        for (property, ours) in form.get("properties").and_then(Value::as_object).into_iter().flatten() {
            let pointer = format!("/properties/{property}");
            let theirs = theirs.pointer(&pointer).unwrap_or_else(|| panic!("{name} has no `{property}`"));
            assert_eq!(kind(ours), kind(theirs), "{name}.{property}");
        }
    }
}

/// A property's type, or what it refers to. A spec is an object here, whatever is in it.
fn kind(property: &Value) -> String {
    let reference = property.get("$ref").and_then(Value::as_str).unwrap_or_default();
    match property.get("type") {
        Some(Value::Array(types)) => types.first().and_then(Value::as_str).unwrap_or_default().to_owned(),
        Some(kind) => kind.as_str().unwrap_or_default().to_owned(),
        None if reference.ends_with("WorkflowSpec") => "object".to_owned(),
        None => reference.to_owned(),
    }
}
