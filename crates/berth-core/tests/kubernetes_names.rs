//! Name rules against Kubernetes' own regular expressions, and `admits` against `check`: a shape is admitted only
//! if each of its texts is fine.

use std::fmt::Write as _;

use berth_core::kubernetes::NameRule::{self, Argument, DnsLabel, DnsSubdomain, LabelValue, QualifiedKey};
use berth_core::pattern::{Pattern, Shape};
use proptest::prelude::*;
use proptest::string::string_regex;
use regex::Regex;

const RULES: [NameRule; 5] = [DnsLabel, DnsSubdomain, LabelValue, QualifiedKey, Argument];

/// The rule as k8s.io/apimachinery has it; lengths apart.
fn of_kubernetes(rule: NameRule) -> &'static str {
    match rule {
        DnsLabel => "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
        DnsSubdomain => r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$",
        LabelValue => "^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$",
        QualifiedKey => {
            r"^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$"
        }
        Argument => "^[A-Za-z0-9.][A-Za-z0-9.-]*$",
    }
}

#[test]
fn lengths_are_those_of_kubernetes() {
    for (rule, most) in [(DnsLabel, 63), (DnsSubdomain, 253), (LabelValue, 63), (QualifiedKey, 63)] {
        assert!(rule.check(&"p".repeat(most)).is_ok(), "{rule:?}");
        assert!(rule.check(&"p".repeat(most + 1)).is_err(), "{rule:?}");
    }
    let key = |prefix, name| format!("{}/{}", "p".repeat(prefix), "n".repeat(name));
    assert!(QualifiedKey.check(&key(253, 63)).is_ok());
    assert!(QualifiedKey.check(&key(254, 63)).is_err());
    assert!(QualifiedKey.check(&key(253, 64)).is_err());
    assert!(LabelValue.check("").is_ok());
    assert!(Argument.check(&"p".repeat(5000)).is_ok());
}

#[test]
fn what_is_wrong_with_a_text() {
    let cases = [
        (DnsLabel, "Payments"),
        (DnsLabel, "payments-"),
        (DnsLabel, ""),
        (DnsLabel, "größe"),
        (DnsLabel, "payments\ncheckout"),
        (DnsSubdomain, "checkout..example.com"),
        (DnsSubdomain, "checkout.-payments.example.com"),
        (LabelValue, "team payments"),
        (LabelValue, "_payments"),
        (
            LabelValue,
            "the-payments-team-of-the-checkout-department-of-the-whole-company-and-all-its-subsidiaries",
        ),
        (QualifiedKey, "platform.io/"),
        (QualifiedKey, "/team"),
        (QualifiedKey, "Platform.io/team"),
        (QualifiedKey, "platform.io/team/payments"),
        (Argument, "--all"),
        (Argument, "$(HOME)"),
    ];
    let mut table = String::new();
    for (rule, text) in cases {
        let problem = rule.check(text).expect_err(text);
        writeln!(table, "{problem}\n  help: {}", problem.hint()).unwrap();
    }
    insta::assert_snapshot!(table);
}

#[test]
fn what_may_be_wrong_with_a_value() {
    let pattern = |source| Pattern::parse(source).unwrap().shape();
    let name = pattern("^[a-z0-9]([a-z0-9-]*[a-z0-9])?$");
    let team = pattern("^[a-z0-9-]{2,32}$");
    let tier = ["small", "medium"].map(Shape::of_literal).into_iter().reduce(Shape::union).unwrap();
    let host = Shape::concat(name.bounded(1, Some(63)), Shape::of_literal(".example.com"));
    let after = |text, shape| Shape::concat(Shape::of_literal(text), shape);
    let before = |shape, text| Shape::concat(shape, Shape::of_literal(text));
    let cases = [
        ("a namespace with maxLength", DnsLabel, name.bounded(1, Some(63))),
        ("a namespace without", DnsLabel, name),
        ("a tier", LabelValue, tier),
        ("a tier and a team", LabelValue, Shape::concat(tier, team)),
        ("a team and a suffix", DnsLabel, before(team, "-deployer")),
        ("a prefix, a team and a suffix", DnsLabel, after("t", before(team, "-developer"))),
        ("a host", DnsSubdomain, host),
        ("a host with a wildcard", DnsSubdomain, after("*.", host)),
        ("a host that begins with a team", DnsSubdomain, after("t", before(team, ".example.com"))),
        ("an optional value", LabelValue, Shape::union(Shape::EMPTY, tier)),
        ("an optional value as a name", DnsLabel, Shape::union(Shape::EMPTY, tier)),
        ("free text", LabelValue, Shape::ANY),
        ("letters beyond ASCII", LabelValue, Shape::of_literal("größe")),
        ("a flag", Argument, after("-", tier)),
        ("a name as an argument", Argument, name),
        ("a key", QualifiedKey, tier),
        ("a key with a prefix", QualifiedKey, after("platform.io/", tier)),
    ];
    let mut table = String::new();
    for (what, rule, shape) in cases {
        match rule.admits(&shape) {
            Ok(()) => writeln!(table, "{what}: fine").unwrap(),
            Err(problem) => writeln!(table, "{what}: {problem}\n  help: {}", problem.hint()).unwrap(),
        }
    }
    insta::assert_snapshot!(table);
}

/// A part of a value: a pattern's source without anchors.
fn part() -> impl Strategy<Value = String> {
    let parts = [
        "[a-z0-9]",
        "[a-z]{1,3}",
        "[a-z]{20,40}",
        "[a-z0-9]([a-z0-9-]*[a-z0-9])?",
        "(small|medium)",
        "([.][a-z]{2})*",
        "a[.]b",
        "[.]",
        "-",
        "[.-]",
        "x?",
        "[A-Z]",
        "_",
        "/",
    ];
    prop::sample::select(parts.to_vec()).prop_map(str::to_owned)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4096, ..ProptestConfig::default() })]

    #[test]
    fn check_agrees_with_kubernetes(text in "[a-c0Zé/._ -]{0,6}|[a-c]([a.-]{0,3}[0-2Z])?(/[a._-]{0,2}b)?") {
        thread_local!(static JUDGES: [Regex; 5] = RULES.map(|rule| Regex::new(of_kubernetes(rule)).unwrap()));
        let verdicts = JUDGES.with(|judges| judges.each_ref().map(|judge| judge.is_match(&text)));
        prop_assert_eq!(RULES.map(|rule| rule.check(&text).is_ok()), verdicts, "{:?}", text);
    }

    #[test]
    fn what_is_admitted_is_always_fine(
        (parts, texts) in prop::collection::vec(part(), 1..4).prop_flat_map(|parts| {
            let texts = string_regex(&parts.concat()).expect("parts are regular expressions");
            (Just(parts), prop::collection::vec(texts, 6))
        }),
        max in 1_usize..80,
    ) {
        let whole = Pattern::parse(&format!("^{}$", parts.concat())).unwrap().shape();
        let joined = parts
            .iter()
            .map(|part| Pattern::parse(&format!("^({part})$")).unwrap().shape())
            .fold(Shape::EMPTY, Shape::concat);
        prop_assert_eq!(whole, joined, "a shape doesn't depend on who concatenates");
        let bounded = whole.bounded(0, Some(max));
        for rule in RULES.into_iter().filter(|rule| rule.admits(&bounded).is_ok()) {
            for text in texts.iter().filter(|text| text.chars().count() <= max) {
                prop_assert!(rule.check(text).is_ok(), "{:?} admits {:?} and refuses {:?}", rule, parts, text);
            }
        }
    }
}
