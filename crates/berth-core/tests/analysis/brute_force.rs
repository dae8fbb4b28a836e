//! Random small blueprints, and all requests that there can be: the analysis says what `decide` says.

use std::collections::{BTreeMap, BTreeSet};

use berth_core::analysis::{CheckOptions, Finding, FindingCode, Findings};
use berth_core::input::{Format, parse};
use berth_core::{Berth, Context};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Map, Value, json};

use crate::fixture::{PLATFORM, blueprint};

/// The parameters of a random blueprint, with all values that there are; `None` is one that is left out.
type Values = BTreeMap<&'static str, Vec<Option<Value>>>;

fn document() -> impl Strategy<Value = (Value, Values)> {
    let rule = (proptest::option::of(condition()), condition(), prop::bool::weighted(0.85));
    (parameters(), prop::collection::vec(rule, 0..6), condition()).prop_map(
        |((parameters, values), rules, approval)| {
            let mut document = parse(&blueprint("", ""), Format::Yaml).expect("YAML");
            let rules: Vec<Value> = rules
                .into_iter()
                .enumerate()
                .map(|(index, (when, require, binding))| {
                    let severity = if binding { "error" } else { "warning" };
                    let mut rule =
                        json!({ "id": format!("r{index}"), "require": require, "message": "no", "severity": severity });
                    if let Some(when) = when {
                        rule["when"] = when;
                    }
                    rule
                })
                .collect();
            for (name, parameter) in parameters {
                document["spec"]["parameters"][name] = parameter;
            }
            document["spec"]["rules"] = rules.into();
            document["spec"]["approvals"] =
                json!([{ "id": "admins", "when": approval, "by": ["group:default/platform-admins"], "reason": "so" }]);
            (document, values)
        },
    )
}

fn parameters() -> impl Strategy<Value = (BTreeMap<&'static str, Value>, Values)> {
    let parameter = |base: Value, values: Vec<Value>, defaults: Vec<Value>| {
        let default = proptest::option::of(select(defaults));
        (default, any::<bool>()).prop_map(move |(default, required)| {
            let mut parameter = base.clone();
            let mut values: Vec<Option<Value>> = values.iter().cloned().map(Some).collect();
            if required {
                parameter["required"] = true.into();
            }
            // A default may be left out, whether the parameter is required or not.
            if let Some(default) = default {
                parameter["default"] = default;
                values.push(None);
            } else if !required {
                values.push(None);
            }
            (parameter, values)
        })
    };
    let list = |items: &[&str]| json!(items);
    let lists: Vec<Value> =
        [&[][..], &["x"], &["y"], &["z"], &["x", "y"], &["x", "z"], &["y", "z"], &["x", "y", "z"]]
            .map(list)
            .into();
    let letters = ["a", "b"];
    let texts: Vec<Value> = letters
        .iter()
        .flat_map(|one| letters.iter().map(move |other| format!("{one}{other}")))
        .chain(letters.map(str::to_owned))
        .map(Value::from)
        .collect();
    let bounds = (0usize..3, 1usize..4).prop_filter("a range", |(min, max)| min <= max);
    let lists = bounds.prop_flat_map(move |(min, max)| {
        let fits: Vec<Value> =
            lists.iter().filter(|list| (min..=max).contains(&list.as_array().map_or(0, Vec::len))).cloned().collect();
        let base = json!({ "type": "array", "enum": ["x", "y", "z"], "uniqueItems": true, "minItems": min, "maxItems": max });
        parameter(base, fits.clone(), fits)
    });
    let choice = parameter(
        json!({ "type": "string", "enum": ["s", "m", "l"] }),
        vec!["s".into(), "m".into(), "l".into()],
        vec!["s".into(), "m".into()],
    );
    let boolean =
        parameter(json!({ "type": "boolean" }), vec![true.into(), false.into()], vec![false.into()]);
    let number = parameter(
        json!({ "type": "integer", "minimum": 0, "maximum": 3 }),
        (0..=3).map(Value::from).collect(),
        vec![1.into(), 3.into()],
    );
    let text = parameter(
        json!({ "type": "string", "pattern": "^[ab]{1,2}$" }),
        texts,
        vec!["ab".into(), "a".into()],
    );
    (choice, boolean, number, text, lists).prop_map(|(choice, boolean, number, text, list)| {
        let all =
            [("choice", choice), ("boolean", boolean), ("number", number), ("text", text), ("list", list)];
        let environments = ["development", "staging", "production"].map(|name| Some(name.into())).into();
        let values = all.iter().map(|(name, (_, values))| (*name, values.clone()));
        let values = values.chain([("environment", environments)]).collect();
        (all.into_iter().map(|(name, (parameter, _))| (name, parameter)).collect(), values)
    })
}

fn condition() -> impl Strategy<Value = Value> {
    let some = |of: &'static [&'static str]| subsequence(of.to_vec(), 1..of.len());
    let test = prop_oneof![
        some(&["s", "m", "l"]).prop_map(|of| json!({ "choice": { "in": of } })),
        some(&["s", "m", "l"]).prop_map(|of| json!({ "choice": { "notIn": of } })),
        select(vec!["s", "m", "l"]).prop_map(|at| json!({ "choice": { "atLeast": at } })),
        some(&["development", "staging", "production"]).prop_map(|of| json!({ "environment": { "in": of } })),
        any::<bool>().prop_map(|is| json!({ "boolean": { "in": [is] } })),
        (0..=3).prop_map(|at| json!({ "number": { "atLeast": at } })),
        (0..=3).prop_map(|at| json!({ "number": { "atMost": at } })),
        (0..=3).prop_map(|is| json!({ "number": { "notIn": [is] } })),
        some(&["a", "ab", "bb"]).prop_map(|of| json!({ "text": { "in": of } })),
        select(vec!["^a[ab]*$", "^[ab]*b$", "^[ab]$"])
            .prop_map(|like| json!({ "text": { "matches": like } })),
        select(vec!["x", "y", "z"]).prop_map(|item| json!({ "list": { "contains": item } })),
        select(vec!["x", "y", "z"]).prop_map(|item| json!({ "list": { "notContains": item } })),
        (select(vec!["choice", "boolean", "number", "text", "list"]), any::<bool>())
            .prop_map(|(name, given)| json!({ name: { "exists": given } })),
    ];
    test.prop_recursive(2, 5, 2, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2).prop_map(|all| json!({ "all": all })),
            prop::collection::vec(inner.clone(), 2).prop_map(|any| json!({ "any": any })),
            inner.prop_map(|not| json!({ "not": not })),
        ]
    })
}

/// A request, and what `decide` says of it.
struct Judged {
    parameters: Map<String, Value>,
    /// As they were filled in.
    filled: BTreeMap<String, Value>,
    valid: bool,
    broken: BTreeSet<String>,
    approval: bool,
}

/// All requests that there are.
fn judge_all(berth: &Berth, values: &Values) -> Vec<Judged> {
    let context = Context::default();
    let mut requests =
        vec![Map::from_iter([("name".to_owned(), json!("shop")), ("team".to_owned(), json!("payments"))])];
    for (name, values) in values {
        requests = requests
            .iter()
            .flat_map(|request| {
                values.iter().map(|value| {
                    let mut request = request.clone();
                    request.extend(value.clone().map(|value| ((*name).to_owned(), value)));
                    request
                })
            })
            .collect();
    }
    requests.into_iter().map(|parameters| judge(berth, &context, parameters)).collect()
}

fn judge(berth: &Berth, context: &Context, parameters: Map<String, Value>) -> Judged {
    let request = Value::Object(parameters.clone());
    let decision = berth.decide(&request, context);
    let broken = decision.violations.iter().filter_map(|violation| violation.code.strip_prefix("rule."));
    Judged {
        parameters,
        filled: decision.request.iter().map(|(name, value)| (name.to_owned(), value.clone())).collect(),
        valid: decision.valid,
        broken: broken.map(str::to_owned).collect(),
        approval: decision.approval.requirements.iter().any(|requirement| requirement.id == "admins"),
    }
}

fn has(value: &Value, option: &str) -> bool {
    match value {
        Value::Array(items) => items.iter().any(|item| item == option),
        Value::Bool(value) => value.to_string() == option,
        other => other == option,
    }
}

fn of(findings: &Findings, code: FindingCode) -> impl Iterator<Item = &Finding> {
    findings.findings.iter().filter(move |finding| finding.code == code)
}

fn compare(document: &Value, values: &Values) {
    let platform = ("platform.yaml".to_owned(), parse(PLATFORM, Format::Yaml).expect("YAML"));
    let berth = Berth::compile(&platform, &[("blueprint.yaml".to_owned(), document.clone())])
        .unwrap_or_else(|errors| panic!("{errors}\n{document:#}"));
    let findings = berth.check_policy(CheckOptions { witnesses: true, ..CheckOptions::default() });
    assert!(findings.coverage[0].exhaustive, "{findings:#?}");
    let all = judge_all(&berth, values);
    let rules: Vec<&Value> = document["spec"]["rules"].as_array().into_iter().flatten().collect();
    let id = |rule: &Value| rule["id"].as_str().expect("an id").to_owned();

    let silent: BTreeSet<String> =
        of(&findings, FindingCode::RuleNeverFires).flat_map(|finding| finding.rules.clone()).collect();
    let never: BTreeSet<String> = rules
        .iter()
        .map(|rule| id(rule))
        .filter(|rule| !all.iter().any(|one| one.broken.contains(rule)))
        .collect();
    assert_eq!(silent, never, "rules that never fire");

    let impossible = of(&findings, FindingCode::NoValidRequest).count() > 0;
    assert_eq!(impossible, !all.iter().any(|one| one.valid), "no valid request");
    for finding in &findings.findings {
        confirm(&berth, finding);
    }
    if impossible {
        return;
    }

    let redundant: BTreeSet<String> = of(&findings, FindingCode::RuleRedundant)
        .filter_map(|finding| finding.rules.first().cloned())
        .collect();
    for rule in &rules {
        let binding = rule["severity"] == "error";
        let needed = |one: &Judged| {
            let binds = |other: &Value| {
                other["severity"] == "error" && id(other) != id(rule) && !redundant.contains(&id(other))
            };
            one.broken.contains(&id(rule))
                && !rules.iter().any(|other| binds(other) && one.broken.contains(&id(other)))
        };
        let never = never.contains(&id(rule));
        assert_eq!(
            redundant.contains(&id(rule)),
            !never && !all.iter().any(needed),
            "{} (binding: {binding})",
            id(rule)
        );
    }

    for (name, options) in [
        ("choice", vec!["s", "m", "l"]),
        ("boolean", vec!["true", "false"]),
        ("list", vec!["x", "y", "z"]),
        ("environment", vec!["development", "staging", "production"]),
    ] {
        for option in options {
            let uses = |one: &&Judged| one.filled.get(name).is_some_and(|value| has(value, option));
            let reported = of(&findings, FindingCode::OptionNeverAllowed).any(|finding| {
                finding.field.as_deref() == Some(name) && finding.option.as_deref() == Some(option)
            });
            assert_eq!(reported, !all.iter().filter(uses).any(|one| one.valid), "{option} of {name}");
            let witness =
                findings.witnesses.iter().find(|witness| witness.field == name && witness.option == option);
            assert_eq!(witness.is_some(), !reported, "a witness of {option} of {name}");
            if let Some(witness) = witness {
                let judged = judge(&berth, &Context::default(), witness.example.clone());
                assert!(judged.valid && uses(&&judged), "{witness:?}");
            }
        }
    }
    for name in ["number", "text"] {
        let parameter = &document["spec"]["parameters"][name];
        let optional = parameter["required"] != true && parameter["default"].is_null();
        let reported = of(&findings, FindingCode::ParameterNeverAllowed)
            .any(|finding| finding.field.as_deref() == Some(name));
        let given = all.iter().any(|one| one.valid && one.parameters.contains_key(name));
        assert_eq!(reported, optional && !given, "{name}");
    }
    for environment in ["development", "staging", "production"] {
        let here: Vec<&Judged> =
            all.iter().filter(|one| one.valid && one.parameters["environment"] == environment).collect();
        let untouched = |one: &&Judged| {
            let parameters = document["spec"]["parameters"].as_object().into_iter().flatten();
            parameters
                .filter(|(_, one)| !one["default"].is_null())
                .all(|(name, parameter)| one.filled.get(name) == Some(&parameter["default"]))
        };
        let reported = of(&findings, FindingCode::DefaultNotAllowed)
            .any(|finding| finding.environment.as_deref() == Some(environment));
        assert_eq!(reported, !here.is_empty() && !here.iter().any(untouched), "defaults in {environment}");
    }
    let unneeded = of(&findings, FindingCode::ApprovalNeverNeeded).count() > 0;
    assert_eq!(unneeded, !all.iter().any(|one| one.valid && one.approval), "the approval");
}

/// `decide` says of the example what the finding says.
fn confirm(berth: &Berth, finding: &Finding) {
    let Some(example) = &finding.example else { return };
    let judged = judge(berth, &Context::default(), example.clone());
    let breaks_one = finding.rules.iter().any(|rule| judged.broken.contains(rule));
    match finding.code {
        FindingCode::RuleNeverFires => assert!(!breaks_one, "{finding:?}"),
        FindingCode::RuleRedundant => {
            let binding = finding.message.contains("redundant");
            assert!(judged.broken.contains(&finding.rules[0]) && !judged.valid, "{binding} {finding:?}");
        }
        FindingCode::ApprovalNeverNeeded => {
            assert!(judged.approval && !judged.valid && breaks_one, "{finding:?}");
        }
        FindingCode::RuleCannotBeMet => assert!(breaks_one, "{finding:?}"),
        FindingCode::NoValidRequest
        | FindingCode::RulesContradict
        | FindingCode::OptionNeverAllowed
        | FindingCode::OptionNeverAllowedIn
        | FindingCode::ParameterNeverAllowed
        | FindingCode::DefaultNotAllowed => assert!(breaks_one && !judged.valid, "{finding:?}"),
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_analysis_says_of_all_requests_what_decide_says_of_each((document, values) in document()) {
        compare(&document, &values);
    }
}
