//! Server-side apply, as far as it goes here: one field manager, maps merged, lists replaced.

use serde_json::{Map, Value};

/// The object after `applied` is applied to what stands. Fields that `earlier` (the last apply)
/// set and `applied` leaves out are taken away; fields that somebody else set stay.
pub(super) fn apply(standing: &Value, earlier: &Value, applied: &Value) -> Value {
    let (Value::Object(standing), Value::Object(applied)) = (standing, applied) else {
        return applied.clone();
    };
    let none = Map::new();
    let earlier = earlier.as_object().unwrap_or(&none);
    let mut next = standing.clone();
    next.retain(|key, _| applied.contains_key(key) || !earlier.contains_key(key));
    for (key, value) in applied {
        let merged = match standing.get(key) {
            Some(before) => apply(before, earlier.get(key).unwrap_or(&Value::Null), value),
            None => value.clone(),
        };
        next.insert(key.clone(), merged);
    }
    Value::Object(next)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_others_set_stays_and_what_we_no_longer_set_goes() {
        let earlier = json!({"metadata": {"labels": {"team": "payments", "istio-injection": "enabled"}}});
        let standing = json!({"metadata": {"labels": {"team": "payments", "istio-injection": "enabled", "seen": "yes"}}});
        let applied = json!({"metadata": {"labels": {"team": "payments", "tier": "small"}}});
        let next = json!({"metadata": {"labels": {"team": "payments", "seen": "yes", "tier": "small"}}});
        assert_eq!(apply(&standing, &earlier, &applied), next);
    }

    #[test]
    fn lists_are_replaced() {
        let standing = json!({"subjects": [{"name": "payments"}, {"name": "checkout"}]});
        let applied = json!({"subjects": [{"name": "payments"}]});
        assert_eq!(apply(&standing, &standing, &applied), applied);
    }
}
