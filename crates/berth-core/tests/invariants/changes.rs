//! Changes: what goes is exactly what only the last request made, never a namespace, and a change back undoes a change.

use std::collections::BTreeMap;

use berth_core::plan::{Change, Origin, PlanKind, RequestId};
use berth_core::render::{Kind, Rendering, Target};
use berth_core::{Context, Moment, PlanOptions};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::requests::{Asked, valid};

/// Objects by kind, namespace and name.
type Objects = BTreeMap<String, Value>;

fn key(object: &Value) -> String {
    let group = object["apiVersion"].as_str().unwrap().rsplit_once('/').map_or("", |(group, _)| group);
    format!("{group} {} {} {}", object["kind"], object["metadata"]["namespace"], object["metadata"]["name"])
}

fn change<'o>(from: &'o Value, id: &'o RequestId, made: &'o Moment) -> Kind<'o> {
    Kind::Change { from, origin: Origin { request_id: id, created_at: made, requester: None } }
}

/// What a request renders for a namespace that was made by this id.
fn rendered(asked: &Asked, from: &Value, id: &RequestId, made: &Moment) -> Objects {
    let Rendering::Manifests(list) = asked.render(Target::Manifests, change(from, id, made)) else {
        unreachable!()
    };
    list.items.into_iter().map(|object| (key(&object), object)).collect()
}

/// What stands after the Workflow of a change.
fn carried_out(mut stands: Objects, asked: &Asked, from: &Value, id: &RequestId, made: &Moment) -> Objects {
    let workflow = json!(asked.render(Target::Workflow, change(from, id, made)));
    for file in workflow["spec"]["templates"][0]["inputs"]["artifacts"].as_array().unwrap() {
        let bundle: Value = serde_json::from_str(file["raw"]["data"].as_str().unwrap()).unwrap();
        let objects = bundle["items"].as_array().cloned().unwrap_or_else(|| vec![bundle]);
        for object in objects {
            if file["name"] == "prune" {
                stands.remove(&key(&object)).expect("it prunes only what stands");
            } else {
                stands.insert(key(&object), object);
            }
        }
    }
    stands
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn a_change_back_undoes_a_change(asked in valid()) {
        let (id, made) = (RequestId::parse("made-0").unwrap(), Moment::parse("2025-06-01T08:00:00Z").unwrap());
        let other = Asked { request: asked.with_less(), ..asked.clone() };
        prop_assume!(other.is_valid());
        let first = rendered(&asked, &other.request, &id, &made);
        let second = rendered(&other, &asked.request, &id, &made);
        let changed = carried_out(first.clone(), &other, &asked.request, &id, &made);
        prop_assert_eq!(&changed, &second);
        prop_assert_eq!(carried_out(changed, &asked, &other.request, &id, &made), first);
    }

    #[test]
    fn what_goes_is_what_only_the_last_request_made(asked in valid()) {
        let (id, made) = (RequestId::parse("made-0").unwrap(), Moment::parse("2025-06-01T08:00:00Z").unwrap());
        let stands = Asked { request: asked.with_less(), ..asked.clone() };
        let parameters = stands.request.get("parameters").unwrap_or(&stands.request);
        let context = Context::from_value(&json!({ "current": { "parameters": parameters } })).unwrap();
        let options = PlanOptions { kind: Some(PlanKind::Change), now: Some(asked.now.clone()), ..PlanOptions::default() };
        let plan = asked.berth.plan(&asked.request, &context, &options).unwrap();
        let named = |object: &berth_core::plan::ObjectChange| {
            key(&json!({ "apiVersion": object.api_version, "kind": object.kind, "metadata": { "namespace": object.namespace, "name": object.name } }))
        };
        let changes = plan.changes.unwrap();
        let of = |wanted: Change| changes.iter().filter(move |change| change.change == wanted);
        prop_assert!(of(Change::Removed).all(|change| change.kind != "Namespace"));
        let wanted = rendered(&asked, &stands.request, &id, &made);
        for change in of(Change::Removed) {
            prop_assert!(!wanted.contains_key(&named(change)), "{}", change.name);
        }
        let others = changes.iter().filter(|change| change.change != Change::Removed);
        let mut told: Vec<String> = others.map(named).collect();
        told.sort();
        prop_assert_eq!(told, wanted.into_keys().collect::<Vec<_>>());
        for change in of(Change::Changed) {
            prop_assert!(!change.fields.is_empty());
        }
    }

    #[test]
    fn what_was_rendered_has_not_drifted(asked in valid()) {
        let (id, made) = (RequestId::parse("made-0").unwrap(), Moment::parse("2025-06-01T08:00:00Z").unwrap());
        let live: Vec<Value> = rendered(&asked, &asked.request, &id, &made).into_values().collect();
        let origin = Some(Origin { request_id: &id, created_at: &made, requester: None });
        let options = berth_core::DriftOptions { live: &live, origin, unread: Vec::new() };
        let drift = asked.berth.drift(&asked.request, &options).unwrap();
        prop_assert!(drift.in_sync, "{:?}", drift.objects);
        let less = berth_core::DriftOptions { live: &live[..live.len() - 1], ..options };
        prop_assert_eq!(asked.berth.drift(&asked.request, &less).unwrap().objects.len(), 1);
    }
}
