//! Generated requests, and what `decide` says of them: what the JSON Schemas are held to, here and in other languages.
#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "for tests only, of documents that are known"
)]

mod generate;
mod random;

use std::collections::BTreeSet;
use std::path::Path;

use berth_core::input::{Format, parse};
use berth_core::{Berth, Context};
use serde_json::Value;

use crate::{Documents, repository};
use generate::Generator;

/// Documents, the schema of their requests, and a stream of requests that is the same in every run.
pub struct Requests {
    /// The schema that is in question.
    pub schema: Value,
    /// The codes of violations that the schema says it leaves out.
    pub not_exported: BTreeSet<String>,
    /// The codes of all rules of the blueprints.
    pub rules: BTreeSet<String>,
    berth: Berth,
    generator: Generator,
}

/// The codes of which each must be the only one of a generated request of the default documents: what leaves such a check
/// out then gives another verdict than `decide`.
const ALONE: [&str; 12] = [
    "duplicate-item",
    "format",
    "not-an-option",
    "pattern",
    "required",
    "reserved-name",
    "rule.mesh-needs-capacity",
    "rule.production-needs-capacity",
    "rule.production-not-open",
    "too-long",
    "type",
    "unknown-field",
];

/// Fails unless every code of the default documents, and each of `more`, was the only one of a request.
pub fn assert_each_alone(alone: &BTreeSet<String>, more: &[&str]) {
    for code in ALONE.iter().chain(more) {
        assert!(alone.contains(*code), "`{code}` was never the only one: {alone:?}");
    }
}

/// What `decide` says of a request.
pub struct Verdict {
    /// Is it valid, but for what the schema leaves out?
    pub valid: bool,
    /// The codes of its errors; `unreadable` where the text is not what Berth reads.
    pub codes: BTreeSet<String>,
}

impl Requests {
    /// Of the documents that come with Berth, with the schema that is committed.
    pub fn of_the_defaults() -> Self {
        let committed = crate::read(&repository().join("schemas/namespace.request.schema.json"));
        let schema: Value = serde_json::from_str(&committed).unwrap();
        Self::of(&repository(), 1, |_| schema)
    }

    /// Of documents that use everything that a blueprint can say.
    pub fn of_the_harbour() -> Self {
        let folder = repository().join("crates/berth-core/tests/fixtures/schema");
        Self::of(&folder, 2, Berth::request_document_schema)
    }

    fn of(folder: &Path, seed: u64, schema: impl FnOnce(&Berth) -> Value) -> Self {
        let documents = Documents::in_folder(folder);
        let berth = documents.load().unwrap();
        let value = |text: &str| parse(text, Format::Yaml).unwrap();
        let blueprints: Vec<Value> =
            documents.blueprints.iter().map(|document| value(&document.text)).collect();
        let schema = schema(&berth);
        Self {
            not_exported: not_exported(&schema),
            rules: blueprints.iter().flat_map(rules).collect(),
            generator: Generator::new(seed, &value(&documents.platform.text), &blueprints),
            schema,
            berth,
        }
    }

    /// The next request, and what `decide` says when it arrives as text.
    pub fn draw(&mut self) -> (Value, Verdict) {
        let request = self.generator.request();
        let codes = match parse(&request.to_string(), Format::Json) {
            Err(_) => BTreeSet::from(["unreadable".to_owned()]),
            Ok(request) => {
                let decision = self.berth.decide(&request, &Context::UNKNOWN);
                let errors = decision.violations.iter().filter(|violation| violation.is_error());
                errors.map(|violation| violation.code.clone().into_owned()).collect()
            }
        };
        let valid = codes.is_subset(&self.not_exported);
        (request, Verdict { valid, codes })
    }
}

fn rules(blueprint: &Value) -> impl Iterator<Item = String> {
    let rules = blueprint["spec"]["rules"].as_array().unwrap();
    rules.iter().map(|rule| format!("rule.{}", rule["id"].as_str().unwrap()))
}

fn not_exported(schema: &Value) -> BTreeSet<String> {
    let definitions = schema["$defs"].as_object().unwrap().values();
    let lists = definitions.filter_map(|one| one.pointer("/$defs/notExported/enum")?.as_array());
    lists.flatten().map(|code| code.as_str().unwrap().to_owned()).collect()
}
