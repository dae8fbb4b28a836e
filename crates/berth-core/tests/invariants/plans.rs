//! Plans: the digest is that of what is created, whoever asks and when.

use berth_core::{Context, PlanOptions, Requester};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::requests::{Asked, namespace, valid};

fn plan(asked: &Asked, context: &Context) -> Value {
    let options = PlanOptions {
        request_id: Some(asked.id.clone()),
        now: Some(asked.now.clone()),
        ..PlanOptions::default()
    };
    json!(asked.berth.plan(&asked.request, context, &options).unwrap())
}

/// The objects of a plan without what belongs to the request itself.
fn objects(plan: &Value) -> Vec<Value> {
    let mut found = Vec::new();
    for step in plan["steps"].as_array().unwrap() {
        for object in step["objects"].as_array().unwrap() {
            let mut object = object["manifest"].clone();
            for group in ["labels", "annotations"] {
                if let Some(entries) = object["metadata"][group].as_object_mut() {
                    for own in ["platform.io/request-id", "platform.io/created-at", "platform.io/created-by"]
                    {
                        entries.shift_remove(own);
                    }
                }
            }
            found.push(object);
        }
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn the_digest_knows_neither_id_nor_moment_nor_requester(asked in valid(), other in valid()) {
        let ada = Requester { entity_ref: "user:default/ada".to_owned(), groups: Vec::new(), roles: vec!["platform:admin".to_owned(), "harbour:admin".to_owned()] };
        let context = Context { requester: Some(ada), ..Context::UNKNOWN };
        let moved = Asked { id: other.id, now: other.now, ..asked.clone() };
        prop_assume!(moved.is_valid());
        prop_assert_eq!(&plan(&asked, &Context::UNKNOWN)["planDigest"], &plan(&moved, &context)["planDigest"]);
    }

    #[test]
    fn the_digest_changes_with_the_objects_and_with_nothing_else(one in namespace(), other in namespace(), mix in any::<[bool; 9]>()) {
        // Two requests that differ in some parameters only.
        let mut mixed = one.clone();
        let entries = mixed.request.as_object_mut().unwrap();
        for ((key, value), take) in other.request.as_object().unwrap().iter().zip(mix) {
            if take {
                entries.insert(key.clone(), value.clone());
            }
        }
        prop_assume!(mixed.is_valid());
        let (first, second) = (plan(&one, &Context::UNKNOWN), plan(&mixed, &Context::UNKNOWN));
        let same_objects = objects(&first) == objects(&second);
        prop_assert_eq!(first["planDigest"] == second["planDigest"], same_objects, "{} {}", one.request, mixed.request);
    }

    #[test]
    fn a_step_waits_for_steps_that_are_there_and_stand_before_it(asked in valid()) {
        let plan = plan(&asked, &Context::UNKNOWN);
        let mut before: Vec<&Value> = Vec::new();
        for step in plan["steps"].as_array().unwrap() {
            for after in step["after"].as_array().unwrap() {
                prop_assert!(before.contains(&after), "{after} is not before {}", step["id"]);
            }
            prop_assert!(!step["objects"].as_array().unwrap().is_empty());
            before.push(&step["id"]);
        }
    }
}
