//! What is found in the platform document.

use berth_core::analysis::{CheckOptions, FindingCode, FindingSeverity};

use crate::fixture::{PLATFORM, blueprint, check, check_with};

#[test]
fn an_approval_by_somebody_who_may_not_approve_is_found_where_it_stands() {
    let platform = PLATFORM.replace("by: [group:default/platform-admins]", "by: [group:default/sre]");
    let checked = check_with(&platform, &blueprint("", ""), CheckOptions::default());
    let finding = checked.alone(FindingCode::ApproverUnknown, FindingSeverity::Warning);
    assert_eq!(
        (&finding.blueprint, finding.pointer.as_str()),
        (&None, "/spec/environments/production/approval/by/0")
    );
    assert_eq!(
        finding.message,
        "the approval of the environment `production` is given by `group:default/sre`, and no role of the platform \
         says that they may approve"
    );
}

#[test]
fn a_blueprint_s_own_approvals_are_looked_at_too() {
    let checked = check(
        "    public: { type: boolean, default: false }",
        "
  approvals:
    - { id: security, when: { public: { in: [true] } }, by: [group:default/platform-admins, group:default/sec], reason: it is public }",
    );
    let finding = checked.alone(FindingCode::ApproverUnknown, FindingSeverity::Warning);
    assert_eq!(finding.pointer, "/spec/approvals/0/by/1");
    assert_eq!(finding.part.as_deref(), Some("security"));
    assert_eq!(finding.example.as_ref().unwrap()["public"], true);
    assert_eq!(checked.shown(finding), [""; 0]);
}
