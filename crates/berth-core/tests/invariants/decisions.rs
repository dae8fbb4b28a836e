//! Decisions: the same for the same, whatever the order of keys, without floats, and never a panic.

use berth_core::{Berth, Context};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::requests::{DEFAULT, HARBOUR, anything, valid};

fn shuffled(value: &Value, seed: u64) -> Value {
    match value {
        Value::Object(entries) => {
            let mut entries: Vec<_> = entries.iter().collect();
            let length = entries.len().max(1);
            entries.rotate_left(usize::try_from(seed % u64::try_from(length).unwrap()).unwrap());
            if seed.is_multiple_of(2) {
                entries.reverse();
            }
            entries.into_iter().map(|(key, value)| (key.clone(), shuffled(value, seed / 2))).collect()
        }
        other => other.clone(),
    }
}

fn has_float(value: &Value) -> bool {
    match value {
        Value::Number(number) => !number.is_i64() && !number.is_u64(),
        Value::Array(items) => items.iter().any(has_float),
        Value::Object(entries) => entries.values().any(has_float),
        _ => false,
    }
}

/// A decision without the values that were given: they are shown as they are, however wrong.
fn verdict(berth: &Berth, request: &Value) -> Value {
    let mut decision = json!(berth.decide_with_options(request, &Context::UNKNOWN));
    decision.as_object_mut().unwrap().shift_remove("request");
    decision
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn anything_at_all_gets_a_decision(request in anything()) {
        for berth in [&*DEFAULT, &*HARBOUR] {
            let decision = verdict(berth, &request);
            prop_assert_eq!(decision["valid"] == true, decision["violations"] == json!([]));
            prop_assert!(!has_float(&decision), "{decision}");
            for violation in decision["violations"].as_array().unwrap() {
                for key in ["code", "message"] {
                    let text = violation[key].as_str().unwrap();
                    prop_assert!(!text.is_empty() && !text.contains(char::is_control), "{text:?}");
                }
                let path = violation["path"].as_str().unwrap();
                prop_assert!(path.is_empty() || path.starts_with('/'), "{path:?}");
            }
        }
    }

    #[test]
    fn the_order_of_keys_means_nothing(request in anything(), seed in any::<u64>()) {
        for berth in [&*DEFAULT, &*HARBOUR] {
            prop_assert_eq!(verdict(berth, &request), verdict(berth, &shuffled(&request, seed)));
        }
    }

    #[test]
    fn the_order_of_keys_of_a_valid_request_means_nothing(asked in valid(), seed in any::<u64>()) {
        let other = shuffled(&asked.request, seed);
        let decision = |request| serde_json::to_string(&asked.berth.decide(request, &Context::UNKNOWN)).unwrap();
        // Also the request in the decision: its parameters stand in the order of the blueprint.
        prop_assert_eq!(decision(&asked.request), decision(&other));
    }

    #[test]
    fn filling_in_defaults_changes_no_decision(asked in valid()) {
        let first = json!(asked.berth.decide(&asked.request, &Context::UNKNOWN));
        let again = json!(asked.berth.decide(&first["request"], &Context::UNKNOWN));
        prop_assert_eq!(&first, &again);
        prop_assert!(!has_float(&first));
    }
}
