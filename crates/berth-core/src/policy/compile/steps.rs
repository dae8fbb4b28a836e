//! The steps of a blueprint: their order, their objects, and what must be true of them.

use super::check_name;
use super::manifest::{self, Place};
use crate::document::{self, BlueprintSpec};
use crate::kubernetes::NameRule;
use crate::policy::condition::Condition;
use crate::policy::platform::Platform;
use crate::policy::problems::Problems;
use crate::policy::steps::{ObjectTemplate, OutsidePlace, Step, VerifyTemplate};
use crate::template::{Compiler, Read, Template};
use serde_json::Value;

/// Names of containers that Argo or Berth use themselves.
const TAKEN_STEP_IDS: [&str; 7] = ["guard", "verify", "main", "init", "wait", "release", "prune"];

/// What is left of a container's 63 characters beside `verify-` and a number.
const LONGEST_STEP_ID: usize = 50;

pub(super) fn compile(
    spec: &BlueprintSpec,
    name_field: usize,
    platform: &Platform,
    compiler: &Compiler<'_>,
    problems: &mut Problems,
) -> Vec<Step> {
    problems.inside("steps", |problems| {
        let mut steps: Vec<Step> = Vec::with_capacity(spec.steps.len());
        for (index, step) in spec.steps.iter().enumerate() {
            let compiled = problems.inside(index, |problems| {
                compile_step(step, &steps, name_field, platform, compiler, problems)
            });
            steps.push(compiled);
        }
        let first = steps.first().and_then(|step| Some((step, step.objects.first()?)));
        let makes_namespace = first.is_some_and(|(step, object)| {
            matches!(step.when, Condition::Constant(true))
                && matches!(object.when, Condition::Constant(true))
                && is_namespace(object)
                && matches!(object.name, Template::Read(Read::Parameter(field)) if field == name_field)
        });
        if !makes_namespace {
            problems.add(
                "the first step does not make the namespace",
                format!(
                    "its first manifest must be a Namespace called `${{parameters.{}}}`, without `when`",
                    spec.scope.name
                ),
            );
        }
        steps
    })
}

fn is_namespace(object: &ObjectTemplate) -> bool {
    object.api_version == "v1" && object.kind == "Namespace"
}

fn compile_step(
    step: &document::Step,
    earlier: &[Step],
    name_field: usize,
    platform: &Platform,
    compiler: &Compiler<'_>,
    problems: &mut Problems,
) -> Step {
    check_name("id", &step.id, NameRule::DnsLabel, problems);
    let taken = TAKEN_STEP_IDS.iter().any(|taken| {
        step.id == *taken || step.id.strip_prefix(taken).is_some_and(|rest| rest.starts_with('-'))
    });
    if step.id.len() > LONGEST_STEP_ID {
        problems.add_at(
            "id",
            format!("the step id `{}` is longer than {LONGEST_STEP_ID} characters", step.id),
            "its checks are called `verify-<id>-<number>`, and a container's name has 63: choose a shorter id",
        );
    }
    if taken || earlier.iter().any(|other| other.id == step.id) {
        problems.add_at("id", format!("the step id `{}` is taken", step.id), "choose another id");
    }
    let mut after: Vec<usize> = step
        .after
        .iter()
        .enumerate()
        .filter_map(|(index, id)| {
            let found = earlier.iter().position(|other| other.id == *id);
            if found.is_none() {
                problems.inside("after", |problems| {
                    problems.inside(index, |problems| {
                        problems.add(
                            format!("no earlier step is called `{id}`"),
                            "name a step that stands before this one",
                        );
                    });
                });
            }
            found
        })
        .collect();
    if after.is_empty() && !earlier.is_empty() {
        after.push(0);
    }
    let when = compiler.vocabulary.when(step.when.as_ref(), problems);
    let outside = step.outside.as_ref().map(|outside| OutsidePlace {
        namespace: outside.namespace.as_ref().and_then(|namespace| {
            problems.inside("outside", |problems| {
                problems.inside("namespace", |problems| {
                    let namespace = compiler.constant(namespace, problems)?;
                    problems.obey(NameRule::DnsLabel.check(&namespace));
                    Some(namespace)
                })
            })
        }),
    });
    let place = Place { outside: outside.as_ref(), first: earlier.is_empty(), name_field };
    let objects = problems.inside("manifests", |problems| {
        let list = step.manifests.iter().enumerate();
        list.map(|(index, manifest)| {
            let place = Place { first: place.first && index == 0, ..place };
            problems
                .inside(index, |problems| manifest::compile(manifest, place, platform, compiler, problems))
        })
        .collect::<Vec<_>>()
    });
    if objects.is_empty() {
        problems.add_at("manifests", "the step makes nothing", "add a manifest, or remove the step");
    }
    let verify = problems.inside("verify", |problems| {
        let list = step.verify.iter().enumerate();
        list.map(|(index, verify)| {
            problems.inside(index, |problems| compile_verify(verify, step, compiler, problems))
        })
        .collect()
    });
    let reason = when.describe(compiler.vocabulary.fields);
    Step { id: step.id.clone(), title: step.title.clone(), after, when, reason, outside, objects, verify }
}

fn compile_verify(
    verify: &document::Verify,
    step: &document::Step,
    compiler: &Compiler<'_>,
    problems: &mut Problems,
) -> VerifyTemplate {
    let text = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
    let mut names = step
        .manifests
        .iter()
        .filter(|manifest| text(manifest.object.get("kind")) == verify.kind)
        .map(|manifest| text(manifest.object.get("metadata").and_then(|metadata| metadata.get("name"))))
        .peekable();
    if names.peek().is_none() {
        problems.add_at("kind", format!("the step makes no `{}`", verify.kind), "verify what the step makes");
    } else if !names.any(|name| name == verify.name) {
        problems.add_at(
            "name",
            format!("the step makes no `{}` called `{}`", verify.kind, verify.name),
            "write the name as its manifest does",
        );
    }
    let inner = verify.jsonpath.strip_prefix("{.").and_then(|path| path.strip_suffix('}'));
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-_\\/".contains(&byte);
    if !inner.is_some_and(|path| !path.is_empty() && path.bytes().all(plain)) {
        problems.add_at(
            "jsonpath",
            format!("`{}` is not a path that can be verified", verify.jsonpath),
            "write it like `{.status.phase}`; a dot in a key is `\\.`",
        );
    }
    VerifyTemplate {
        kind: verify.kind.clone(),
        name: problems
            .inside("name", |problems| compiler.text(&verify.name, NameRule::DnsSubdomain, problems)),
        jsonpath: verify.jsonpath.clone(),
        expected: problems
            .inside("expected", |problems| compiler.text(&verify.expected, NameRule::Argument, problems)),
    }
}
