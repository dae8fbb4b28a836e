//! What people read when a text can't be read: place, message and hint, for each kind of mistake and in both formats.

use std::fmt::Write as _;

use berth_core::input::{Format, parse};

/// The messages of several texts, each below the first lines of its text.
fn messages(format: Format, texts: &[&str]) -> String {
    let mut page = String::new();
    for text in texts {
        for line in text.lines().take(6) {
            let _ = writeln!(page, "| {}", line.chars().take(60).collect::<String>());
        }
        let Err(error) = parse(text, format) else {
            page.push_str("read without an error\n\n");
            continue;
        };
        let place = error.location.map_or_else(String::new, |at| format!("{}:{}: ", at.line, at.column));
        let pointer = error.pointer.map_or_else(String::new, |pointer| format!(" at `{pointer}`"));
        let _ = writeln!(page, "{place}{} [{}]{pointer}", error.message, error.code);
        if let Some(first) = error.first {
            let _ = writeln!(page, "  first: {}:{}", first.line, first.column);
        }
        if let Some(hint) = error.hint {
            let _ = writeln!(page, "  hint: {hint}");
        }
        page.push('\n');
        assert!(!error.message.contains('\n') && !error.message.ends_with('.'), "{}", error.message);
    }
    page
}

fn assert_messages(name: &str, format: Format, texts: &[&str]) {
    insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!(name, messages(format, texts)) });
}

#[test]
fn broken_json() {
    assert_messages(
        "broken_json",
        Format::Json,
        &[
            "",
            r#"{"team": "payments""#,
            r#"{"team": ["payments", "#,
            r#"{"team": "pay"#,
            r#"{"team" "payments"}"#,
            r#"{"team": "payments" "environment": "production"}"#,
            "[\"istio-injection\"\n \"backup-enabled\"]",
            r#"{"features": ["istio-injection",]}"#,
            r#"{"team": "payments",}"#,
            r"{team: 'payments'}",
            r#"{"größe": payments}"#,
            r#"{"team": 'payments'}"#,
            r#"{"team": tru}"#,
            r#"{"team": "pay\ments"}"#,
            "{\"description\": \"two\nlines\"}",
            r#"{"description": "half a rocket: \ud83d"}"#,
            r#"{"description": "the other half: \ude80"}"#,
            r#"{"pods": 010}"#,
            r#"{"pods": -}"#,
            r#"{"pods": 1e999}"#,
            "{\"team\": \"payments\"}\n{\"team\": \"search\"}",
        ],
    );
}

#[test]
fn broken_yaml() {
    assert_messages(
        "broken_yaml",
        Format::Yaml,
        &[
            "",
            "team: payments\n\tenvironment: production\n",
            "team: payments\n environment: production\n",
            "spec:\n  team: payments\n environment: production\n",
            "features: [istio-injection, backup-enabled\nteam: payments\n",
            "description: \"no end\nteam: payments\n",
            "description: note: this\n",
            "owner: @payments\n",
            "owner: `payments`\n",
            "pattern: \"\\d+\"\n",
            "description: \"half a rocket: \\ud83d\"\n",
            "features:\n- istio-injection\nbackup-enabled\n",
            "features: - istio-injection\n",
            "team: payments\n}\n",
            "team: *default\n",
            "--- a\n--- b\n",
            "%YAML 1.1\n---\nteam: payments\n",
            "- - !y!team payments\n",
        ],
    );
}

#[test]
fn what_the_two_formats_do_not_read_alike() {
    assert_messages(
        "yaml_that_json_reads_otherwise",
        Format::Yaml,
        &[
            "team: payments\nspec:\n  size: 1\n  'size': 2\n",
            "limits:\n  cpu: 1.5\n",
            "version: 1.10\n",
            "limits: {pods: 9007199254740993}\n",
            "limits:\n- .inf\n",
            "tiers:\n  1: micro\n",
            "true: yes\n",
            "1.5: a\n",
            "[a, b]: c\n",
            ": nameless\n",
            "base: &base {cpu: 1}\nlarge:\n  <<: *base\n",
            "secret: !vault payments/token\n",
            "pods: !!int many\n",
            "pods: !!str [1]\n",
            "loop: &loop\n- *loop\n",
        ],
    );
    assert_messages(
        "json_that_yaml_reads_otherwise",
        Format::Json,
        &[
            "{\"team\": \"payments\",\n \"spec\": {\"size\": 1, \"s\\u0069ze\": 2}}",
            r#"{"limits": [1.0, 1.50]}"#,
            r#"{"limits": {"pods/most": 9007199254740993}}"#,
            r#"{"limits": -123456789012345678901234567890123456789012345678901234567890123456789}"#,
            "{\"a\\nb\": 1, \"a\\u000ab\": 2}",
        ],
    );
}

#[test]
fn limits() {
    let deep = "[".repeat(10_000);
    let long = "x".repeat(5 << 20);
    let many = format!("[{}0]", "0,".repeat(100_000));
    assert_messages("limits_of_json", Format::Json, &[&deep, &long, &many]);
    let copies = format!("a: &a {}\nb: [{}*a]\n", "x".repeat(100_000), "*a, ".repeat(20));
    assert_messages("limits_of_yaml", Format::Yaml, &[&deep, &"- ".repeat(10_000), &copies]);
}
