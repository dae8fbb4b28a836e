//! The documents that both sides judge by, and what `decide` says of a request.

use std::collections::BTreeSet;

use berth_core::input::{Format, parse};
use berth_core::{Berth, Context, Source};
use serde_json::Value;

use crate::generate::Generator;

/// Documents, the name of the schema of their requests, and a seed.
pub(crate) struct Subject {
    pub(crate) berth: Berth,
    pub(crate) schema: Value,
    pub(crate) generator: Generator,
    /// The codes of violations that the schema leaves out.
    pub(crate) not_exported: BTreeSet<String>,
    /// The codes of all rules.
    pub(crate) rules: BTreeSet<String>,
}

/// What `decide` says.
pub(crate) struct Verdict {
    /// Is it valid, but for what a schema can't say?
    pub(crate) valid: bool,
    /// The codes of its errors; `unreadable` where the text is not what Berth reads.
    pub(crate) codes: BTreeSet<String>,
}

type Document = (&'static str, &'static str);

const DEFAULTS: (Document, &[Document]) = (
    ("platform.yaml", include_str!("../../../../platform.yaml")),
    &[("blueprints/namespace.yaml", include_str!("../../../../blueprints/namespace.yaml"))],
);
const HARBOUR: (Document, &[Document]) = (
    ("platform.yaml", include_str!("../fixtures/schema/platform.yaml")),
    &[
        ("database.yaml", include_str!("../fixtures/schema/database.yaml")),
        ("namespace.yaml", include_str!("../fixtures/schema/namespace.yaml")),
    ],
);

impl Subject {
    /// The documents that come with Berth, and the schema that is committed.
    pub(crate) fn defaults() -> Self {
        Self::new(DEFAULTS, 1, |_| {
            let committed = include_str!("../../../../schemas/namespace.request.schema.json");
            serde_json::from_str(committed).unwrap()
        })
    }

    /// Documents that use everything that a blueprint can say.
    pub(crate) fn harbour() -> Self {
        Self::new(HARBOUR, 2, Berth::request_document_schema)
    }

    fn new(
        (platform, blueprints): (Document, &[Document]),
        seed: u64,
        schema: impl Fn(&Berth) -> Value,
    ) -> Self {
        let source = |(name, text): Document| Source { name, text, format: Format::Yaml };
        let sources: Vec<Source<'_>> = blueprints.iter().copied().map(source).collect();
        let berth = Berth::load(Some(source(platform)), Some(&sources)).unwrap();
        let value = |(_, text): Document| parse(text, Format::Yaml).unwrap();
        let values: Vec<Value> = blueprints.iter().copied().map(value).collect();
        let schema = schema(&berth);
        Self {
            generator: Generator::new(seed, &value(platform), &values),
            not_exported: not_exported(&schema),
            rules: values.iter().flat_map(rules).collect(),
            schema,
            berth,
        }
    }

    /// Judges a request that arrives as this text.
    pub(crate) fn decide(&self, text: &str) -> Verdict {
        let codes = match parse(text, Format::Json) {
            Err(_) => BTreeSet::from(["unreadable".to_owned()]),
            Ok(request) => {
                let decision = self.berth.decide(&request, &Context::UNKNOWN);
                let errors = decision.violations.iter().filter(|violation| violation.is_error());
                errors.map(|violation| violation.code.clone().into_owned()).collect()
            }
        };
        Verdict { valid: codes.is_subset(&self.not_exported), codes }
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
