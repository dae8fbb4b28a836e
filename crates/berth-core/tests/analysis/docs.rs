//! `docs/policy-check.md`: every code has a section, and its example shows it.

use berth_core::Berth;
use berth_core::analysis::{CheckOptions, FindingCode};
use berth_core::input::{Format, parse};
use serde_json::Value;

use crate::fixture::{PLATFORM, blueprint};

const PAGE: &str = include_str!("../../../../docs/policy-check.md");

/// The first block of YAML in a piece of Markdown.
fn yaml(markdown: &str) -> Value {
    let block = markdown.split("```yaml\n").nth(1).and_then(|rest| rest.split("```").next());
    parse(block.expect("a block"), Format::Yaml).expect("YAML")
}

/// Adds maps to maps and lists to lists.
fn merge(into: &mut Value, more: Value) {
    match (into, more) {
        (Value::Object(into), Value::Object(more)) => {
            for (key, value) in more {
                merge(into.entry(key).or_insert(Value::Null), value);
            }
        }
        (Value::Array(into), Value::Array(more)) => into.extend(more),
        (into, more) => *into = more,
    }
}

#[test]
fn every_code_has_an_example_that_shows_it() {
    let (head, codes) = PAGE.split_once("\n### `").expect("codes");
    let (_, parameters) = head.rsplit_once("## The codes").expect("a heading");
    let platform = ("platform.yaml".to_owned(), parse(PLATFORM, Format::Yaml).expect("YAML"));
    let mut shown = Vec::new();
    for section in codes.split("\n### `") {
        let (code, rest) = section.split_once('`').expect("a code");
        let mut document = parse(&blueprint("", ""), Format::Yaml).expect("YAML");
        merge(&mut document["spec"], yaml(parameters));
        merge(&mut document["spec"], yaml(rest));
        let berth = Berth::compile(&platform, &[("blueprint.yaml".to_owned(), document)])
            .unwrap_or_else(|errors| panic!("{code}: {errors}"));
        let findings = berth.check_policy(CheckOptions::default());
        let finding = findings.findings.iter().find(|finding| finding.code.as_str() == code);
        let finding = finding.unwrap_or_else(|| panic!("{code} is not shown: {findings:#?}"));
        let severity = rest.trim_start().split_once(['.', ' ']).expect("a severity").0.to_lowercase();
        // Its example is not about a required parameter.
        let severity = if code == "limit-impossible" { "warning" } else { severity.as_str() };
        assert_eq!(severity, finding.severity.to_string(), "{code}");
        shown.push(finding.code);
    }
    shown.sort();
    shown.dedup();
    assert_eq!(shown, FindingCode::ALL);
}
