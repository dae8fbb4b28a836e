//! A manifest of a step: Berth's own name, place and labels are put in, everything else is the author's.

use serde_json::{Map, Value};

use crate::document::StepManifest;
use crate::kubernetes::NameRule;
use crate::policy::platform::Platform;
use crate::policy::problems::Problems;
use crate::policy::steps::{ObjectTemplate, OutsidePlace};
use crate::template::{Compiler, Read, RequestField, Template};

/// Where an object stands.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) outside: Option<&'a OutsidePlace>,
    pub(super) first: bool,
    pub(super) name_field: usize,
}

pub(super) fn compile(
    manifest: &StepManifest,
    place: Place<'_>,
    platform: &Platform,
    compiler: &Compiler<'_>,
    problems: &mut Problems,
) -> ObjectTemplate {
    let when = compiler.vocabulary.when(manifest.when.as_ref(), problems);
    let literal = |key: &str, problems: &mut Problems| match manifest.object.get(key).and_then(Value::as_str)
    {
        Some(text) if !text.contains("${") => text.to_owned(),
        _ => {
            problems.add(
                format!("the manifest has no plain `{key}`"),
                format!("write `{key}:` without `${{...}}`"),
            );
            String::new()
        }
    };
    let (api_version, kind) = (literal("apiVersion", problems), literal("kind", problems));
    check_kind(&api_version, &kind, problems);
    if api_version == "v1" && kind == "Namespace" && !place.first {
        problems.add(
            "only the first manifest of the first step may be a Namespace",
            "one request makes one namespace",
        );
    }
    let empty = Map::new();
    let metadata = manifest.object.get("metadata").and_then(Value::as_object).unwrap_or(&empty);
    let name = problems.inside("metadata", |problems| match metadata.get("name").and_then(Value::as_str) {
        Some(text) => problems.inside("name", |problems| {
            let rule = if place.first { NameRule::DnsLabel } else { NameRule::DnsSubdomain };
            compiler.text(text, rule, problems)
        }),
        None => {
            problems.add("the object has no name", "add `metadata.name`");
            Template::Literal(Value::Null)
        }
    });
    let metadata = problems.inside("metadata", |problems| {
        compile_metadata(metadata, &name, place, platform, compiler, problems)
    });
    let mut body = vec![
        ("apiVersion".to_owned(), Template::Literal(api_version.clone().into())),
        ("kind".to_owned(), Template::Literal(kind.clone().into())),
        ("metadata".to_owned(), Template::Map(metadata)),
    ];
    for (key, value) in
        manifest.object.iter().filter(|(key, _)| !["apiVersion", "kind", "metadata"].contains(&key.as_str()))
    {
        problems.inside(key, |problems| {
            if let Some(key) = compiler.constant(key, problems) {
                body.push((key, compiler.value(value, problems)));
            }
        });
    }
    ObjectTemplate { when, api_version, kind, name, body: Template::Map(body) }
}

/// Name, place, Berth's own labels, and then what the author wrote.
fn compile_metadata(
    metadata: &Map<String, Value>,
    name: &Template,
    place: Place<'_>,
    platform: &Platform,
    compiler: &Compiler<'_>,
    problems: &mut Problems,
) -> Vec<(String, Template)> {
    let mut compiled = vec![("name".to_owned(), name.clone())];
    let namespace = match place.outside {
        Some(outside) => outside.namespace.clone().map(|namespace| Template::Literal(namespace.into())),
        None if place.first => None,
        None => Some(Template::Read(Read::Parameter(place.name_field))),
    };
    compiled.extend(namespace.map(|namespace| ("namespace".to_owned(), namespace)));

    let prefix = &platform.document.spec.label_prefix;
    let own =
        |key: &str, read: RequestField| (format!("{prefix}/{key}"), Template::Read(Read::Request(read)));
    let mut labels = vec![
        (format!("{prefix}/managed"), Template::Literal("true".into())),
        own("request-id", RequestField::Id),
    ];
    // What rollback may delete carries the provisioning label until the request is done.
    if place.first || place.outside.is_some() {
        labels.push(own("provisioning", RequestField::Provisioning));
    }
    let written = map_of(metadata, "labels", problems);
    problems.inside("labels", |problems| {
        let compiled = compiler.labels(&written, problems);
        for (as_written, (key, template)) in written.keys().zip(compiled) {
            let reserved = &platform.document.spec.reserved.label_keys;
            if labels.iter().any(|(own, _)| *own == key)
                || key == format!("{prefix}/provisioning")
                || reserved.contains(&key)
            {
                problems.inside(as_written, |problems| {
                    problems.add_to_key(format!("the label `{key}` is not for blueprints"), "remove it");
                });
            }
            labels.push((key, template));
        }
    });
    compiled.push(("labels".to_owned(), Template::Map(labels)));
    for key in metadata.keys() {
        match key.as_str() {
            "name" | "labels" => {}
            "annotations" => {
                let written = map_of(metadata, key, problems);
                let annotations = problems.inside(key, |problems| compiler.annotations(&written, problems));
                compiled.push((key.clone(), Template::Map(annotations)));
            }
            "namespace" => problems.inside(key, |problems| {
                problems.add_to_key(
                    "Berth sets the namespace itself",
                    "remove it; declare objects of other namespaces with `outside` on the step",
                );
            }),
            _ => problems.inside(key, |problems| {
                problems.add_to_key(
                    format!("`metadata.{key}` is not for blueprints"),
                    "`name`, `labels` and `annotations` are",
                );
            }),
        }
    }
    compiled
}

/// Both become the name of a resource in the arguments of kubectl.
fn check_kind(api_version: &str, kind: &str, problems: &mut Problems) {
    let (group, version) = api_version.rsplit_once('/').unwrap_or(("core", api_version));
    let well_formed = version.starts_with('v')
        && NameRule::DnsLabel.check(version).is_ok()
        && NameRule::DnsSubdomain.check(group).is_ok();
    if !well_formed && !api_version.is_empty() {
        problems.add_at(
            "apiVersion",
            format!("`{api_version}` is not a version of an API"),
            "write it like `v1` or `apps/v1`",
        );
    }
    if !kind.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        problems.add_at("kind", format!("`{kind}` is not a kind"), "write it like `ConfigMap`");
    }
}

/// The map below a key, if there is one.
fn map_of(metadata: &Map<String, Value>, key: &str, problems: &mut Problems) -> Map<String, Value> {
    match metadata.get(key) {
        None => Map::new(),
        Some(Value::Object(map)) => map.clone(),
        Some(_) => {
            problems.add_at(key, format!("`{key}` must be a map"), "write keys and values");
            Map::new()
        }
    }
}
