//! What the analysis finds, for programs and for people.

use std::fmt;

use serde::Serialize;
use serde_json::{Map, Value};

/// What was found in the documents.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Findings {
    /// What is worth knowing: the platform first, then blueprint by blueprint.
    pub findings: Vec<Finding>,
    /// How much was looked at, blueprint by blueprint.
    pub coverage: Vec<Coverage>,
    /// For every option that may be chosen, a valid request that does; only when asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub witnesses: Vec<Witness>,
    /// Hash of the documents, as in decisions.
    pub policy_digest: String,
    /// The version of the core that looked.
    pub core_version: &'static str,
}

/// Something that is probably not meant, or worth knowing.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// What kind.
    pub code: FindingCode,
    /// How bad.
    pub severity: FindingSeverity,
    /// The blueprint; left out, it is about the platform document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub blueprint: Option<String>,
    /// JSON pointer into that document.
    pub pointer: String,
    /// The ids of the rules that it is about, or that are the reason.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<String>,
    /// The parameter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The option of the parameter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub option: Option<String>,
    /// The environment in which it is so; left out, in all of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub environment: Option<String>,
    /// The id of the step or of the approval.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    /// What is so, for people.
    pub message: String,
    /// What to do, for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// The parameters of the smallest request that shows it, where a request can.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub example: Option<Map<String, Value>>,
}

/// What kind of finding; `docs/policy-check.md` has an example of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum FindingCode {
    /// An approval names somebody who may not approve.
    ApproverUnknown,
    /// The limits of a parameter let no value through.
    LimitImpossible,
    /// The rules let no request through.
    NoValidRequest,
    /// No request can break the rule.
    RuleNeverFires,
    /// Nothing satisfies what the rule requires.
    RuleCannotBeMet,
    /// What breaks the rule breaks others, too.
    RuleRedundant,
    /// Rules that speak together leave nothing.
    RulesContradict,
    /// No valid request has the option.
    OptionNeverAllowed,
    /// Several rules together forbid the option in an environment.
    OptionNeverAllowedIn,
    /// No valid request gives the parameter.
    ParameterNeverAllowed,
    /// A form that nobody has touched is not valid.
    DefaultNotAllowed,
    /// The option costs more than any team may spend.
    CostBeyondEveryBudget,
    /// A condition asks for a value that its parameter can't have.
    ValueImpossible,
    /// No valid request needs the approval.
    ApprovalNeverNeeded,
    /// No valid request has the step.
    StepNeverApplies,
    /// No valid request has the manifest.
    ManifestNeverApplies,
    /// No valid request has this part of a manifest.
    ManifestValueNeverApplies,
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum FindingSeverity {
    /// Nobody can work with this document.
    Error,
    /// Probably not meant.
    Warning,
    /// Worth knowing.
    Note,
}

/// How much of a blueprint was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Coverage {
    /// The blueprint.
    pub blueprint: String,
    /// The parameters that its conditions mention.
    pub fields: Vec<String>,
    /// How many combinations their values have, as far as conditions tell them apart; 2^53−1 stands for more.
    pub combinations: u64,
    /// Does every answer hold for all requests that there can be?
    pub exhaustive: bool,
    /// What stayed open, and why.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub gaps: Vec<String>,
}

/// A valid request that has an option.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Witness {
    /// The blueprint.
    pub blueprint: String,
    /// The parameter.
    pub field: String,
    /// The option.
    pub option: String,
    /// The parameters.
    pub example: Map<String, Value>,
}

impl Findings {
    /// The worst severity that there is.
    pub fn worst(&self) -> Option<FindingSeverity> {
        self.findings.iter().map(|finding| finding.severity).min()
    }
}

impl FindingCode {
    /// All of them.
    pub const ALL: [Self; 17] = [
        Self::ApproverUnknown,
        Self::LimitImpossible,
        Self::NoValidRequest,
        Self::RuleNeverFires,
        Self::RuleCannotBeMet,
        Self::RuleRedundant,
        Self::RulesContradict,
        Self::OptionNeverAllowed,
        Self::OptionNeverAllowedIn,
        Self::ParameterNeverAllowed,
        Self::DefaultNotAllowed,
        Self::CostBeyondEveryBudget,
        Self::ValueImpossible,
        Self::ApprovalNeverNeeded,
        Self::StepNeverApplies,
        Self::ManifestNeverApplies,
        Self::ManifestValueNeverApplies,
    ];

    /// As it is written in JSON: `rule-never-fires`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ApproverUnknown => "approver-unknown",
            Self::LimitImpossible => "limit-impossible",
            Self::NoValidRequest => "no-valid-request",
            Self::RuleNeverFires => "rule-never-fires",
            Self::RuleCannotBeMet => "rule-cannot-be-met",
            Self::RuleRedundant => "rule-redundant",
            Self::RulesContradict => "rules-contradict",
            Self::OptionNeverAllowed => "option-never-allowed",
            Self::OptionNeverAllowedIn => "option-never-allowed-in",
            Self::ParameterNeverAllowed => "parameter-never-allowed",
            Self::DefaultNotAllowed => "default-not-allowed",
            Self::CostBeyondEveryBudget => "cost-beyond-every-budget",
            Self::ValueImpossible => "value-impossible",
            Self::ApprovalNeverNeeded => "approval-never-needed",
            Self::StepNeverApplies => "step-never-applies",
            Self::ManifestNeverApplies => "manifest-never-applies",
            Self::ManifestValueNeverApplies => "manifest-value-never-applies",
        }
    }
}

impl fmt::Display for FindingCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for FindingSeverity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        })
    }
}

/// `warning[rule-never-fires]: the rule ...; remove it`.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}[{}]: {}", self.severity, self.code, self.message)?;
        match &self.hint {
            Some(hint) => write!(f, "; {hint}"),
            None => Ok(()),
        }
    }
}

impl Finding {
    pub(super) fn new(code: FindingCode, severity: FindingSeverity, message: impl Into<String>) -> Self {
        Self {
            code,
            severity,
            blueprint: None,
            pointer: String::new(),
            rules: Vec::new(),
            field: None,
            option: None,
            environment: None,
            part: None,
            message: message.into(),
            hint: None,
            example: None,
        }
    }

    pub(super) fn warning(code: FindingCode, message: impl Into<String>) -> Self {
        Self::new(code, FindingSeverity::Warning, message)
    }

    pub(super) fn note(code: FindingCode, message: impl Into<String>) -> Self {
        Self::new(code, FindingSeverity::Note, message)
    }

    pub(super) fn at(mut self, pointer: impl Into<String>) -> Self {
        self.pointer = pointer.into();
        self
    }

    pub(super) fn rules(mut self, rules: Vec<String>) -> Self {
        self.rules = rules;
        self
    }

    pub(super) fn field(mut self, name: impl Into<String>) -> Self {
        self.field = Some(name.into());
        self
    }

    pub(super) fn option(mut self, name: impl Into<String>) -> Self {
        self.option = Some(name.into());
        self
    }

    pub(super) fn environment(mut self, name: impl Into<String>) -> Self {
        self.environment = Some(name.into());
        self
    }

    pub(super) fn part(mut self, id: impl Into<String>) -> Self {
        self.part = Some(id.into());
        self
    }

    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    pub(super) fn example(mut self, example: Option<Map<String, Value>>) -> Self {
        self.example = example;
        self
    }
}
