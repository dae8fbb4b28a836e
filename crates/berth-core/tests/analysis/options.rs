//! Options, parameters and defaults that are never allowed, and limits that let nothing through.

use berth_core::analysis::{CheckOptions, FindingCode, FindingSeverity};
use serde_json::json;

use crate::fixture::{PLATFORM, blueprint, check, check_with};

const TIERS: &str = "
    tier: { type: string, optionsFrom: tiers, default: small }
    features: { type: array, enum: [mesh, gpu], uniqueItems: true, default: [] }
    costCenter: { type: string, maxLength: 50 }";

const TABLES: &str = "
  tables:
    tiers:
      micro: { monthlyCost: 5000 }
      small: { monthlyCost: 10000 }
      large: { monthlyCost: 40000 }";

fn spec(rest: &str) -> String {
    format!("{TABLES}\n  {}", rest.trim_start())
}

#[test]
fn an_option_that_several_rules_forbid_together_is_never_allowed() {
    let checked = check(
        TIERS,
        &spec(
            "
  rules:
    - id: micro-needs-gpu
      when: { tier: { in: [micro] } }
      require: { features: { contains: gpu } }
      message: micro is for GPUs
    - id: gpu-needs-large
      when: { features: { contains: gpu } }
      require: { tier: { in: [large] } }
      message: a GPU needs room",
        ),
    );
    let finding = checked.alone(FindingCode::OptionNeverAllowed, FindingSeverity::Warning);
    assert_eq!(finding.pointer, "/spec/tables/tiers/micro");
    assert_eq!((finding.field.as_deref(), finding.option.as_deref()), (Some("tier"), Some("micro")));
    assert_eq!(
        finding.message,
        "`micro` of `tier` is never allowed: the rules `micro-needs-gpu` and `gpu-needs-large` together forbid it"
    );
    assert_eq!(checked.shown(finding).len(), 1);
}

#[test]
fn the_value_of_a_boolean_is_an_option_too() {
    let checked = check(
        "    public: { type: boolean, default: false }",
        "  rules: [{ id: private, require: { public: { notIn: [true] } }, message: nothing is public }]",
    );
    let finding = checked.alone(FindingCode::OptionNeverAllowed, FindingSeverity::Warning);
    assert_eq!(finding.message, "`true` of `public` is never allowed: the rule `private` forbids it");
    assert_eq!(checked.shown(finding), ["rule.private"]);
}

#[test]
fn a_blueprint_that_is_not_for_every_environment_says_so_with_a_rule() {
    let checked = check(
        "",
        "  rules: [{ id: not-yet, require: { environment: { notIn: [production] } }, message: not in production yet }]",
    );
    let finding = checked.alone(FindingCode::OptionNeverAllowed, FindingSeverity::Note);
    assert_eq!(finding.pointer, "/spec/parameters/environment/optionsFrom");
    assert_eq!(checked.shown(finding), ["rule.not-yet"]);
}

#[test]
fn what_rules_forbid_together_in_an_environment_is_worth_a_note() {
    let checked = check(
        TIERS,
        &spec(
            "
  rules:
    - id: production-has-mesh
      when: { environment: { in: [production] } }
      require: { features: { contains: mesh } }
      message: production has a mesh
    - id: mesh-needs-room
      when: { features: { contains: mesh } }
      require: { tier: { notIn: [micro] } }
      message: a mesh needs room",
        ),
    );
    let finding = checked.only(FindingCode::OptionNeverAllowedIn);
    assert_eq!(finding.severity, FindingSeverity::Note);
    assert_eq!(
        finding.message,
        "`micro` of `tier` is never allowed in `production`: the rules `production-has-mesh` and `mesh-needs-room` \
         together forbid it"
    );
    assert_eq!(checked.shown(finding).len(), 1);
}

#[test]
fn a_parameter_may_be_forbidden_altogether() {
    let checked = check(
        TIERS,
        &spec(
            "
  rules: [{ id: no-cost-center, require: { costCenter: { exists: false } }, message: none }]",
        ),
    );
    let finding = checked.alone(FindingCode::ParameterNeverAllowed, FindingSeverity::Warning);
    assert_eq!(finding.pointer, "/spec/parameters/costCenter");
    assert_eq!(checked.shown(finding), ["rule.no-cost-center"]);
}

#[test]
fn a_default_that_an_environment_forbids_is_a_trap() {
    let checked = check(
        &TIERS.replace("default: small", "default: micro"),
        &spec(
            "
  rules:
    - id: production-needs-capacity
      when: { environment: { in: [production] } }
      require: { tier: { atLeast: small } }
      message: production needs at least small",
        ),
    );
    let finding = checked.alone(FindingCode::DefaultNotAllowed, FindingSeverity::Warning);
    assert_eq!(finding.pointer, "/spec/parameters/tier/default");
    assert_eq!(
        finding.message,
        "the default of `tier` is not allowed in `production`: the rule `production-needs-capacity` forbids it"
    );
    let example = finding.example.as_ref().unwrap();
    assert_eq!(
        json!(example),
        json!({ "name": "payments-checkout", "team": "platform", "environment": "production" })
    );
    assert_eq!(checked.shown(finding), ["rule.production-needs-capacity"]);
}

#[test]
fn an_option_may_cost_more_than_any_team_has() {
    let checked = check(TIERS, &TABLES.replace("40000", "4000000"));
    let finding = checked.alone(FindingCode::CostBeyondEveryBudget, FindingSeverity::Warning);
    assert_eq!(finding.pointer, "/spec/tables/tiers/large/monthlyCost");
    assert_eq!(
        finding.message,
        "`large` of `tier` costs 40000.00 USD a month, more than the budget of every team: 10000.00 USD at most"
    );
    assert_eq!(checked.shown(finding), ["over-budget"]);
}

#[test]
fn limits_that_let_nothing_through() {
    for (parameter, severity, message) in [
        (
            "code: { type: string, pattern: '^[A-Z]{2}-[0-9]{2}$', minLength: 6 }",
            FindingSeverity::Warning,
            "no value is valid for `code`: `pattern` allows 5 characters at most, `minLength` is 6",
        ),
        (
            "code: { type: string, pattern: '^[A-Z]{2}-[0-9]{2}$', maxLength: 4, required: true }",
            FindingSeverity::Error,
            "no value is valid for `code`, so no request is: `pattern` needs 5 characters at least, `maxLength` is 4",
        ),
        (
            "code: { type: string, pattern: '^(ab|abcde)$', minLength: 3, maxLength: 4 }",
            FindingSeverity::Warning,
            "no value is valid for `code`: no text has the pattern and the length and is not reserved",
        ),
    ] {
        let checked = check(&format!("    {parameter}"), "");
        let finding = checked.only(FindingCode::LimitImpossible);
        assert_eq!((finding.severity, finding.message.as_str()), (severity, message));
    }
}

#[test]
fn a_list_without_unique_items_may_be_filled_up() {
    let checked = check("    zones: { type: array, enum: [a, b], minItems: 3, required: true }", "");
    assert_eq!(checked.codes(), []);
}

#[test]
fn witnesses_are_valid_and_small() {
    let options = CheckOptions { witnesses: true, ..CheckOptions::default() };
    let checked = check_with(PLATFORM, &blueprint(TIERS, TABLES), options);
    let witnesses = &checked.findings.witnesses;
    let gpu = witnesses.iter().find(|witness| witness.option == "gpu").unwrap();
    assert_eq!(
        json!(gpu.example),
        json!({ "name": "payments-checkout", "team": "platform", "environment": "development", "features": ["gpu"] })
    );
    for witness in witnesses {
        assert_eq!(checked.violations(&witness.example), [""; 0], "{witness:?}");
    }
    assert_eq!(witnesses.len(), 3 + 3 + 2);
}

#[test]
fn beyond_the_limit_nothing_is_claimed() {
    let rules = "
  rules:
    - id: gpu-needs-large
      when: { features: { contains: gpu }, environment: { notIn: [staging] } }
      require: { tier: { in: [large] } }
      message: a GPU needs room";
    let options = CheckOptions { max_combinations: 0, ..CheckOptions::default() };
    let checked = check_with(PLATFORM, &blueprint(TIERS, &spec(rules)), options);
    assert_eq!(checked.codes(), []);
    let coverage = &checked.findings.coverage[0];
    assert!(!coverage.exhaustive);
    assert_eq!(
        coverage.gaps[0],
        "does the rule `gpu-needs-large` ever fire: not exhaustive, 0 of 18 combinations"
    );
}
