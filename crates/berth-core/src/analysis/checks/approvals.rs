//! Approvals that name somebody who may not approve: nobody could give them.

use crate::analysis::finding::{Finding, FindingCode};
use crate::analysis::formula::Formula;
use crate::analysis::model::Model;
use crate::analysis::report::Report;
use crate::analysis::sites::Part;
use crate::policy::Platform;

/// The approvals of a blueprint.
pub(super) fn check(model: &Model<'_>, report: &mut Report) {
    let binding = model.binding();
    for (place, approval) in model.blueprint.approvals.iter().enumerate() {
        let when = model.site_formula(Part::Approval(place)).unwrap_or(&Formula::Constant(true));
        for (index, who) in unknown(model.platform, &approval.by) {
            report.add(
                finding(who, &format!("the approval `{}`", approval.id))
                    .at(format!("/spec/approvals/{place}/by/{index}"))
                    .part(&approval.id)
                    .example(model.example(&binding, &[when])),
            );
        }
    }
}

/// The approvals of the platform's environments.
pub(in crate::analysis) fn of_platform(platform: &Platform) -> Vec<Finding> {
    let environments = platform.document.spec.environments.iter();
    let found = environments.flat_map(|(name, environment)| {
        let by = environment.approval.as_ref().map_or(&[][..], |approval| &approval.by);
        unknown(platform, by).map(move |(index, who)| {
            let name_pointer = crate::text::pointer(name);
            finding(who, &format!("the approval of the environment `{name}`"))
                .at(format!("/spec/environments{name_pointer}/approval/by/{index}"))
                .environment(name)
        })
    });
    found.collect()
}

fn unknown<'a>(platform: &'a Platform, by: &'a [String]) -> impl Iterator<Item = (usize, &'a String)> {
    let roles = &platform.document.spec.roles;
    by.iter().enumerate().filter(|(_, who)| !roles.get(*who).is_some_and(|role| role.approve))
}

fn finding(who: &str, what: &str) -> Finding {
    let message =
        format!("{what} is given by `{who}`, and no role of the platform says that they may approve");
    Finding::warning(FindingCode::ApproverUnknown, message)
        .hint(format!("add `{who}: {{ approve: true }}` to the platform's `roles`"))
}
