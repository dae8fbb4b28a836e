//! The JSON Schema of requests and `decide` give one verdict: on the default blueprint, and on documents that use
//! everything that a blueprint can say. `tests/ajv` puts the same question to ajv.

mod generate;
mod random;
mod subject;

use std::collections::BTreeMap;

use subject::Subject;

/// For each of the two pairs of documents.
const REQUESTS: usize = 60_000;

/// Feeds requests to both sides. Gives how often each code was seen, and `valid`.
fn compare(mut subject: Subject) -> BTreeMap<String, usize> {
    let validator = jsonschema::draft202012::new(&subject.schema).unwrap();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for _ in 0..REQUESTS {
        let request = subject.generator.request();
        let verdict = subject.decide(&request.to_string());
        let errors = || validator.iter_errors(&request).map(|error| error.to_string()).collect::<Vec<_>>();
        assert_eq!(
            verdict.valid,
            validator.is_valid(&request),
            "decide says {:?}, the schema {:?}, of {request:#}",
            verdict.codes,
            errors(),
        );
        if verdict.valid {
            *seen.entry("valid".to_owned()).or_default() += 1;
        }
        for code in verdict.codes {
            *seen.entry(code).or_default() += 1;
        }
    }
    let valid = seen["valid"] * 100 / REQUESTS;
    assert!((20..80).contains(&valid), "{valid} of 100 requests are valid");
    seen
}

#[test]
fn the_committed_schema_of_the_default_blueprint_agrees() {
    let seen = compare(Subject::defaults());
    println!("{seen:#?}");
}

#[test]
fn the_schema_of_all_that_a_blueprint_can_say_agrees() {
    let seen = compare(Subject::harbour());
    println!("{seen:#?}");
}
