//! Label selectors: the equality-based ones, and whether a label is there.

use std::fmt;
use std::str::FromStr;

use serde_json::Value;

use crate::names::{is_label_key, is_label_value};

/// A list of requirements that all must hold. The empty one matches everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selector(Vec<Requirement>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Requirement {
    Equals(String, String),
    /// Holds for objects without the label, too.
    NotEquals(String, String),
    Exists(String),
    Absent(String),
}

/// Why a text is not a selector.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("`{0}` is not a label selector of the form `k=v`, `k!=v`, `k` or `!k`")]
pub struct SelectorError(String);

impl Selector {
    /// Whether the labels of an object fulfil it; `None` stands for an object without labels.
    pub fn matches(&self, labels: Option<&Value>) -> bool {
        self.matches_by(|key| labels.and_then(|labels| labels.get(key)).and_then(Value::as_str))
    }

    /// The labels that must have one value, each with it.
    pub(crate) fn values(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().filter_map(|requirement| match requirement {
            Requirement::Equals(key, value) => Some((key.as_str(), value.as_str())),
            _ => None,
        })
    }

    /// Whether labels fulfil it, given how to look one up.
    pub(crate) fn matches_by<'a>(&self, get: impl Fn(&str) -> Option<&'a str>) -> bool {
        self.0.iter().all(|requirement| match requirement {
            Requirement::Equals(key, value) => get(key) == Some(value),
            Requirement::NotEquals(key, value) => get(key) != Some(value),
            Requirement::Exists(key) => get(key).is_some(),
            Requirement::Absent(key) => get(key).is_none(),
        })
    }
}

impl FromStr for Selector {
    type Err = SelectorError;

    fn from_str(text: &str) -> Result<Self, SelectorError> {
        if text.is_empty() {
            return Ok(Self::default());
        }
        text.split(',').map(str::parse).collect::<Result<_, _>>().map(Self)
    }
}

impl FromStr for Requirement {
    type Err = SelectorError;

    fn from_str(text: &str) -> Result<Self, SelectorError> {
        let text = text.trim();
        let key = |key: &str| {
            let valid = is_label_key(key);
            valid.then(|| key.to_owned()).ok_or_else(|| SelectorError(text.to_owned()))
        };
        let value = |value: &str| {
            let valid = is_label_value(value);
            valid.then(|| value.to_owned()).ok_or_else(|| SelectorError(text.to_owned()))
        };
        if let Some((left, right)) = text.split_once("!=") {
            Ok(Self::NotEquals(key(left)?, value(right)?))
        } else if let Some((left, right)) = text.split_once('=') {
            Ok(Self::Equals(key(left)?, value(right.strip_prefix('=').unwrap_or(right))?))
        } else if let Some(absent) = text.strip_prefix('!') {
            Ok(Self::Absent(key(absent)?))
        } else {
            Ok(Self::Exists(key(text)?))
        }
    }
}

impl fmt::Display for Selector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, requirement) in self.0.iter().enumerate() {
            let comma = if place == 0 { "" } else { "," };
            match requirement {
                Requirement::Equals(key, value) => write!(f, "{comma}{key}={value}")?,
                Requirement::NotEquals(key, value) => write!(f, "{comma}{key}!={value}")?,
                Requirement::Exists(key) => write!(f, "{comma}{key}")?,
                Requirement::Absent(key) => write!(f, "{comma}!{key}")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn matches(selector: &str, labels: &Value) -> bool {
        selector.parse::<Selector>().unwrap().matches(Some(labels))
    }

    #[test]
    fn the_guard_lets_only_our_own_namespace_pass() {
        let guard = "kubernetes.io/metadata.name=payments-checkout,platform.io/provisioning!=r1";
        let ours =
            json!({"kubernetes.io/metadata.name": "payments-checkout", "platform.io/provisioning": "r1"});
        let ready = json!({"kubernetes.io/metadata.name": "payments-checkout"});
        assert!(!matches(guard, &ours), "ours does not stand in the way");
        assert!(matches(guard, &ready), "`!=` matches an object without the label");
        assert_eq!(guard.parse::<Selector>().unwrap().to_string(), guard);
    }

    #[test]
    fn labels_may_be_there_or_not() {
        let labels = json!({"team": "payments"});
        assert!(matches("team", &labels) && matches("!owner", &labels) && matches("team==payments", &labels));
        assert!(!matches("owner", &labels) && !matches("!team", &labels) && !matches("team", &Value::Null));
    }

    #[test]
    fn set_based_selectors_are_refused() {
        for text in ["team in (payments)", "a=b=c", "=b", "a b", "team notin (x)"] {
            assert!(text.parse::<Selector>().is_err(), "{text}");
        }
    }
}
