//! How long a check takes: the bounds are wide enough for a busy machine and a build without optimisation.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use berth_core::Berth;
use berth_core::analysis::CheckOptions;

use crate::fixture::{PLATFORM, berth, blueprint};

/// Checks, says how long it took, and holds it to a bound.
fn timed(what: &str, berth: &Berth, most: Duration) {
    let begin = Instant::now();
    let findings = berth.check_policy(CheckOptions::default());
    let took = begin.elapsed();
    println!("{what}: {took:?}, {} findings", findings.findings.len());
    assert!(findings.coverage.iter().all(|coverage| coverage.exhaustive), "{:#?}", findings.coverage);
    assert!(took < most, "{what} took {took:?}");
}

#[test]
fn the_embedded_documents_take_no_time() {
    timed("embedded", &Berth::embedded().unwrap(), Duration::from_secs(2));
}

#[test]
fn twelve_booleans_and_thirty_rules_are_looked_at_in_full() {
    let mut parameters = String::new();
    for field in 0..12 {
        let _ = writeln!(parameters, "    b{field}: {{ type: boolean, default: false }}");
    }
    let mut rules = "  rules:\n".to_owned();
    for rule in 0..30 {
        let (one, two, three) = (rule % 12, (rule * 5 + 1) % 12, (rule * 7 + 3) % 12);
        let wanted = rule % 3 == 0;
        let _ = writeln!(
            rules,
            "    - {{ id: r{rule}, when: {{ b{one}: {{ in: [true] }} }}, require: {{ any: [{{ b{two}: {{ in: \
             [{wanted}] }} }}, {{ b{three}: {{ in: [true] }} }}] }}, message: no }}"
        );
    }
    timed("booleans", &berth(PLATFORM, &blueprint(&parameters, &rules)), Duration::from_secs(20));
}
