//! A blueprint, compiled.

use super::condition::Condition;
use super::field::Field;
use super::steps::Step;
use crate::document::{BlueprintDocument, Metadata, Severity, from_value};
use crate::input::{self, Format};

/// One thing that can be requested.
#[derive(Clone, Debug)]
pub(crate) struct Blueprint {
    /// As requests name it.
    pub(crate) name: String,
    /// Its name and title.
    pub(crate) metadata: Metadata,
    /// What was written, as compact JSON: few ask for it, and as a document it would be most of the memory.
    pub(crate) text: String,
    /// The parameters, in order.
    pub(crate) fields: Vec<Field>,
    /// The parameter that names the namespace.
    pub(crate) name_field: usize,
    /// The parameter that names the team.
    pub(crate) team_field: usize,
    /// The parameter that names the environment.
    pub(crate) environment_field: usize,
    /// The parameter that names the end, where there is one.
    pub(crate) expiry_field: Option<usize>,
    /// What must hold between parameters.
    pub(crate) rules: Vec<Rule>,
    /// Who must say yes, besides what the environment asks for.
    pub(crate) approvals: Vec<ApprovalRule>,
    /// What is created; the first step makes the namespace.
    pub(crate) steps: Vec<Step>,
}

/// Where `when` holds, `require` must hold.
#[derive(Clone, Debug)]
pub(crate) struct Rule {
    pub(crate) id: String,
    /// `rule.<id>`.
    pub(crate) code: String,
    pub(crate) when: Condition,
    pub(crate) require: Condition,
    /// The parameter at which the violation stands.
    pub(crate) at: usize,
    /// The parameters that it looks at, a bit each.
    pub(crate) fields: u64,
    pub(crate) message: String,
    pub(crate) hint: Option<String>,
    pub(crate) severity: Severity,
}

/// Where `when` holds, these people must say yes.
#[derive(Clone, Debug)]
pub(crate) struct ApprovalRule {
    pub(crate) id: String,
    pub(crate) when: Condition,
    pub(crate) by: Vec<String>,
    pub(crate) count: u32,
    pub(crate) reason: String,
}

impl Blueprint {
    /// The document. There always is one: it was read before.
    pub(crate) fn document(&self) -> Option<BlueprintDocument> {
        let value = input::parse(&self.text, Format::Json).ok()?;
        from_value(&value).ok()
    }

    /// The place of a parameter.
    pub(crate) fn position(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.name == name)
    }
}
