//! What is asked, and what is known about who asks.

use indexmap::IndexMap;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::decide::Violation;
use crate::document::{DocumentError, Model, Node, Read, wrong};
use crate::text;

/// A request, read from a JSON value: flat parameters of the namespace blueprint, or
/// `{blueprint, parameters, requester}` for any.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Request<'v> {
    pub(crate) blueprint: &'v str,
    pub(crate) parameters: &'v Map<String, Value>,
    pub(crate) requester: Option<&'v str>,
    pub(crate) wrapped: bool,
}

/// The keys of a request that is not flat.
const KEYS: [&str; 3] = ["blueprint", "parameters", "requester"];

/// The blueprint that flat requests mean.
pub(crate) const FLAT_BLUEPRINT: &str = "namespace";

impl<'v> Request<'v> {
    /// Reads a request. What is wrong with its outer shape is a violation like any other; `None` when it
    /// leaves nothing to judge.
    pub(crate) fn read(value: &'v Value, violations: &mut Vec<Violation<'v>>) -> Option<Self> {
        let Some(entries) = value.as_object() else {
            let message = format!("the request must be a map, found {}", text::kind(value));
            violations.push(
                Violation::new("type", message).hint("write the parameters as a map of names and values"),
            );
            return None;
        };
        if !entries.keys().any(|key| key == "blueprint" || key == "parameters") {
            return Some(Self {
                blueprint: FLAT_BLUEPRINT,
                parameters: entries,
                requester: None,
                wrapped: false,
            });
        }
        let mut unknown: Vec<&str> =
            entries.keys().map(String::as_str).filter(|key| !KEYS.contains(key)).collect();
        // The order in which they came means nothing.
        unknown.sort_unstable();
        violations.extend(unknown.into_iter().map(|key| {
            Violation::new("unknown-field", format!("unknown key `{}`", text::excerpt(key)))
                .at(text::pointer(key))
                .hint("a request has `blueprint`, `parameters` and `requester`; the parameters go inside `parameters`")
        }));
        let wrong_type = |key: &str, wanted: &str, found: &Value| {
            let message = format!("`{key}` must be {wanted}, found {}", text::kind(found));
            Violation::new("type", message).at(format!("/{key}"))
        };
        let mut word = |key: &str, default: Option<&'v str>| match entries.get(key) {
            None => Some(default),
            Some(Value::String(given)) => Some(Some(given.as_str())),
            Some(other) => {
                violations.push(wrong_type(key, "text", other));
                None
            }
        };
        let blueprint = word("blueprint", Some(FLAT_BLUEPRINT)).flatten();
        let requester = word("requester", None).flatten();
        let parameters = match entries.get("parameters") {
            Some(Value::Object(parameters)) => Some(parameters),
            Some(other) => {
                violations.push(wrong_type("parameters", "a map", other));
                None
            }
            None => {
                violations.push(
                    Violation::new("required", "`parameters` is missing")
                        .at("/parameters")
                        .hint("put what is asked for inside `parameters`"),
                );
                None
            }
        };
        Some(Self { blueprint: blueprint?, parameters: parameters?, requester, wrapped: true })
    }
}

/// The parameters of a request that was read before.
pub(crate) fn parameters(value: &Value) -> Option<&Map<String, Value>> {
    Request::read(value, &mut Vec::new()).map(|request| request.parameters)
}

/// What is known besides the request. Nothing is assumed of what is left out: it is not judged.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Context {
    /// The moment of the decision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub now: Option<Moment>,
    /// Who asks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requester: Option<Requester>,
    /// What the team holds already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usage: Option<Usage>,
    /// Is the name taken on its cluster?
    #[serde(default)]
    pub name_taken: bool,
    /// What stands under this name: the request is then about changing it, or about adopting it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub current: Option<Current>,
}

/// A namespace that stands. `usage` is then that of the team without it.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Current {
    /// The parameters with which it stands, flat: the request is a change of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parameters: Option<Map<String, Value>>,
    /// Berth did not make it, and is to take it over; without `parameters`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub adopt: bool,
    /// What its quotas count, as Kubernetes writes it: `{"requests.cpu": "1500m", "pods": "7"}`; left out, unknown.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub used: IndexMap<String, String>,
}

impl Model for Context {
    fn read(node: Node<'_>) -> Read<Self> {
        let [now, requester, usage, name_taken, current] =
            node.fields(["now", "requester", "usage", "nameTaken", "current"])?;
        Ok(Self {
            now: now.optional()?,
            requester: requester.optional()?,
            usage: usage.optional()?,
            name_taken: name_taken.or_default()?,
            current: current.optional()?,
        })
    }
}

impl Model for Current {
    fn read(node: Node<'_>) -> Read<Self> {
        let [parameters, adopt, used] = node.fields(["parameters", "adopt", "used"])?;
        let current =
            Self { parameters: parameters.optional()?, adopt: adopt.or_default()?, used: used.or_default()? };
        // Neither by accident: a namespace is taken over only when that is said.
        if current.parameters.is_some() == current.adopt {
            return Err(wrong("what stands has either `parameters`, or `adopt: true`"));
        }
        Ok(current)
    }
}

impl Context {
    /// Nothing is known besides the request.
    pub const UNKNOWN: Self =
        Self { now: None, requester: None, usage: None, name_taken: false, current: None };

    /// Reads a context from a JSON value.
    ///
    /// # Errors
    /// The first thing that is not as it must be, with its JSON pointer.
    pub fn from_value(value: &Value) -> Result<Self, Box<DocumentError>> {
        crate::document::from_value(value)
    }
}

/// Who asks, with the claims that say what they belong to.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Requester {
    /// An entity reference, such as `user:default/ada`.
    #[serde(rename = "ref")]
    pub entity_ref: String,
    /// Groups of the catalog or of a token.
    #[serde(default)]
    pub groups: Vec<String>,
    /// Roles of a token.
    #[serde(default)]
    pub roles: Vec<String>,
}

impl Model for Requester {
    fn read(node: Node<'_>) -> Read<Self> {
        let [entity_ref, groups, roles] = node.fields(["ref", "groups", "roles"])?;
        Ok(Self {
            entity_ref: entity_ref.required()?,
            groups: groups.or_default()?,
            roles: roles.or_default()?,
        })
    }
}

/// What a team holds, with what it has under way.
#[derive(Clone, Copy, Debug, Default, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Usage {
    /// Namespaces.
    pub namespaces: u32,
    /// Their cost a month, in minor units.
    pub monthly_cost: i64,
}

impl Model for Usage {
    fn read(node: Node<'_>) -> Read<Self> {
        let [namespaces, monthly_cost] = node.fields(["namespaces", "monthlyCost"])?;
        Ok(Self { namespaces: namespaces.required()?, monthly_cost: monthly_cost.required()? })
    }
}

/// A moment: RFC 3339 with an offset, such as `2026-01-01T00:00:00Z`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(try_from = "String", extend("pattern" = crate::time::DATE_TIME_PATTERN))
)]
#[serde(into = "String")]
pub struct Moment {
    text: String,
    #[cfg_attr(feature = "schema", schemars(skip))]
    seconds: i64,
}

impl Model for Moment {
    fn read(node: Node<'_>) -> Read<Self> {
        let text = String::read(node)?;
        Self::parse(&text).map_err(|error| wrong(error.to_string()))
    }
}

/// A text that is not a [`Moment`].
#[derive(Clone, Debug, thiserror::Error)]
#[error("`{0}` is not {title}; write it like `2026-01-01T00:00:00Z`", title = crate::time::DATE_TIME_TITLE)]
pub struct MomentError(String);

impl Moment {
    /// Reads a moment.
    ///
    /// # Errors
    /// When the text is not RFC 3339 with an offset.
    pub fn parse(text: &str) -> Result<Self, MomentError> {
        match crate::time::parse_date_time(text) {
            Some(seconds) => Ok(Self { text: text.to_owned(), seconds }),
            None => Err(MomentError(crate::text::excerpt(text).into_owned())),
        }
    }

    /// As it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    pub fn seconds(&self) -> i64 {
        self.seconds
    }
}

impl From<Moment> for String {
    fn from(moment: Moment) -> Self {
        moment.text
    }
}
