//! Approvals, steps and manifests that are never used.

use berth_core::analysis::{CheckOptions, FindingCode, FindingSeverity};

use crate::fixture::{PLATFORM, blueprint, check, check_with};

const PARAMETERS: &str = "
    size: { type: string, enum: [small, large], default: small }
    features: { type: array, enum: [mesh, gpu], uniqueItems: true, default: [] }";

fn with_step(step: &str) -> String {
    let step = step.trim_start_matches('\n');
    format!(
        "{}{step}\n",
        blueprint(
            PARAMETERS,
            "  rules: [{ id: no-gpu, when: { size: { in: [small] } }, require: { features: { notContains: gpu } }, message: a GPU needs room }]"
        )
    )
}

#[test]
fn a_step_for_what_a_rule_forbids_never_applies() {
    let checked = check_with(
        PLATFORM,
        &with_step(
            "
    - id: gpu
      title: GPU
      when: { features: { contains: gpu }, size: { in: [small] } }
      manifests: [{ apiVersion: v1, kind: ConfigMap, metadata: { name: gpu }, when: { size: { in: [large] } } }]",
        ),
        CheckOptions::default(),
    );
    let finding = checked.alone(FindingCode::StepNeverApplies, FindingSeverity::Warning);
    assert_eq!(finding.pointer, "/spec/steps/1/when");
    assert_eq!(
        finding.message,
        "the step `gpu` is never used: the rule `no-gpu` forbids what its `when` asks for"
    );
    assert_eq!(checked.shown(finding), ["rule.no-gpu"]);
}

#[test]
fn a_manifest_that_its_own_step_excludes_never_applies() {
    let checked = check_with(
        PLATFORM,
        &with_step(
            "
    - id: large
      title: Large
      when: { size: { in: [large] } }
      manifests:
        - { apiVersion: v1, kind: ConfigMap, metadata: { name: large } }
        - { apiVersion: v1, kind: Secret, metadata: { name: small }, when: { size: { in: [small] } } }
        - apiVersion: v1
          kind: ConfigMap
          metadata: { name: data }
          data:
            mode: { when: { platform.settings.mesh.mode: { in: [ambient] } }, value: ambient }
            size: { when: { size: { notIn: [large] } }, value: small }",
        ),
        CheckOptions::default(),
    );
    let found: Vec<(FindingCode, FindingSeverity, &str)> = checked
        .findings
        .findings
        .iter()
        .map(|finding| (finding.code, finding.severity, finding.message.as_str()))
        .collect();
    assert_eq!(
        found,
        [
            (
                FindingCode::ManifestNeverApplies,
                FindingSeverity::Warning,
                "a `Secret` of the step `large` is never used: its `when` never holds"
            ),
            (
                FindingCode::ManifestValueNeverApplies,
                FindingSeverity::Note,
                "`mode` in the step `large` is left out, as the platform document has it"
            ),
            (
                FindingCode::ManifestValueNeverApplies,
                FindingSeverity::Warning,
                "`size` in the step `large` is never used: its `when` never holds"
            ),
        ]
    );
    assert_eq!(checked.findings.findings[2].pointer, "/spec/steps/1/manifests/2/data/size/when");
}

#[test]
fn an_approval_that_a_rule_makes_impossible_is_never_needed() {
    let checked = check(
        PARAMETERS,
        "
  rules: [{ id: no-gpu, require: { features: { notContains: gpu } }, message: no GPUs here }]
  approvals:
    - { id: gpu, when: { features: { contains: gpu } }, by: [group:default/platform-admins], reason: GPUs are rare }",
    );
    let finding = checked.only(FindingCode::ApprovalNeverNeeded);
    assert_eq!(finding.severity, FindingSeverity::Warning);
    assert_eq!(finding.pointer, "/spec/approvals/0/when");
    assert_eq!(checked.shown(finding), ["rule.no-gpu"]);
}
