//! What is asked, and what is known about who asks.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::decide::Violation;
use crate::document::DocumentError;

/// A request, read from a JSON value: flat parameters of the namespace blueprint, or
/// `{blueprint, parameters, requester}` for any.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Request<'v> {
    pub(crate) blueprint: &'v str,
    pub(crate) parameters: &'v Map<String, Value>,
    pub(crate) requester: Option<&'v str>,
    pub(crate) wrapped: bool,
}

/// The blueprint that flat requests mean.
pub(crate) const FLAT_BLUEPRINT: &str = "namespace";

impl<'v> Request<'v> {
    /// Reads a request; what is wrong with its outer shape is a violation like any other.
    pub(crate) fn read(value: &'v Value) -> Result<Self, Violation<'v>> {
        let Some(entries) = value.as_object() else {
            return Err(Violation::new("type", "the request is not a map")
                .hint("send the parameters as a JSON object"));
        };
        if !entries.keys().any(|key| key == "blueprint" || key == "parameters") {
            return Ok(Self {
                blueprint: FLAT_BLUEPRINT,
                parameters: entries,
                requester: None,
                wrapped: false,
            });
        }
        if let Some(key) =
            entries.keys().find(|key| !["blueprint", "parameters", "requester"].contains(&key.as_str()))
        {
            return Err(Violation::new("unknown-field", format!("unknown key `{}`", crate::text::excerpt(key)))
                .at(crate::text::pointer(key))
                .hint("a request has `blueprint`, `parameters` and `requester`; the parameters go inside `parameters`"));
        }
        let text = |key: &'static str| match entries.get(key) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.as_str())),
            Some(other) => Err(Violation::new(
                "type",
                format!("`{key}` must be text, found {}", crate::text::kind(other)),
            )
            .at(format!("/{key}"))),
        };
        let parameters = match entries.get("parameters") {
            Some(Value::Object(parameters)) => parameters,
            Some(other) => {
                let message = format!("`parameters` must be a map, found {}", crate::text::kind(other));
                return Err(Violation::new("type", message).at("/parameters"));
            }
            None => {
                return Err(Violation::new("required", "`parameters` is missing")
                    .at("/parameters")
                    .hint("put what is asked for inside `parameters`"));
            }
        };
        Ok(Self {
            blueprint: text("blueprint")?.unwrap_or(FLAT_BLUEPRINT),
            parameters,
            requester: text("requester")?,
            wrapped: true,
        })
    }
}

/// What is known besides the request. Nothing is assumed of what is left out: it is not judged.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
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
}

impl Context {
    /// Nothing is known besides the request.
    pub const UNKNOWN: Self = Self { now: None, requester: None, usage: None, name_taken: false };

    /// Reads a context from a JSON value.
    ///
    /// # Errors
    /// The first thing that is not as it must be, with its JSON pointer.
    pub fn from_value(value: &Value) -> Result<Self, Box<DocumentError>> {
        crate::document::from_value(value)
    }
}

/// Who asks, with the claims that say what they belong to.
#[derive(Clone, Debug, Deserialize, Serialize)]
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

/// What a team holds, with what it has under way.
#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Usage {
    /// Namespaces.
    pub namespaces: u32,
    /// Their cost a month, in minor units.
    pub monthly_cost: i64,
}

/// A moment: RFC 3339 with an offset, such as `2026-01-01T00:00:00Z`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "String", into = "String")]
pub struct Moment {
    text: String,
    #[cfg_attr(feature = "schema", schemars(skip))]
    seconds: i64,
}

/// A text that is not a [`Moment`].
#[derive(Clone, Debug, thiserror::Error)]
#[error("`{0}` is not an RFC 3339 date-time; write it like `2026-01-01T00:00:00Z`")]
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

impl TryFrom<String> for Moment {
    type Error = MomentError;

    fn try_from(text: String) -> Result<Self, MomentError> {
        Self::parse(&text)
    }
}

impl From<Moment> for String {
    fn from(moment: Moment) -> Self {
        moment.text
    }
}
