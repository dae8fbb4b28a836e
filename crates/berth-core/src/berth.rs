//! [`Berth`]: the documents, loaded; and what can be asked of them.

use serde_json::Value;

use crate::decide::{Circumstances, Decided, Decision, Documents, Subject};
use crate::document::{DocumentError, ErrorPlace, WorkflowSettings, from_value};
use crate::input::{self, Format};
use crate::plan::PlanKind;
use crate::policy::{Blueprint, Platform, Problems, compile_blueprint};
use crate::request::Context;

/// A platform and its blueprints, checked and compiled.
#[derive(Clone, Debug)]
pub struct Berth {
    pub(crate) platform: Platform,
    pub(crate) blueprints: Vec<Blueprint>,
    /// The platform document as compact JSON, for whoever shows it or loads it elsewhere.
    platform_text: String,
    digest: String,
}

/// A document as text, with the name by which errors call it.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// Such as `platform.yaml`.
    pub name: &'a str,
    /// What it holds.
    pub text: &'a str,
    /// YAML or JSON.
    pub format: Format,
}

/// Everything that is wrong with the documents; at least one error.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
pub struct DocumentErrors {
    /// In the order of the documents.
    pub errors: Vec<DocumentError>,
}

/// A request that is not valid can't be planned or rendered; the decision says why.
#[derive(Clone, Debug)]
pub struct Refused<'a>(pub Box<Decision<'a>>);

/// The default documents as JSON, so that a build without YAML has them, too. Written by `cargo xtask embed`.
const EMBEDDED_PLATFORM: Source<'static> =
    Source { name: "platform.yaml", text: include_str!("../embedded/platform.json"), format: Format::Json };
const EMBEDDED_BLUEPRINTS: [Source<'static>; 1] = [Source {
    name: "blueprints/namespace.yaml",
    text: include_str!("../embedded/namespace.json"),
    format: Format::Json,
}];

impl Berth {
    /// The documents that come with Berth.
    ///
    /// # Errors
    /// None that a test would not have found: they are checked when Berth is built.
    pub fn embedded() -> Result<Self, DocumentErrors> {
        Self::load(None, None)
    }

    /// Loads documents; the embedded ones stand in for what is not given.
    ///
    /// # Errors
    /// Everything that is wrong, with line and column.
    pub fn load(
        platform: Option<Source<'_>>,
        blueprints: Option<&[Source<'_>]>,
    ) -> Result<Self, DocumentErrors> {
        Self::read(platform.unwrap_or(EMBEDDED_PLATFORM), blueprints.unwrap_or(&EMBEDDED_BLUEPRINTS))
    }

    /// As [`Berth::load`], where all documents are given: a program that calls nothing else has no embedded ones in it.
    ///
    /// # Errors
    /// Everything that is wrong, with line and column.
    pub fn read(platform: Source<'_>, blueprints: &[Source<'_>]) -> Result<Self, DocumentErrors> {
        let mut errors = Vec::new();
        let mut parse = |source: &Source<'_>| match input::parse(source.text, source.format) {
            Ok(value) => Some((source.name.to_owned(), value)),
            Err(error) => {
                errors.push(unreadable(source, error));
                None
            }
        };
        let platform_value = parse(&platform);
        let blueprint_values: Vec<(String, Value)> = blueprints.iter().filter_map(&mut parse).collect();
        let found = match platform_value {
            Some(platform) if errors.is_empty() => Self::compile(&platform, &blueprint_values),
            _ => Err(DocumentErrors { errors }),
        };
        found.map_err(|mut found| {
            for error in &mut found.errors {
                let mut all = std::iter::once(&platform).chain(blueprints);
                let source = all.find(|source| source.name == error.source_name);
                let located = source.and_then(|source| error.locate(source.text, source.format));
                error.location = error.location.or(located);
            }
            found
        })
    }

    /// Compiles documents that are JSON values already; errors carry JSON pointers.
    ///
    /// # Errors
    /// Everything that is wrong.
    pub fn compile(
        platform: &(String, Value),
        blueprints: &[(String, Value)],
    ) -> Result<Self, DocumentErrors> {
        let mut errors = Vec::new();
        let (name, value) = platform;
        let mut problems = Problems::default();
        let compiled = match from_value(value) {
            Ok(document) => Some(Platform::compile(document, &mut problems)),
            Err(error) => {
                problems.push(*error);
                None
            }
        };
        errors.extend(problems.into_errors_of(name));
        // Nothing certain can be said about blueprints before the platform is right.
        let platform = match compiled {
            Some(platform) if errors.is_empty() => platform,
            _ => return Err(DocumentErrors { errors }),
        };
        let mut compiled: Vec<Blueprint> = Vec::with_capacity(blueprints.len());
        for (name, value) in blueprints {
            let mut problems = Problems::default();
            if let Some(blueprint) = compile_blueprint(value, &platform, &mut problems) {
                if compiled.iter().any(|other| other.name == blueprint.name) {
                    let message = format!("there is another blueprint `{}`", blueprint.name);
                    problems.push(DocumentError::at("/metadata/name", message).hint("choose another name"));
                }
                compiled.push(blueprint);
            }
            errors.extend(problems.into_errors_of(name));
        }
        if blueprints.is_empty() {
            errors.push(DocumentError::at("", "there is no blueprint").hint("give at least one"));
        }
        if !errors.is_empty() {
            return Err(DocumentErrors { errors });
        }
        compiled.sort_by(|a, b| a.name.cmp(&b.name));
        let platform_text = crate::emit::to_json(value);
        let texts = std::iter::once(platform_text.as_str()).chain(sorted_texts(&compiled));
        let digest = format!("sha256:{}", crate::digest::sha256(texts));
        Ok(Self { platform, platform_text, blueprints: compiled, digest })
    }

    /// The platform document as compact JSON, its keys in the order in which they were written.
    pub fn platform_document(&self) -> &str {
        &self.platform_text
    }

    /// The blueprints as compact JSON, in an order that doesn't depend on how they were given.
    pub fn blueprint_documents(&self) -> impl Iterator<Item = &str> {
        sorted_texts(&self.blueprints)
    }

    /// Hash of all documents.
    pub fn policy_digest(&self) -> &str {
        &self.digest
    }

    /// The names of the blueprints, in alphabetical order.
    pub fn blueprints(&self) -> impl Iterator<Item = &str> {
        self.blueprints.iter().map(|blueprint| blueprint.name.as_str())
    }

    /// What the keys of Berth's labels and annotations begin with, without the slash.
    pub fn label_prefix(&self) -> &str {
        &self.platform.document.spec.label_prefix
    }

    /// How Argo carries requests out, as the platform document says.
    pub fn workflow_settings(&self) -> &WorkflowSettings {
        &self.platform.document.spec.workflow
    }

    pub(crate) fn documents(&self) -> Documents<'_> {
        Documents { platform: &self.platform, blueprints: &self.blueprints, digest: &self.digest }
    }

    pub(crate) fn decided<'a>(
        &'a self,
        request: &'a Value,
        context: &'a Context,
        with_options: bool,
    ) -> Decided<'a> {
        self.decided_in(request, Circumstances::new(context, None), with_options)
    }

    pub(crate) fn decided_in<'a>(
        &'a self,
        request: &'a Value,
        circumstances: Circumstances<'a>,
        with_options: bool,
    ) -> Decided<'a> {
        crate::decide::decide(self.documents(), request, circumstances, with_options)
    }

    pub(crate) fn decided_standing<'a>(
        &'a self,
        request: &'a Value,
        context: &'a Context,
        kind: PlanKind,
    ) -> Decided<'a> {
        crate::decide::decide_standing(self.documents(), request, context, kind)
    }

    /// Judges a request: flat parameters of the namespace blueprint, or `{blueprint, parameters, requester}`.
    pub fn decide<'a>(&'a self, request: &'a Value, context: &'a Context) -> Decision<'a> {
        self.decided(request, context, false).decision
    }

    /// As [`Berth::decide`], and says for every option whether it may still be chosen.
    pub fn decide_with_options<'a>(&'a self, request: &'a Value, context: &'a Context) -> Decision<'a> {
        self.decided(request, context, true).decision
    }

    /// A request that was carried out once. Today's rules and limits don't matter: what stands must stay
    /// changeable and deletable when the policy has moved on.
    pub(crate) fn standing<'a>(&'a self, request: &'a Value) -> Result<Subject<'a>, Refused<'a>> {
        let decided = self.decided(request, &Context::UNKNOWN, false);
        match decided.subject {
            Some(subject) if subject.is_well_formed() => Ok(subject),
            _ => Err(Refused(Box::new(decided.decision))),
        }
    }
}

/// The order in which documents came must not show in their hash.
fn sorted_texts(blueprints: &[Blueprint]) -> impl Iterator<Item = &str> {
    let mut texts: Vec<&str> = blueprints.iter().map(|blueprint| blueprint.text.as_str()).collect();
    texts.sort_unstable();
    texts.into_iter()
}

fn unreadable(source: &Source<'_>, error: input::InputError) -> DocumentError {
    DocumentError {
        source_name: source.name.to_owned(),
        pointer: error.pointer.map(Into::into).unwrap_or_default(),
        place: ErrorPlace::Value,
        location: error.location,
        message: error.message.into(),
        hint: error.hint.map(Into::into),
    }
}
