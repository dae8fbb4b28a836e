//! `docs/sandbox.md` and the tests name each other: no promise without a test, no test without a promise.

#![expect(clippy::unwrap_used, reason = "a test that fails here fails as it should")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

#[test]
fn every_promise_has_its_tests() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let promised = promised(&fs::read_to_string(root.join("../../docs/sandbox.md")).unwrap());
    let held = held(&root.join("tests"));
    let without_test: Vec<_> = promised.difference(&held).collect();
    assert!(without_test.is_empty(), "docs/sandbox.md names tests that are not there: {without_test:#?}");
    let without_promise: Vec<_> = held.difference(&promised).collect();
    assert!(without_promise.is_empty(), "docs/sandbox.md promises nothing for: {without_promise:#?}");
}

/// The tests that the section of promises names, as `file::test`.
fn promised(page: &str) -> BTreeSet<String> {
    let section = page.split("\n## ").find(|section| section.starts_with("What it promises")).unwrap();
    section.split('`').filter(|word| word.contains("::")).map(str::to_owned).collect()
}

/// The tests that there are.
fn held(folder: &Path) -> BTreeSet<String> {
    let mut tests = BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let file = path.file_stem().unwrap().to_str().unwrap().to_owned();
        if path.extension().is_none_or(|extension| extension != "rs") || file == "contract" {
            continue;
        }
        let source = fs::read_to_string(&path).unwrap();
        let functions = source.split("test]\n").skip(1).filter_map(|rest| rest.split('(').next());
        tests.extend(functions.map(|name| format!("{file}::{}", name.rsplit(' ').next().unwrap())));
    }
    tests
}
