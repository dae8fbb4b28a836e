//! What the platform and the context say, besides the blueprint's own rules: reserved names,
//! membership, and the limits of the team.

use std::borrow::Cow;

use super::{Circumstances, Cost, Standing, Subject, Violation};
use crate::policy::{Platform, Slot};
use crate::request::Context;
use crate::text::excerpt;

/// The codes of violations that only a context can bring.
pub(crate) const NEEDS_CONTEXT: [&str; 7] =
    ["name-taken", "not-a-member", "team-limit", "over-budget", "too-late", "immutable", "in-use"];

/// Adds what the platform and the context have against the request.
pub(super) fn judge<'a>(
    platform: &'a Platform,
    subject: &Subject<'a>,
    Circumstances { context, standing, .. }: Circumstances<'a>,
    cost: &Cost<'a>,
    path: impl Fn(usize) -> Cow<'a, str>,
    violations: &mut Vec<Violation<'a>>,
) {
    let blueprint = subject.blueprint;
    // What stands under its name keeps it, and its place among the team's.
    let stands = matches!(standing, Standing::As(_));
    if let Some(Slot::Text(name)) = subject.slots.get(blueprint.name_field).copied() {
        let taken = platform
            .reserved(name)
            .filter(|_| !stands)
            .map(|why| ("reserved-name", format!("the name `{}` is reserved: {why}", excerpt(name))));
        let taken = taken.or_else(|| {
            (context.name_taken && matches!(standing, Standing::Nothing))
                .then(|| ("name-taken", format!("the name `{}` is taken", excerpt(name))))
        });
        violations.extend(taken.map(|(code, message)| {
            Violation::new(code, message).at(path(blueprint.name_field)).hint("choose another name")
        }));
    }
    let team = &subject.team;
    if team.name.is_empty() {
        return;
    }
    let mut at_team = |violation: Violation<'a>| violations.push(violation.at(path(blueprint.team_field)));
    if let Some(violation) = membership(platform, subject, context) {
        at_team(violation);
    }
    let Some(usage) = context.usage else { return };
    if usage.namespaces >= team.limits.namespaces && !stands {
        at_team(
            Violation::new(
                "team-limit",
                format!(
                    "the team `{}` has {} of {} namespaces",
                    team.name, usage.namespaces, team.limits.namespaces
                ),
            )
            .hint("give one back, or ask the platform team for a higher limit"),
        );
    }
    let remaining = cost.budget.and_then(|budget| budget.remaining);
    // A team that is over its budget may still make things smaller.
    if remaining.is_some_and(|remaining| remaining < 0) && cost.rises_to(cost.monthly) {
        let amount = |amount: i64| cost.amount(amount);
        at_team(
            Violation::new(
                "over-budget",
                format!(
                    "{} a month on top of {} exceed the budget of the team `{}`, {}",
                    amount(cost.monthly),
                    amount(usage.monthly_cost),
                    team.name,
                    amount(team.limits.monthly_budget)
                ),
            )
            .hint("choose something smaller, or ask the platform team for a higher budget"),
        );
    }
}

/// What is against a requester who is known: they are not in the team.
pub(super) fn membership<'a>(
    platform: &Platform,
    subject: &Subject<'a>,
    context: &Context,
) -> Option<Violation<'a>> {
    let (team, requester) = (&subject.team, context.requester.as_ref()?);
    let member = |group: &String| *group == team.catalog_ref || team.token_groups().contains(group);
    let any_team = platform.role(requester.groups.iter().chain(&requester.roles)).request_for_any_team;
    (!any_team && !requester.groups.iter().any(member)).then(|| {
        Violation::new(
            "not-a-member",
            format!("`{}` is not in the team `{}`", excerpt(&requester.entity_ref), team.name),
        )
        .hint("ask for a team that you are in, or ask somebody of this team")
    })
}
