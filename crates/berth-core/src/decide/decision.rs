//! What `decide` answers.

use std::borrow::Cow;

use indexmap::IndexMap;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::Value;

use super::{Approval, Cost, OptionState, Subject};
use crate::document::{Currency, Severity};
use crate::policy::Blueprint;
use crate::request::Request;

/// The answer to a request.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Decision<'a> {
    /// May it be carried out, once everybody has approved who must?
    pub valid: bool,
    /// The blueprint that it asks for.
    pub blueprint: &'a str,
    /// Everything that is wrong or worth knowing: parameters in their order, then unknown keys, rules and limits.
    pub violations: Vec<Violation<'a>>,
    /// The request with defaults filled in, in the shape in which it came.
    pub request: Parameters<'a>,
    /// Who must say yes.
    pub approval: Approval<'a>,
    /// What it costs.
    pub cost: Cost<'a>,
    /// For every parameter with options, which may still be chosen; only when asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub options: Option<IndexMap<&'a str, Vec<OptionState<'a>>>>,
    /// Hash of both documents: decisions with the same digest come from the same policy.
    pub policy_digest: &'a str,
    /// The version of the core that decided.
    pub core_version: &'static str,
}

/// One thing that is wrong with a request, or worth knowing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Violation<'a> {
    /// What kind, for programs: `required`, `pattern`, `rule.<id>`...
    pub code: Cow<'a, str>,
    /// JSON pointer to the parameter itself, also to a missing or an unknown one.
    pub path: Cow<'a, str>,
    /// What is wrong, for people.
    pub message: Cow<'a, str>,
    /// What to do, for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<Cow<'a, str>>,
    /// Does it make the request invalid?
    pub severity: Severity,
}

impl<'a> Violation<'a> {
    pub(crate) fn new(code: impl Into<Cow<'a, str>>, message: impl Into<Cow<'a, str>>) -> Self {
        Self {
            code: code.into(),
            path: "".into(),
            message: message.into(),
            hint: None,
            severity: Severity::Error,
        }
    }

    /// Does it make the request invalid?
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    pub(crate) fn at(mut self, path: impl Into<Cow<'a, str>>) -> Self {
        self.path = path.into();
        self
    }

    pub(crate) fn hint(mut self, hint: impl Into<Cow<'a, str>>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// The parameters of a request with defaults filled in. Serializes in the shape in which the request came.
#[derive(Clone, Debug, Default)]
pub struct Parameters<'a> {
    wrapped: Option<(&'a str, Option<&'a str>)>,
    entries: Vec<(&'a str, Cow<'a, Value>)>,
}

impl<'a> Parameters<'a> {
    pub(crate) fn new(request: Request<'a>, blueprint: &'a Blueprint, subject: &Subject<'a>) -> Self {
        let fields = blueprint.fields.iter().zip(&subject.parameters).enumerate();
        let entries = fields.filter_map(|(place, (field, value))| {
            let value = match (value, &subject.filled) {
                (Some(value), _) => Cow::Borrowed(*value),
                (None, Some((filled, value))) if *filled == place => Cow::Owned(value.clone()),
                _ => return None,
            };
            Some((field.name.as_str(), value))
        });
        Self {
            wrapped: request.wrapped.then_some((request.blueprint, request.requester)),
            entries: entries.collect(),
        }
    }

    /// Did they come inside `parameters`?
    pub(crate) fn is_wrapped(&self) -> bool {
        self.wrapped.is_some()
    }

    /// The value of a parameter.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.entries.iter().find(|(key, _)| *key == name).map(|(_, value)| &**value)
    }

    /// Names and values, in the blueprint's order.
    pub fn iter(&self) -> impl Iterator<Item = (&'a str, &Value)> {
        self.entries.iter().map(|(name, value)| (*name, &**value))
    }
}

struct Flat<'p, 'a>(&'p [(&'a str, Cow<'a, Value>)]);

impl Serialize for Flat<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

impl Serialize for Parameters<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Some((blueprint, requester)) = self.wrapped else {
            return Flat(&self.entries).serialize(serializer);
        };
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("blueprint", blueprint)?;
        map.serialize_entry("parameters", &Flat(&self.entries))?;
        if let Some(requester) = requester {
            map.serialize_entry("requester", requester)?;
        }
        map.end()
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Parameters<'_> {
    fn schema_name() -> Cow<'static, str> {
        "Parameters".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "object",
            "description": "The parameters with defaults filled in, in the shape in which the request came."
        })
    }
}

impl<'a> Decision<'a> {
    pub(super) fn new(policy_digest: &'a str, currency: &'a Currency) -> Self {
        Self {
            valid: false,
            blueprint: "",
            violations: Vec::new(),
            request: Parameters::default(),
            approval: Approval::none(),
            cost: Cost::nothing(currency),
            options: None,
            policy_digest,
            core_version: env!("CARGO_PKG_VERSION"),
        }
    }

    /// The same with one more violation.
    pub(crate) fn with(mut self, violation: Violation<'a>) -> Self {
        self.violations.push(violation);
        self.settle();
        self
    }

    pub(super) fn settle(&mut self) {
        self.valid = !self.violations.iter().any(Violation::is_error);
    }
}
