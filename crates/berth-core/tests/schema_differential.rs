//! The JSON Schema of requests and `decide` give one verdict: on the default blueprint, and on documents that use
//! everything that a blueprint can say. `tests/ajv` puts the same question to ajv.

use std::collections::BTreeSet;

use berth_testing::{Requests, assert_each_alone};

/// For each of the two sets of documents.
const REQUESTS: usize = 60_000;

/// Feeds requests to both sides. Gives the codes that were the only one of a request: had the schema left such a
/// check out, the verdicts would have differed.
#[expect(clippy::unwrap_used, reason = "a schema that is none fails the test")]
fn compare(mut requests: Requests) -> BTreeSet<String> {
    let validator = jsonschema::draft202012::new(&requests.schema).unwrap();
    let mut valid = 0;
    let mut alone = BTreeSet::new();
    for _ in 0..REQUESTS {
        let (request, verdict) = requests.draw();
        assert_eq!(
            verdict.valid,
            validator.is_valid(&request),
            "decide says {:?}, the schema {:?}, of {request:#}",
            verdict.codes,
            validator.iter_errors(&request).map(|error| error.to_string()).collect::<Vec<_>>(),
        );
        valid += usize::from(verdict.valid);
        if verdict.codes.len() == 1 {
            alone.extend(verdict.codes);
        }
    }
    let share = valid * 100 / REQUESTS;
    assert!((20..80).contains(&share), "{share} of 100 requests are valid");
    alone
}

#[test]
fn the_committed_schema_of_the_default_blueprint_agrees() {
    let alone = compare(Requests::of_the_defaults());
    assert_each_alone(&alone, &["unknown-blueprint", "unreadable"]);
}

#[test]
fn the_schema_of_all_that_a_blueprint_can_say_agrees() {
    let requests = Requests::of_the_harbour();
    let rules: BTreeSet<String> = requests.rules.difference(&requests.not_exported).cloned().collect();
    let alone = compare(requests);
    // `never` asks for what the platform document doesn't say.
    let expected = ["rule.never", "rule.strict"].map(str::to_owned);
    assert_eq!(rules.difference(&alone).cloned().collect::<Vec<_>>(), expected);
    for code in ["too-few", "too-many", "too-small", "too-large", "too-short", "reserved-name", "format"] {
        assert!(alone.contains(code), "`{code}` was never the only one: {alone:?}");
    }
}
