//! How long what is made may stay, and how it goes: the platform document's words for it.

use serde::Serialize;

use super::read::{Model, Node, Read};

/// How long something may stay, in days from the moment of the request; an extension counts from its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Lifetime {
    /// When a request names no moment; `maximum` when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 36_500)))]
    pub default: Option<u32>,
    /// The most that a request may name; left out, any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 36_500)))]
    pub maximum: Option<u32>,
}

impl Model for Lifetime {
    fn read(node: Node<'_>) -> Read<Self> {
        let [default, maximum] = node.fields(["default", "maximum"])?;
        Ok(Self { default: default.optional()?, maximum: maximum.optional()? })
    }
}

/// What becomes of a namespace whose time is over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Expiry {
    /// How many days before the end its owners are warned; `[7, 1]` when left out.
    #[serde(default = "warn_days")]
    pub warn_days: Vec<u32>,
    /// How many days it then stays, frozen, and can still be extended; 7 when left out.
    #[serde(default = "a_week")]
    pub grace_days: u32,
}

impl Model for Expiry {
    fn read(node: Node<'_>) -> Read<Self> {
        let [warn, grace] = node.fields(["warnDays", "graceDays"])?;
        Ok(Self {
            warn_days: warn.optional()?.unwrap_or_else(warn_days),
            grace_days: grace.optional()?.unwrap_or_else(a_week),
        })
    }
}

impl Default for Expiry {
    fn default() -> Self {
        Self { warn_days: warn_days(), grace_days: a_week() }
    }
}

/// How a namespace is given back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Decommission {
    /// How many days a frozen namespace stays and can be taken back; 7 when left out.
    #[serde(default = "a_week")]
    pub grace_days: u32,
}

impl Model for Decommission {
    fn read(node: Node<'_>) -> Read<Self> {
        let [grace] = node.fields(["graceDays"])?;
        Ok(Self { grace_days: grace.optional()?.unwrap_or_else(a_week) })
    }
}

impl Default for Decommission {
    fn default() -> Self {
        Self { grace_days: a_week() }
    }
}

fn warn_days() -> Vec<u32> {
    vec![7, 1]
}

fn a_week() -> u32 {
    7
}
