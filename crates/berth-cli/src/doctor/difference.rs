//! Is what stands in a cluster what was written there?

use serde_json::Value;

/// Where two values differ, as a path: `.templates[0].image`. Servers write empty fields that nobody gave: they count as
/// nothing.
pub(super) fn differs(want: &Value, have: &Value, place: &str) -> Option<String> {
    match (want, have) {
        (Value::Object(want), Value::Object(have)) => {
            let missing = want.iter().find_map(|(key, value)| {
                differs(value, have.get(key).unwrap_or(&Value::Null), &format!("{place}.{key}"))
            });
            let more = have.iter().find(|(key, value)| !want.contains_key(*key) && !is_empty(value));
            missing.or_else(|| more.map(|(key, _)| format!("{place}.{key}")))
        }
        (Value::Array(want), Value::Array(have)) if want.len() == have.len() => {
            let mut pairs = want.iter().zip(have).enumerate();
            pairs.find_map(|(index, (want, have))| differs(want, have, &format!("{place}[{index}]")))
        }
        _ if want == have || (is_empty(want) && is_empty(have)) => None,
        _ => Some(place.to_owned()),
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Object(map) => map.is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::String(text) => text.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn empty_fields_of_argo_are_no_difference() {
        let want = json!({ "entrypoint": "berth", "templates": [{ "name": "berth", "volumes": [{ "emptyDir": {} }] }] });
        let mut have = json!({ "entrypoint": "berth", "arguments": {},
            "templates": [{ "name": "berth", "inputs": {}, "metadata": {}, "volumes": [{ "emptyDir": {} }] }] });
        assert_eq!(differs(&want, &have, ""), None);
        have["templates"][0]["podSpecPatch"] = "{}".into();
        assert_eq!(differs(&want, &have, "").as_deref(), Some(".templates[0].podSpecPatch"));
    }

    #[test]
    fn another_value_and_another_length_are_differences() {
        let want = json!({ "onExit": "rollback", "templates": [{ "name": "berth" }] });
        for (have, place) in [
            (json!({ "templates": [{ "name": "berth" }] }), ".onExit"),
            (json!({ "onExit": "other", "templates": [{ "name": "berth" }] }), ".onExit"),
            (json!({ "onExit": "rollback", "templates": [] }), ".templates"),
        ] {
            assert_eq!(differs(&want, &have, "").as_deref(), Some(place));
        }
    }
}
