//! Rules that do nothing, can't be met, repeat others or contradict each other.

use berth_core::analysis::{CheckOptions, FindingCode, FindingSeverity};
use serde_json::json;

use crate::fixture::{PLATFORM, blueprint, check, check_with};

const SIZES: &str = "
    size: { type: string, enum: [small, medium, large], default: medium }
    replicas: { type: integer, minimum: 1, maximum: 9, default: 2 }
    features: { type: array, enum: [mesh, gpu, backup], uniqueItems: true, default: [] }
    public: { type: boolean, default: false }";

#[test]
fn a_rule_whose_when_never_holds_never_fires() {
    let checked = check(
        SIZES,
        "
  rules:
    - id: both
      when: { all: [{ size: { in: [small] } }, { size: { atLeast: medium } }] }
      require: { public: { in: [false] } }
      message: small and medium at once stay private",
    );
    let finding = checked.alone(FindingCode::RuleNeverFires, FindingSeverity::Warning);
    assert_eq!(finding.pointer, "/spec/rules/0/when");
    assert_eq!(
        finding.to_string(),
        "warning[rule-never-fires]: the rule `both` never fires: its `when` never holds (size is small and size \
         is medium or large); mend its conditions, or remove it"
    );
}

#[test]
fn a_rule_that_nobody_can_break_never_fires() {
    let checked = check(
        SIZES,
        "
  rules:
    - id: at-least-one
      when: { public: { in: [true] } }
      require: { replicas: { atLeast: 1 } }
      message: what is public needs a replica",
    );
    let finding = checked.alone(FindingCode::RuleNeverFires, FindingSeverity::Warning);
    assert_eq!(finding.pointer, "/spec/rules/0/require");
    assert_eq!(finding.example.as_ref().map(|example| &example["public"]), Some(&json!(true)));
    assert_eq!(checked.shown(finding), [""; 0]);
}

#[test]
fn a_rule_that_the_platform_switches_off_is_only_a_note() {
    let rules = "
  rules:
    - id: no-mesh
      when: { platform.settings.mesh.mode: { in: [none] } }
      require: { features: { notContains: mesh } }
      message: this platform has no mesh";
    let checked = check(SIZES, rules);
    checked.alone(FindingCode::RuleNeverFires, FindingSeverity::Note);

    let without = PLATFORM.replace("mode: sidecar", "mode: none");
    let checked = check_with(&without, &blueprint(SIZES, rules), CheckOptions::default());
    let finding = checked.alone(FindingCode::OptionNeverAllowed, FindingSeverity::Note);
    assert_eq!(
        (finding.option.as_deref(), finding.rules.as_slice()),
        (Some("mesh"), &["no-mesh".to_owned()][..])
    );
    assert_eq!(checked.shown(finding), ["rule.no-mesh"]);
}

#[test]
fn what_never_holds_on_any_platform_is_not_excused_by_a_test_of_the_platform() {
    let checked = check(
        SIZES,
        "
  rules:
    - id: both
      when: { all: [{ platform.settings.mesh.mode: { in: [none] } }, { size: { in: [small] } }, { size: { in: [large] } }] }
      require: { features: { notContains: mesh } }
      message: never",
    );
    checked.alone(FindingCode::RuleNeverFires, FindingSeverity::Warning);
}

#[test]
fn a_rule_that_can_t_be_met_forbids_its_whole_case() {
    let checked = check(
        SIZES,
        "
  rules:
    - id: public-size
      when: { public: { in: [true] }, replicas: { atLeast: 5 } }
      require: { all: [{ size: { atLeast: large } }, { size: { atMost: medium } }] }
      message: what is public has the right size",
    );
    let finding = checked.alone(FindingCode::RuleCannotBeMet, FindingSeverity::Warning);
    assert_eq!(finding.pointer, "/spec/rules/0/require");
    assert_eq!(checked.shown(finding), ["rule.public-size"]);
}

#[test]
fn forbidding_a_case_by_its_opposite_is_fine() {
    let checked = check(
        SIZES,
        "
  rules:
    - id: no-small-gpu
      when: { features: { contains: gpu }, size: { in: [small] } }
      require: { size: { notIn: [small] } }
      message: a GPU needs room",
    );
    assert_eq!(checked.codes(), []);
}

#[test]
fn of_two_rules_that_say_the_same_the_later_one_is_redundant() {
    let checked = check(
        SIZES,
        "
  rules:
    - id: gpu-is-large
      when: { features: { contains: gpu } }
      require: { size: { in: [large] } }
      message: a GPU needs the large size
    - id: gpu-is-not-small
      when: { features: { contains: gpu } }
      require: { size: { atLeast: medium } }
      message: a GPU needs room
    - id: gpu-and-mesh
      severity: warning
      when: { features: { contains: gpu }, size: { in: [small] } }
      require: { features: { contains: mesh } }
      message: a small GPU likes a mesh",
    );
    assert_eq!(checked.codes(), [FindingCode::RuleRedundant; 2], "{:#?}", checked.findings);
    let [redundant, warning] = checked.findings.findings.as_slice() else { panic!() };
    assert_eq!(redundant.rules, ["gpu-is-not-small", "gpu-is-large"]);
    let shown = ["rule.gpu-is-large", "rule.gpu-is-not-small", "rule.gpu-and-mesh"];
    assert_eq!(checked.shown(redundant), shown);
    assert_eq!(
        warning.message,
        "the rule `gpu-and-mesh` only warns of requests that the rule `gpu-is-large` forbids"
    );
    assert_eq!(warning.severity, FindingSeverity::Note);
}

#[test]
fn two_rules_contradict_each_other_where_both_speak() {
    let checked = check(
        SIZES,
        "
  rules:
    - id: production-is-large
      when: { environment: { in: [production] } }
      require: { size: { in: [large] } }
      message: production needs room
    - id: public-is-not-large
      when: { public: { in: [true] } }
      require: { size: { notIn: [large] } }
      message: what is public stays small",
    );
    let finding = checked.only(FindingCode::RulesContradict);
    assert_eq!(finding.rules, ["production-is-large", "public-is-not-large"]);
    assert_eq!(
        finding.message,
        "the rules `production-is-large` and `public-is-not-large` contradict each other: together they leave \
         nothing where `environment` is `production` and `public` is `true`"
    );
    let [violation] = checked.shown(finding).try_into().unwrap();
    assert!(["rule.production-is-large", "rule.public-is-not-large"].contains(&violation.as_str()));
}

#[test]
fn rules_over_one_list_contradict_each_other_through_its_length() {
    let parameters = "
    features: { type: array, enum: [mesh, gpu, backup], uniqueItems: true, maxItems: 1, default: [] }
    public: { type: boolean, default: false }
    large: { type: boolean, default: false }";
    let checked = check(
        parameters,
        "
  rules:
    - { id: public-mesh, when: { public: { in: [true] } }, require: { features: { contains: mesh } }, message: mesh }
    - { id: large-gpu, when: { large: { in: [true] } }, require: { features: { contains: gpu } }, message: gpu }",
    );
    let finding = checked.alone(FindingCode::RulesContradict, FindingSeverity::Warning);
    assert!(
        finding.message.ends_with("where `public` is `true` and `large` is `true`"),
        "{}",
        finding.message
    );
}

#[test]
fn three_rules_contradict_each_other_though_no_two_do() {
    let checked = check(
        SIZES,
        "
  rules:
    - id: production
      when: { environment: { in: [production] } }
      require: { any: [{ size: { in: [large] } }, { replicas: { atLeast: 5 } }] }
      message: production needs room
    - id: public
      when: { public: { in: [true] } }
      require: { size: { notIn: [large] } }
      message: what is public stays small
    - id: mesh
      when: { features: { contains: mesh } }
      require: { replicas: { atMost: 4 } }
      message: the mesh has no room for more",
    );
    let finding = checked.only(FindingCode::RulesContradict);
    assert_eq!(finding.rules, ["production", "public", "mesh"]);
    assert_eq!(checked.shown(finding).len(), 1);
}

#[test]
fn a_chain_of_rules_is_no_contradiction() {
    let checked = check(
        SIZES,
        "
  rules:
    - id: gpu-is-large
      when: { features: { contains: gpu } }
      require: { size: { in: [large] } }
      message: a GPU needs room
    - id: large-is-private
      when: { size: { in: [large] } }
      require: { public: { in: [false] } }
      message: large things stay private",
    );
    assert_eq!(checked.codes(), [FindingCode::DefaultNotAllowed; 0], "{:#?}", checked.findings);
}

#[test]
fn rules_that_let_nothing_through_are_an_error_that_names_the_fewest() {
    let checked = check(
        SIZES,
        "
  rules:
    - { id: at-least-5, require: { replicas: { atLeast: 5 } }, message: at least 5 }
    - { id: private, require: { public: { in: [false] } }, message: private }
    - { id: at-most-3, require: { replicas: { atMost: 3 } }, message: at most 3 }",
    );
    let finding = checked.alone(FindingCode::NoValidRequest, FindingSeverity::Error);
    assert_eq!(finding.rules, ["at-least-5", "at-most-3"]);
    assert_eq!(
        finding.message,
        "no request is valid: the rules `at-least-5` and `at-most-3` together leave nothing"
    );
    assert_eq!(checked.shown(finding), ["rule.at-least-5"]);
}

#[test]
fn texts_are_told_apart_by_patterns_and_lists() {
    let parameters = "
    costCenter: { type: string, pattern: '^CC-[0-9]{4}$' }
    note: { type: string, minLength: 3, maxLength: 10 }";
    let rules = |pattern: &str, text: &str| {
        format!(
            "
  rules:
    - id: cost-center
      when: {{ costCenter: {{ matches: '{pattern}' }} }}
      require: {{ note: {{ notIn: [{text}] }} }}
      message: not with this cost center"
        )
    };
    let checked = check(parameters, &rules("^CC-0[0-9]*$", "fine"));
    assert_eq!(checked.codes(), []);
    assert!(checked.findings.coverage[0].exhaustive);

    let checked = check(parameters, &rules("^CC-[0-9]{5}$", "fine"));
    assert_eq!(checked.codes(), [FindingCode::ValueImpossible, FindingCode::RuleNeverFires]);
    assert_eq!(checked.findings.findings[0].message, "`costCenter` can never match `^CC-[0-9]{5}$`");

    let checked = check(parameters, &rules("^CC-0[0-9]*$", "far too long a note"));
    assert_eq!(checked.codes(), [FindingCode::ValueImpossible, FindingCode::RuleNeverFires]);
    assert_eq!(checked.findings.findings[0].pointer, "/spec/rules/0/require");
}

#[test]
fn what_two_texts_have_to_do_with_each_other_is_not_exhaustive_and_says_so() {
    let checked = check(
        "",
        "
  rules:
    - { id: name-starts-with-team, require: { name: { startsWith: team } }, message: the name starts with the team }
    - { id: name-is-not-team, require: { not: { name: { sameAs: team } } }, message: the name says more than the team }",
    );
    assert_eq!(checked.codes(), []);

    let checked = check(
        "",
        "
  rules:
    - id: starts
      when: { name: { startsWith: team } }
      require: { not: { all: [{ team: { matches: '^a.*$' } }, { name: { matches: '^b.*$' } }] } }
      message: never"
            .replace(".*", "[a-z]*")
            .as_str(),
    );
    assert_eq!(checked.codes(), []);
    let coverage = &checked.findings.coverage[0];
    assert!(!coverage.exhaustive);
    assert_eq!(
        coverage.gaps,
        ["does the rule `starts` ever fire: not exhaustive, only some texts of `name` were tried"]
    );
}
