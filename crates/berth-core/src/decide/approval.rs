//! Who must say yes.

use serde::Serialize;

use crate::policy::{Blueprint, Platform, Slot};

/// Who must say yes before a request is carried out.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Approval<'a> {
    /// Must anybody?
    pub required: bool,
    /// Every requirement must be met, each by other people than the requester.
    pub requirements: Vec<ApprovalRequirement<'a>>,
}

/// This many people of these groups.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ApprovalRequirement<'a> {
    /// The rule that asks for it: `environment.<name>`, or the id of an approval rule of the blueprint.
    pub id: String,
    /// Groups of the catalog, or claims of a token; somebody of any of them may approve.
    pub by: &'a [String],
    /// How many different people.
    pub count: u32,
    /// Why, for people.
    pub reason: &'a str,
}

impl Approval<'_> {
    pub(super) fn none() -> Self {
        Self { required: false, requirements: Vec::new() }
    }
}

/// What the environment asks for, and the blueprint's own rules.
pub(super) fn of<'a>(blueprint: &'a Blueprint, platform: &'a Platform, slots: &[Slot<'_>]) -> Approval<'a> {
    let mut approval = of_environment(blueprint, platform, slots);
    for rule in blueprint.approvals.iter().filter(|rule| rule.when.holds(slots)) {
        approval.requirements.push(ApprovalRequirement {
            id: rule.id.clone(),
            by: &rule.by,
            count: rule.count,
            reason: &rule.reason,
        });
    }
    approval.required = !approval.requirements.is_empty();
    approval
}

/// What the environment alone asks for: all that is needed to give something back.
pub(super) fn of_environment<'a>(
    blueprint: &Blueprint,
    platform: &'a Platform,
    slots: &[Slot<'_>],
) -> Approval<'a> {
    let mut requirements = Vec::new();
    if let Some((name, approval)) = environment(blueprint, platform, slots)
        && let Some(approval) = &approval.approval
    {
        requirements.push(ApprovalRequirement {
            id: format!("environment.{name}"),
            by: &approval.by,
            count: approval.count,
            reason: &approval.reason,
        });
    }
    Approval { required: !requirements.is_empty(), requirements }
}

/// The environment of a request, with its name.
pub(super) fn environment<'a>(
    blueprint: &Blueprint,
    platform: &'a Platform,
    slots: &[Slot<'_>],
) -> Option<(&'a str, &'a crate::document::Environment)> {
    let Some(Slot::Choice(index)) = slots.get(blueprint.environment_field) else { return None };
    // The options of the environment are the platform's environments, in the same order.
    let (name, environment) = platform.document.spec.environments.get_index(usize::from(*index))?;
    Some((name, environment))
}
