//! The committed JSON Schemas of documents and answers: documents that are right fit them, what they refuse the core
//! refuses, and answers say no more than their schema. Requests have `schema_differential.rs`.
#![expect(clippy::unwrap_used, reason = "schemas and documents are known")]

use berth_core::input::{Format, parse};
use berth_core::plan::RequestId;
use berth_core::render::{Kind, RenderOptions, Target};
use berth_core::{Berth, Context, Moment, PlanOptions, Requester, Source, Usage};
use berth_testing::{Documents, Requests, repository};
use jsonschema::Validator;
use serde_json::{Value, json};

fn schema(name: &str) -> Value {
    let path = repository().join(format!("schemas/{name}.schema.json"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn validator(schema: &Value) -> Validator {
    jsonschema::draft202012::new(schema).unwrap()
}

fn complaints(validator: &Validator, value: &Value) -> Vec<String> {
    validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

fn yaml(text: &str) -> Value {
    parse(text, Format::Yaml).unwrap()
}

#[test]
fn documents_that_are_right_fit() {
    let (platform, blueprint) = (validator(&schema("platform")), validator(&schema("blueprint")));
    for folder in ["", "tests/corpus/fixtures", "crates/berth-core/tests/fixtures/schema"] {
        let documents = Documents::in_folder(&repository().join(folder));
        let none: [String; 0] = [];
        assert_eq!(complaints(&platform, &yaml(&documents.platform.text)), none, "{folder}/platform.yaml");
        for document in documents.blueprints {
            assert_eq!(complaints(&blueprint, &yaml(&document.text)), none, "{folder}/{}", document.name);
        }
    }
}

/// Changes of the default documents: where, and to what. The last key may be new.
fn mistakes() -> [(&'static str, Vec<(&'static str, Value)>); 2] {
    let platform = vec![
        ("/apiVersion", json!("berth.dev/v1")),
        ("/kind", json!("Blueprint")),
        ("/metadata/name", json!("Default")),
        ("/metadata/title", json!(null)),
        ("/spec/approvals", json!([])),
        ("/spec/currency/decimals", json!(5)),
        ("/spec/currency/decimals", json!("2")),
        ("/spec/environments", json!({})),
        ("/spec/environments/staging/podSecurity", json!("strict")),
        ("/spec/environments/production/approval/by", json!([])),
        ("/spec/environments/production/approval/count", json!(0)),
        ("/spec/reserved/names", json!("default")),
        ("/spec/teamDefaults/limits/namespaces", json!(-1)),
        ("/spec/workflow/ttlSeconds", json!(3600)),
        ("/spec/workflow/image/digest", json!("sha256:abc")),
    ];
    let rule = "/spec/rules/0";
    let at = |key: &str| -> &'static str { Box::leak(format!("{rule}/{key}").into_boxed_str()) };
    let blueprint = vec![
        ("/metadata/name", json!("name space")),
        ("/spec/scope/owner", json!("team")),
        ("/spec/parameters", json!({})),
        ("/spec/parameters/cost-center", json!({ "type": "string" })),
        ("/spec/parameters/blueprint", json!({ "type": "string" })),
        ("/spec/parameters/costCenter/type", json!("text")),
        ("/spec/parameters/costCenter/minLength", json!(-1)),
        ("/spec/parameters/expiresAt/format", json!("time")),
        ("/spec/tables/tiers/micro/monthlyCost", json!(-5)),
        ("/spec/tables/tiers/micro/title", json!(7)),
        (at("id"), json!("Production")),
        (at("severity"), json!("info")),
        (at("when"), json!({})),
        (at("when"), json!({ "environment": { "isIn": ["production"] } })),
        (at("when"), json!({ "environment": {} })),
        (at("when"), json!({ "environment": { "in": ["production"], "notIn": ["staging"] } })),
        (at("when"), json!({ "environment": { "in": "production" } })),
        (at("when"), json!({ "all": [{ "team": { "exists": true } }], "environment": { "exists": true } })),
        (at("when"), json!({ "not": [{ "team": { "exists": true } }] })),
        (at("when"), json!({ "any": [{ "team": { "exists": "yes" } }] })),
        ("/spec/steps", json!([])),
        ("/spec/steps/1/id", json!("Quotas")),
        ("/spec/steps/1/manifests", json!([])),
        ("/spec/steps/1/manifests/0/kind", json!(null)),
        ("/spec/steps/1/manifests/0/metadata", json!({ "labels": {} })),
        ("/spec/steps/1/manifests/0/metadata/namespace", json!("payments")),
        ("/spec/steps/1/verify/0/expects", json!("Active")),
    ];
    [("platform", platform), ("blueprint", blueprint)]
}

#[test]
fn what_the_schema_of_a_document_refuses_the_core_refuses() {
    let defaults = Documents::in_folder(&repository());
    let (platform, blueprint) = (yaml(&defaults.platform.text), yaml(&defaults.blueprints[0].text));
    for (name, mistakes) in mistakes() {
        let validator = validator(&schema(name));
        for (pointer, value) in mistakes {
            let (mut platform, mut blueprint) = (platform.clone(), blueprint.clone());
            let document = if name == "platform" { &mut platform } else { &mut blueprint };
            let (parent, key) = pointer.rsplit_once('/').unwrap();
            document
                .pointer_mut(parent)
                .unwrap()
                .as_object_mut()
                .unwrap()
                .insert(key.to_owned(), value.clone());
            assert!(!validator.is_valid(document), "{name}{pointer} may be {value}, says the schema");
            let compiled =
                Berth::compile(&("platform".to_owned(), platform), &[("namespace".to_owned(), blueprint)]);
            assert!(compiled.is_err(), "{name}{pointer} may be {value}, says the core");
        }
    }
}

/// Closes every map of known keys.
fn closed(schema: &mut Value) {
    match schema {
        Value::Object(keywords) => {
            if keywords.contains_key("properties") && keywords["properties"].is_object() {
                keywords.entry("additionalProperties").or_insert(Value::Bool(false));
            }
            keywords.values_mut().for_each(closed);
        }
        Value::Array(members) => members.iter_mut().for_each(closed),
        _ => {}
    }
}

fn closed_validator(name: &str) -> Validator {
    let mut schema = schema(name);
    closed(&mut schema);
    validator(&schema)
}

#[test]
fn answers_say_what_their_schemas_say() {
    let berth = Berth::embedded().unwrap();
    let [decision, plan, workflow, template] =
        ["decision", "plan", "workflow", "workflow-template"].map(closed_validator);
    let none: [String; 0] = [];
    let context = Context {
        now: Some(Moment::parse("2026-01-01T00:00:00Z").unwrap()),
        usage: Some(Usage { namespaces: 3, monthly_cost: 40_000 }),
        ..Context::UNKNOWN
    };
    let plan_options = PlanOptions { now: context.now.clone(), ..PlanOptions::default() };
    let render_options = |target| RenderOptions {
        target,
        kind: Kind::Create,
        request_id: RequestId::parse("req-1").unwrap(),
        now: Moment::parse("2026-01-01T00:00:00Z").unwrap(),
        attempt: 1,
    };
    let mut requests = Requests::of_the_defaults();
    let mut planned = 0;
    while planned < 100 {
        let (request, _) = requests.draw();
        let Ok(request) = parse(&request.to_string(), Format::Json) else { continue };
        let decided = berth.decide_with_options(&request, &context);
        assert_eq!(complaints(&decision, &json!(decided)), none);
        if !decided.valid {
            continue;
        }
        planned += 1;
        assert_eq!(complaints(&plan, &json!(berth.plan(&request, &context, &plan_options).unwrap())), none);
        for (target, validator) in [
            (Target::Workflow, &workflow),
            (Target::WorkflowRef, &workflow),
            (Target::WorkflowTemplate, &template),
        ] {
            let rendered = berth.render(&request, &context, &render_options(target)).unwrap();
            assert_eq!(complaints(validator, &json!(rendered)), none);
        }
    }
}

#[test]
fn a_context_fits_and_one_with_a_slip_does_not() {
    let validator = validator(&schema("context"));
    let context = json!({
        "now": "2026-01-01T00:00:00Z",
        "requester": { "ref": "user:default/ada", "groups": ["group:default/payments"] },
        "usage": { "namespaces": 3, "monthlyCost": 40_000 },
        "nameTaken": false
    });
    assert!(validator.is_valid(&context));
    assert!(Context::from_value(&context).is_ok());
    for wrong in [json!({ "now": "today" }), json!({ "usage": {} }), json!({ "user": "ada" })] {
        assert!(!validator.is_valid(&wrong), "{wrong}");
        assert!(Context::from_value(&wrong).is_err());
    }
}

/// The codes that a schema says it leaves out are those that a context brings.
#[test]
fn what_is_not_exported_is_what_needs_a_context() {
    let platform = std::fs::read_to_string(repository().join("platform.yaml")).unwrap();
    let (here, lifetime) = ("title: Staging\n", "title: Staging\n      lifetime: { maximum: 90 }\n");
    let source =
        Source { name: "platform.yaml", text: &platform.replace(here, lifetime), format: Format::Yaml };
    let berth = Berth::load(Some(source), None).unwrap();
    let schema = berth.request_schema("namespace").unwrap();
    let mut expected: Vec<&str> =
        schema["$defs"]["notExported"]["enum"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    expected.sort_unstable();
    let request = json!({
        "namespaceName": "payments-checkout", "team": "payments", "environment": "staging",
        "expiresAt": "2025-12-31T00:00:00Z"
    });
    assert!(berth.decide(&request, &Context::UNKNOWN).valid);
    let context = Context {
        now: Some(Moment::parse("2026-01-01T00:00:00Z").unwrap()),
        requester: Some(Requester {
            entity_ref: "user:default/mallory".to_owned(),
            groups: Vec::new(),
            roles: Vec::new(),
        }),
        usage: Some(Usage { namespaces: 12, monthly_cost: 400_000 }),
        name_taken: true,
        current: None,
    };
    let created = berth.decide(&request, &context);
    let mut later = request.clone();
    later["expiresAt"] = "2026-12-31T00:00:00Z".into();
    let stands = json!({ "now": "2026-01-01T00:00:00Z", "current": {
        "parameters": { "namespaceName": "payments-checkout", "team": "checkout", "environment": "staging", "resourceTier": "large" },
        "used": { "pods": "15" },
    } });
    let stands = Context::from_value(&stands).unwrap();
    let changed = berth.decide(&later, &stands);
    let violations = created.violations.iter().chain(&changed.violations);
    let mut found: Vec<&str> = violations.map(|violation| violation.code.as_ref()).collect();
    found.sort_unstable();
    assert_eq!(found, expected);
}

#[test]
fn rules_as_people_read_them_in_the_schema() {
    let documents = Documents::in_folder(&repository().join("crates/berth-core/tests/fixtures/schema"));
    let schema = documents.load().unwrap().request_schema("namespace").unwrap();
    insta::assert_json_snapshot!(json!({ "allOf": schema["allOf"], "$defs": schema["$defs"] }));
}

#[cfg(feature = "schema")]
#[test]
fn a_schema_that_is_not_known_is_refused_with_a_hint() {
    let berth = Berth::embedded().unwrap();
    let error = berth.schema("decisions").unwrap_err();
    assert_eq!(error.to_string(), "there is no schema `decisions`");
    assert_eq!(error.hint(), "did you mean `decision`?");
    assert_eq!(berth.schema("request").unwrap(), berth.request_document_schema());
}
