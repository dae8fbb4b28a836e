//! How values look as YAML; that they come back is in `tests/input_round_trip.rs`.

use serde::Serialize;
use serde_json::{Value, json};

use crate::{to_yaml, to_yaml_documents};

fn lines(text: &str) -> Vec<&str> {
    text.lines().collect()
}

#[test]
fn a_manifest_looks_like_one_of_kubectl() {
    let manifest = json!({
        "apiVersion": "networking.k8s.io/v1",
        "kind": "NetworkPolicy",
        "metadata": {
            "name": "allow-same-namespace",
            "labels": {"platform.io/managed": "true", "platform.io/team": "payments"},
            "annotations": {},
        },
        "spec": {
            "podSelector": {},
            "policyTypes": ["Ingress", "Egress"],
            "egress": [{"ports": [{"port": 53, "protocol": "UDP"}], "to": [{}]}, {"to": []}],
            "matrix": [["a", "b"], [[1], []], null],
        },
        "enabled": true,
    });
    assert_eq!(
        to_yaml(&manifest),
        "\
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: allow-same-namespace
  labels:
    platform.io/managed: 'true'
    platform.io/team: payments
  annotations: {}
spec:
  podSelector: {}
  policyTypes:
  - Ingress
  - Egress
  egress:
  - ports:
    - port: 53
      protocol: UDP
    to:
    - {}
  - to: []
  matrix:
  - - a
    - b
  - - - 1
    - []
  - null
enabled: true
"
    );
}

#[test]
fn a_string_is_plain_where_every_reader_takes_it_for_a_string() {
    let plain = [
        "payments-checkout",
        "10Gi",
        "500m",
        "v1",
        "https://kubernetes.default.svc",
        "system:serviceaccount:berth:x",
        "--namespace=payments",
        "-n",
        "/var/run",
        "${tier.cpu}",
        "Namespaces for the team",
        "größe",
        "a,b",
        "it's",
        "a#b",
        "RFC 1123",
        "10.0.0.0/8",
        "_",
        ".dockerconfigjson",
        "e1",
        "nope",
        "yess",
        "(none)",
        "🚀",
    ];
    for text in plain {
        assert_eq!(to_yaml(&text), format!("{text}\n"));
    }
    let quoted = [
        "",
        " ",
        "a ",
        " a",
        "true",
        "False",
        "NULL",
        "yes",
        "No",
        "ON",
        "off",
        "y",
        "N",
        "~",
        "1",
        "-1",
        "+1",
        "1.5",
        ".5",
        "1e3",
        "0x1F",
        "0o17",
        "017",
        "1_000",
        "12:30",
        "1:2:3",
        "2026-01-01",
        "2026-01-01T00:00:00Z",
        "2001-12-14 21:59:43.10 -5",
        ".inf",
        "-.Inf",
        ".NaN",
        "=",
        "<<",
        "a: b",
        "a:",
        "a #b",
        "# a",
        "- a",
        "-",
        "--",
        "---",
        "...",
        "... a",
        "--- a",
        "? a",
        "[a]",
        "{a}",
        "!a",
        "&a",
        "*a",
        "|",
        ">",
        "'a'",
        "\"a\"",
        "%a",
        "@a",
        "`a`",
        ",",
        "\\d",
        "{\"kind\":\"Role\"}",
    ];
    for text in quoted {
        assert_eq!(to_yaml(&text), format!("'{}'\n", text.replace('\'', "''")));
    }
}

#[test]
fn what_nobody_sees_is_escaped() {
    let cases = [
        ("a\tb", r#""a\tb""#),
        ("\0\u{7f}\u{85}\u{a0}", r#""\x00\x7f\x85\xa0""#),
        ("a\r\n", r#""a\r\n""#),
        ("\u{feff}\u{202e}\u{2028}\u{fffe}\u{e0001}", r#""\ufeff\u202e\u2028\ufffe\U000e0001""#),
        ("\"\\\n ", r#""\"\\\n ""#),
    ];
    for (text, yaml) in cases {
        assert_eq!(to_yaml(&json!([text])), format!("- {yaml}\n"));
        assert_eq!(to_yaml(&json!({ text: 1 })), format!("{yaml}: 1\n"));
    }
}

#[test]
fn lines_stand_in_a_literal_block_where_it_keeps_them() {
    let script = json!({"ends": "a: 1\n\n  # b\n", "open": "a\nb", "list": ["x\ny\n", {"deep": "---\n%\n"}]});
    assert_eq!(
        to_yaml(&script),
        "\
ends: |
  a: 1

    # b
open: |-
  a
  b
list:
- |
  x
  y
- deep: |
    ---
    %
"
    );
    for text in ["\n", "\na", " a\nb", "a \nb", "a\n \nb", "a\n\n", "a\n\tb", "a\nb\u{85}"] {
        assert!(to_yaml(&json!([text])).starts_with("- \""), "{text:?}");
    }
    assert_eq!(to_yaml(&"a\nb"), "\"a\\nb\"\n");
}

#[test]
fn keys_are_text() {
    let keys = json!({"1": 1, "true": 2, "": 3, "a: b": 4, "two\nlines": 5, "y": 6});
    assert_eq!(
        lines(&to_yaml(&keys)),
        ["'1': 1", "'true': 2", "'': 3", "'a: b': 4", "\"two\\nlines\": 5", "'y': 6"]
    );
    assert_eq!(to_yaml(&std::collections::BTreeMap::from([(7, true)])), "'7': true\n");

    let long = "k".repeat(1200);
    assert_eq!(
        to_yaml(&json!([{ long.clone(): ["a"], "b": { long.clone(): {"c": 1} } }])),
        format!("- ? {long}\n  :\n  - a\n  b:\n    ? {long}\n    :\n      c: 1\n")
    );
}

#[test]
fn documents_are_separated() {
    assert_eq!(to_yaml_documents(&[json!({"a": 1}), json!([]), Value::Null]), "a: 1\n---\n[]\n---\nnull\n");
    assert_eq!(to_yaml_documents(&[]), "");
}

#[test]
fn any_type_looks_like_its_json() {
    #[derive(Serialize)]
    enum Target {
        Inline,
        Reference(&'static str),
        Pair(u8, i64),
        Named { name: Option<char> },
    }
    #[derive(Serialize)]
    struct Unit;
    #[derive(Serialize)]
    struct All {
        targets: Vec<Target>,
        nothing: Unit,
        pair: (bool, Option<u8>),
    }
    let all = All {
        targets: vec![
            Target::Inline,
            Target::Reference("create"),
            Target::Pair(1, -2),
            Target::Named { name: Some('x') },
        ],
        nothing: Unit,
        pair: (true, Some(15)),
    };
    let value = serde_json::to_value(&all).unwrap();
    assert_eq!(to_yaml(&all), to_yaml(&value));
    assert_eq!(to_yaml(&all).lines().count(), 12);
}

#[test]
fn a_fraction_is_nothing() {
    assert_eq!(to_yaml(&json!([1.5, f64::NAN, 1])), "- null\n- null\n- 1\n");
}

#[test]
#[should_panic(expected = "text as keys")]
fn a_list_as_a_key_is_a_bug() {
    to_yaml(&std::collections::BTreeMap::from([(["a"], 1)]));
}
