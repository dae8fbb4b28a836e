//! The expected answers, in a JSON file beside each file of cases; `BERTH_BLESS=1` writes them anew.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde_json::{Map, Value};

use crate::{Case, corpus, read};

/// Compares answers with the expected ones, and collects what differs.
#[derive(Debug, Default)]
pub struct Ledger {
    /// By file, then by case.
    answers: BTreeMap<String, Map<String, Value>>,
    /// Whole texts by path.
    texts: BTreeMap<PathBuf, String>,
    differences: Vec<String>,
}

/// Should the expected answers be written anew?
fn blessing() -> bool {
    std::env::var_os("BERTH_BLESS").is_some_and(|value| value == "1")
}

impl Ledger {
    /// Notes something that is wrong with a case, whatever is expected.
    pub fn complain(&mut self, case: &Case, what: &str) {
        self.differences.push(format!("{} ({})\n    {what}", case.id(), case.note));
    }

    /// Notes the answer to a case.
    pub fn answer(&mut self, case: &Case, answer: Value) {
        self.answers.entry(case.file.clone()).or_default().insert(case.name.clone(), answer);
    }

    /// Notes a whole text that a case keeps: `kind` is `plan` or a target, with its file ending.
    pub fn text(&mut self, case: &Case, kind: &str, text: String) {
        self.texts.insert(text_path(case, kind), text);
    }

    /// The expected answer to a case.
    pub fn expected(case: &Case) -> Value {
        let path = answers_path(&case.file);
        let all: Value =
            serde_json::from_str(&read(&path)).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        all.get(&case.name).cloned().unwrap_or_default()
    }

    /// The expected whole text of a case; `kind` as in [`Ledger::text`].
    pub fn expected_text(case: &Case, kind: &str) -> String {
        read(&text_path(case, kind))
    }

    /// Compares all answers, or writes them anew.
    pub fn close(mut self) {
        let mut written = Vec::new();
        for (file, answers) in &self.answers {
            let path = answers_path(file);
            let text = format!("{:#}\n", Value::Object(answers.clone()));
            if blessing() {
                write(&path, &text);
                written.push(path);
            } else {
                let expected = std::fs::read_to_string(&path).unwrap_or_default();
                compare_answers(file, &expected, answers, &mut self.differences);
            }
        }
        for (path, text) in &self.texts {
            if blessing() {
                write(path, text);
                written.push(path.clone());
            } else if std::fs::read_to_string(path).unwrap_or_default() != *text {
                self.differences.push(format!("{} is not what is rendered", path.display()));
            }
        }
        let mut kept = Vec::new();
        collect_expected(&corpus(), &mut kept);
        let known = |path: &PathBuf| {
            self.texts.contains_key(path) || self.answers.keys().any(|file| answers_path(file) == *path)
        };
        for path in kept.iter().filter(|path| !known(path)) {
            if blessing() {
                std::fs::remove_file(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            } else {
                self.differences.push(format!("{} belongs to no case", path.display()));
            }
        }
        assert!(
            self.differences.is_empty(),
            "{} differences from what is expected; if they are meant: \
             BERTH_BLESS=1 cargo test -p berth-core --test corpus, then read the diff\n\n{}",
            self.differences.len(),
            self.differences.join("\n")
        );
    }
}

fn answers_path(file: &str) -> PathBuf {
    let (folder, name) = file.rsplit_once('/').unwrap_or(("", file));
    corpus().join(folder).join("expected").join(format!("{name}.json"))
}

fn text_path(case: &Case, kind: &str) -> PathBuf {
    let folder = case.file.rsplit_once('/').map_or("", |(folder, _)| folder);
    corpus().join(folder).join("expected").join(format!("{}.{kind}", case.name))
}

fn collect_expected(folder: &std::path::Path, found: &mut Vec<PathBuf>) {
    for entry in folder.read_dir().into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect_expected(&path, found);
        } else if path.parent().is_some_and(|parent| parent.ends_with("expected")) {
            found.push(path);
        }
    }
}

fn write(path: &std::path::Path, text: &str) {
    let folder = path.parent().unwrap_or(path);
    std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(path, text))
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}

fn compare_answers(file: &str, expected: &str, answers: &Map<String, Value>, differences: &mut Vec<String>) {
    let expected: Map<String, Value> = serde_json::from_str(expected).unwrap_or_default();
    for name in expected.keys().filter(|name| !answers.contains_key(*name)) {
        differences.push(format!("{file}: {name}\n    there is no such case any more"));
    }
    for (name, answer) in answers {
        let mut found = Vec::new();
        match expected.get(name) {
            Some(expected) => compare("", expected, answer, &mut found),
            None => found.push("there is no expected answer yet".to_owned()),
        }
        if !found.is_empty() {
            differences.push(format!("{file}: {name}\n    {}", found.join("\n    ")));
        }
    }
}

/// Says at which pointers two values differ.
fn compare(pointer: &str, expected: &Value, found: &Value, differences: &mut Vec<String>) {
    match (expected, found) {
        (Value::Object(wanted), Value::Object(given)) => {
            for (key, value) in wanted {
                let other = given.get(key).unwrap_or(&Value::Null);
                compare(&format!("{pointer}/{key}"), value, other, differences);
            }
            for (key, value) in given.iter().filter(|(key, _)| !wanted.contains_key(*key)) {
                differences.push(format!("{pointer}/{key}: found {value}, nothing was expected"));
            }
            if differences.is_empty() && !wanted.keys().eq(given.keys()) {
                differences.push(format!("{pointer}: the keys stand in another order"));
            }
        }
        (Value::Array(wanted), Value::Array(given)) if wanted.len() == given.len() => {
            for (index, (value, other)) in wanted.iter().zip(given).enumerate() {
                compare(&format!("{pointer}/{index}"), value, other, differences);
            }
        }
        _ if expected == found => {}
        _ => differences.push(format!("{pointer}: expected {expected}, found {found}")),
    }
}
