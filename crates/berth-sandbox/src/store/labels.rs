//! Which cluster-scoped objects have a label. Thousands of namespaces may stand there, and nearly all selectors of
//! Workflows mean one of them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::Key;
use crate::kubectl::Selector;

/// Objects by label and value.
#[derive(Debug, Default)]
pub(super) struct Labels(BTreeMap<String, BTreeMap<String, BTreeSet<Key>>>);

static NOTHING: BTreeSet<Key> = BTreeSet::new();

impl Labels {
    pub(super) fn add(&mut self, key: &Key, object: &Value) {
        for (label, value) in labels_of(key, object) {
            let values = self.0.entry(label.to_owned()).or_default();
            values.entry(value.to_owned()).or_default().insert(key.clone());
        }
    }

    pub(super) fn remove(&mut self, key: &Key, object: &Value) {
        for (label, value) in labels_of(key, object) {
            let Some(values) = self.0.get_mut(label) else { continue };
            let Some(keys) = values.get_mut(value) else { continue };
            keys.remove(key);
            if keys.is_empty() {
                values.remove(value);
            }
        }
    }

    /// Of the values that a selector asks for the one that fewest objects have, and those objects; `None` where it
    /// asks for none.
    pub(super) fn fewest(&self, selector: &Selector) -> Option<&BTreeSet<Key>> {
        let having = |(label, value)| self.0.get(label).and_then(|values| values.get(value));
        selector.values().map(|wanted| having(wanted).unwrap_or(&NOTHING)).min_by_key(|keys| keys.len())
    }
}

/// None for what stands in a namespace, where little has to be looked through.
fn labels_of<'a>(key: &Key, object: &'a Value) -> impl Iterator<Item = (&'a str, &'a str)> {
    let labels = object.pointer("/metadata/labels").filter(|_| key.namespace.is_empty());
    let labels = labels.and_then(Value::as_object).into_iter().flatten();
    labels.filter_map(|(label, value)| Some((label.as_str(), value.as_str()?)))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn key(name: &str) -> Key {
        Key { plural: "namespaces".to_owned(), name: name.to_owned(), ..Key::default() }
    }

    fn object(team: &str, request: &str) -> Value {
        json!({"metadata": {"labels": {"team": team, "platform.io/request-id": request}}})
    }

    fn found(labels: &Labels, selector: &str) -> Option<Vec<String>> {
        let keys = labels.fewest(&selector.parse().unwrap());
        keys.map(|keys| keys.iter().map(|key| key.name.clone()).collect())
    }

    #[test]
    fn the_label_that_fewest_have_is_looked_at() {
        let mut labels = Labels::default();
        labels.add(&key("checkout"), &object("payments", "r1"));
        labels.add(&key("refunds"), &object("payments", "r2"));
        assert_eq!(
            found(&labels, "team=payments,platform.io/request-id=r2"),
            Some(vec!["refunds".to_owned()])
        );
        assert_eq!(found(&labels, "team=payments,platform.io/request-id=r3"), Some(vec![]));
        assert_eq!(found(&labels, "team,!owner,platform.io/request-id!=r1"), None, "no value is asked for");
    }

    #[test]
    fn what_is_gone_is_forgotten() {
        let mut labels = Labels::default();
        labels.add(&key("checkout"), &object("payments", "r1"));
        labels.remove(&key("checkout"), &object("payments", "r1"));
        assert_eq!(found(&labels, "team=payments"), Some(vec![]));
    }

    #[test]
    fn what_stands_in_a_namespace_is_not_kept() {
        let mut labels = Labels::default();
        let quota = Key { namespace: "payments-checkout".to_owned(), ..key("compute-quota") };
        labels.add(&quota, &object("payments", "r1"));
        assert_eq!(found(&labels, "team=payments"), Some(vec![]));
    }
}
