//! Patterns against the judge, the `regex` crate: what we accept it must read alike. What we refuse, and in which
//! words, is a snapshot.

use std::fmt::Write as _;

use berth_core::pattern::{Pattern, Shape};
use proptest::prelude::*;
use proptest::string::string_regex;

#[test]
fn patterns_of_the_field_are_accepted() {
    let cases = [
        ("^[a-z0-9]([a-z0-9-]*[a-z0-9])?$", "payments-checkout", "payments-"),
        ("^[a-z0-9-]{2,32}$", "payments", "p"),
        ("^(small|medium|large)$", "medium", "mediu"),
        (r"^[a-z]+(\.[a-z]+)*$", "payments.example", "payments..example"),
        (r"^CC-[0-9]{4}$", "CC-1042", "CC-104"),
        (r"^[a-z0-9._%+\-]+@example\.com$", "ana@example.com", "ana@exampleXcom"),
        (r"^[\]\\\[\-^]{5}$", r"]\[-^", "]]]]"),
        ("^(?:https|http)://[a-z]+/?$", "https://payments/", "ftp://payments"),
        ("^(|[0-9]{2,})$", "", "1"),
        ("^$", "", " "),
        ("^((ab?){2,3}c|d)*$", "abaabcdaac", "abaabababc"),
        ("^(a*){3}b$", "aaaab", "aaaa"),
        ("^a {0,1}b$", "a b", "a  b"),
        ("^[a-z]{128}$", &"p".repeat(128), &"p".repeat(129)),
    ];
    for (source, good, bad) in cases {
        let pattern = Pattern::parse(source).unwrap_or_else(|error| panic!("{source}: {error}"));
        assert!(pattern.matches(good), "{source} and {good}");
        assert!(!pattern.matches(bad), "{source} and {bad}");
        assert!(!pattern.matches(&format!("{good}\n")), "{source} and a newline at the end");
        assert!(!pattern.matches("zahlungsvorgänge"), "{source} and a letter beyond ASCII");
        assert_eq!((pattern.source(), pattern.to_string().as_str()), (source, source));
    }
}

#[test]
fn refusals_say_where_why_and_what_to_write() {
    let sources = [
        "",
        "[a-z]+",
        "^[a-z]+",
        r"^[a-z]+\$",
        "^a$b$",
        "^a^b$",
        "^(a$|b)$",
        "^small|large$",
        "^a)$",
        "^(a$",
        "^(a|b",
        "^[a-z$",
        "^[",
        "^\\",
        "^[a\\",
        "^a.b$",
        "^a]$",
        "^a}$",
        "^[^a-z]$",
        "^[]a]$",
        "^[[:alpha:]]$",
        "^[a-z-9]$",
        "^[a-c-e]$",
        "^[a&&b]$",
        "^[a--]$",
        "^[~~]$",
        "^[z-a]$",
        r"^[\d]$",
        r"^\d+$",
        r"^\w+$",
        r"^\s$",
        r"^\D$",
        r"^\bteam\b$",
        r"^(a)\1$",
        r"^\p{L}$",
        r"^\n$",
        r"^\/$",
        r"^a\-b$",
        "^*a$",
        "^(+)$",
        "^{2}$",
        "^a**$",
        "^a+?$",
        "^a?+$",
        "^a{2}{3}$",
        "^(){2}$",
        "^a{0}$",
        "^a{5,2}$",
        "^a{,5}$",
        "^a{x}$",
        "^a{02}$",
        "^a{2$",
        "^a{2,3 }$",
        "^a{99999999999999999999999}$",
        "^[a-z]{1,253}$",
        "^([a-z]{1,63}[.]){1,4}$",
        "^[a-z]{100}[0-9]{29}$",
        "^(?=a)a$",
        "^(?<!a)b$",
        "^(?<team>a)$",
        "^(?P<team>a)$",
        "^(?>a)$",
        "^(?i)a$",
        "^(?i:a)$",
        "^größe$",
        "^a\tb$",
    ];
    let mut table = String::new();
    for source in sources {
        let error = Pattern::parse(source).expect_err(source);
        for words in [error.message(), error.hint()] {
            assert!(!words.ends_with('.') && !words.contains('\n'), "house rules: {words}");
        }
        let shown = source.escape_debug();
        writeln!(table, "{shown}\n  at {}: {error}\n  help: {}", error.at(), error.hint()).unwrap();
    }
    insta::assert_snapshot!(table);
}

#[test]
fn groups_can_be_nested_but_not_without_end() {
    let nested = |depth: usize| format!("^{}a{}$", "(".repeat(depth), ")".repeat(depth));
    assert!(Pattern::parse(&nested(32)).is_ok());
    let error = Pattern::parse(&nested(100_000)).unwrap_err();
    assert_eq!((error.at(), error.message()), (33, "groups are nested more than 32 deep"));
}

/// Parts of patterns, without anchors, over few letters so that texts often nearly match.
fn body() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        4 => "[ab.-]".prop_map(|text| text.replace('.', "\\.")),
        2 => Just("[ab]".to_owned()),
        1 => Just("[a-c-]".to_owned()),
        1 => Just(r"[.\-\]]".to_owned()),
        1 => Just(String::new()),
    ];
    leaf.prop_recursive(5, 24, 4, |inner| {
        let counts = (0_usize..4, 0_usize..3);
        prop_oneof![
            3 => prop::collection::vec(inner.clone(), 2..4).prop_map(|parts| parts.concat()),
            2 => prop::collection::vec(inner.clone(), 1..4).prop_map(|parts| format!("({})", parts.join("|"))),
            3 => (inner.clone(), "[*+?]").prop_map(|(part, repeat)| format!("(?:{part}){repeat}")),
            2 => (inner, counts).prop_map(|(part, (min, more))| match (min, more) {
                (0, 0) => format!("({part}){{3}}"),
                (_, 0) => format!("({part}){{{min},}}"),
                _ => format!("({part}){{{min},{}}}", min + more),
            }),
        ]
    })
}

/// The text with one character put in, taken out or changed.
fn near(text: &str, at: usize, change: u8, character: char) -> String {
    let at = at % (text.chars().count() + 1);
    let before = text.chars().take(at);
    let (new, gone) = match change {
        0 => (Some(character), 0),
        1 => (None, 1),
        _ => (Some(character), 1),
    };
    before.chain(new).chain(text.chars().skip(at + gone)).collect()
}

/// What every text of a shape obeys.
fn obeys(text: &str, shape: &Shape) -> bool {
    let length = text.chars().count();
    let mut pairs = text.chars().zip(text.chars().skip(1));
    shape.min_len <= length
        && shape.max_len.is_none_or(|most| length <= most)
        && text.chars().next().is_none_or(|first| shape.first.contains(first))
        && text.chars().next_back().is_none_or(|last| shape.last.contains(last))
        && text.chars().all(|character| shape.all.contains(character))
        && pairs.all(|(left, right)| {
            (left != '.' || shape.beside_dot.contains(right))
                && (right != '.' || shape.beside_dot.contains(left))
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2048, ..ProptestConfig::default() })]

    /// One verdict with `regex` for texts that match and texts near them, and a shape that tells the truth.
    #[test]
    fn the_judge_agrees(
        (body, text) in body().prop_flat_map(|body| {
            let texts = string_regex(&body).expect("`body` makes regular expressions");
            (Just(body), texts)
        }),
        (at, change) in (0_usize..20, 0_u8..3),
        character in prop::sample::select(vec!['a', 'b', 'c', 'd', '-', '.', ']', 'é', '\n']),
        wild in "[ab.-]{0,8}",
    ) {
        let source = format!("^({body})$");
        let Ok(pattern) = Pattern::parse(&source) else {
            // Only the limits that depend on size, and the repeat of an empty part, refuse what `body` makes.
            let error = Pattern::parse(&source).unwrap_err();
            let expected = ["positions", "is empty"].iter().any(|word| error.message().contains(word));
            prop_assert!(expected, "{source}: {error}");
            return Ok(());
        };
        prop_assert!(pattern.matches(&text), "{source} and {text:?}");
        let judge = regex::Regex::new(&source).unwrap();
        for text in [near(&text, at, change, character), wild, text] {
            prop_assert_eq!(pattern.matches(&text), judge.is_match(&text), "{} and {:?}", source, text);
            let shape = pattern.shape();
            prop_assert!(!judge.is_match(&text) || obeys(&text, &shape), "{source} and {text:?}: {shape:?}");
        }
    }

    /// Whatever is typed: no panic, and what is accepted means the same to `regex`.
    #[test]
    fn wild_patterns_are_refused_or_read_alike(
        body in r"[ab0-3 &~\[\]{}()|*+?,:^$\\.-]{0,12}",
        texts in prop::collection::vec(r"[ab0-3 &~\[\]{}()|*+?,:^$\\.-]{0,4}", 8),
    ) {
        let source = format!("^{body}$");
        if let Ok(pattern) = Pattern::parse(&source) {
            let judge = regex::Regex::new(&source).unwrap();
            for text in texts {
                prop_assert_eq!(pattern.matches(&text), judge.is_match(&text), "{} and {:?}", source, text);
            }
        }
    }
}
