//! All that was looked at, and what was found.

use berth_core::Berth;
use serde::Serialize;

use super::finding::{Finding, Severity};
use crate::error::Outcome;

/// The answer of the doctor.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Report {
    /// What was looked at, in order.
    pub(crate) checks: Vec<Check>,
    /// What is wrong, in the same order.
    pub(crate) findings: Vec<Finding>,
    policy_digest: String,
    core_version: &'static str,
}

/// Something that was looked at, or could not be.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Check {
    pub(crate) name: &'static str,
    pub(crate) result: CheckResult,
    /// What was seen, or why it was not looked at.
    pub(crate) detail: String,
}

/// How a check ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum CheckResult {
    Fine,
    Found,
    Skipped,
}

/// What a check saw.
#[derive(Clone, Debug)]
pub(crate) enum Checked {
    /// All is well: what was seen.
    Fine(String),
    /// Something is wrong.
    Found(Vec<Finding>),
    /// It could not be looked at: why.
    Skipped(String),
}

impl Checked {
    /// Fine, unless something was found.
    pub(super) fn unless(findings: Vec<Finding>, seen: impl Into<String>) -> Self {
        if findings.is_empty() { Self::Fine(seen.into()) } else { Self::Found(findings) }
    }
}

impl From<Finding> for Checked {
    fn from(finding: Finding) -> Self {
        Self::Found(vec![finding])
    }
}

impl Report {
    pub(super) fn new(berth: &Berth) -> Self {
        Self {
            checks: Vec::new(),
            findings: Vec::new(),
            policy_digest: berth.policy_digest().to_owned(),
            core_version: berth_core::VERSION,
        }
    }

    /// Writes down what a check saw.
    pub(super) fn add(&mut self, name: &'static str, checked: Checked) {
        let (result, detail) = match checked {
            Checked::Fine(seen) => (CheckResult::Fine, seen),
            Checked::Skipped(why) => (CheckResult::Skipped, why),
            Checked::Found(findings) => {
                let mut codes: Vec<&str> = findings.iter().map(|finding| finding.code.as_str()).collect();
                codes.dedup();
                let detail = codes.join(", ");
                self.findings.extend(findings);
                (CheckResult::Found, detail)
            }
        };
        self.checks.push(Check { name, result, detail });
    }

    /// Writes down that a check was left out.
    pub(super) fn skip(&mut self, name: &'static str, why: &str) {
        self.add(name, Checked::Skipped(why.to_owned()));
    }

    /// How the command ends.
    pub(crate) fn outcome(&self) -> Outcome {
        if self.findings.iter().any(|finding| finding.code.is_trouble()) {
            Outcome::Trouble
        } else if self.findings.iter().any(|finding| finding.severity == Severity::Error) {
            Outcome::Invalid
        } else {
            Outcome::Fine
        }
    }
}
