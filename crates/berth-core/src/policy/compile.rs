//! Compiles a Blueprint document, and says everything that is wrong with it.

use serde_json::{Map, Value};

use super::blueprint::{ApprovalRule, Blueprint, Rule};
use super::condition::{Condition, Vocabulary};
use super::field::{self, Field, FieldKind};
use super::platform::{Platform, check_approvers};
use super::problems::Problems;
use super::slot::MOST;
use super::steps::{ObjectTemplate, OutsidePlace, Step, VerifyTemplate};
use crate::document::{self, BlueprintDocument, BlueprintSpec, StepManifest, Table};
use crate::kubernetes::NameRule;
use crate::template::{Compiler, Read, RequestField, Template};

/// Names of containers that Argo or Berth use themselves.
const TAKEN_STEP_IDS: [&str; 7] = ["guard", "verify", "main", "init", "wait", "release", "prune"];
/// What paths begin with, so that no row may be called so.
const TAKEN_ROWS: [&str; 4] = ["parameters", "platform", "request", "team"];
/// Keys of a request that are not parameters.
const TAKEN_PARAMETERS: [&str; 3] = ["blueprint", "parameters", "requester"];

/// Compiles a blueprint; `None` when something is wrong with it.
pub(crate) fn compile_blueprint(
    document: &BlueprintDocument,
    platform: &Platform,
    problems: &mut Problems,
) -> Option<Blueprint> {
    problems.inside("metadata", |problems| {
        check_name("name", &document.metadata.name, NameRule::DnsLabel, problems);
    });
    let blueprint = problems.inside("spec", |problems| compile_spec(document, platform, problems));
    if problems.is_empty() { blueprint } else { None }
}

fn check_name(key: &str, value: &str, rule: NameRule, problems: &mut Problems) {
    problems.inside(key, |problems| problems.obey(rule.check(value)));
}

fn compile_spec(
    document: &BlueprintDocument,
    platform: &Platform,
    problems: &mut Problems,
) -> Option<Blueprint> {
    let spec = &document.spec;
    check_tables(&spec.tables, problems);
    let fields = compile_fields(spec, platform, problems)?;
    let find = |key: &str, name: &str, problems: &mut Problems| {
        let found = fields.iter().position(|field| field.name == name);
        if found.is_none() {
            problems.inside("scope", |problems| {
                problems.inside(key, |problems| {
                    problems.add(format!("there is no parameter `{name}`"), "name one of `parameters`");
                });
            });
        }
        found
    };
    let name_field = find("name", &spec.scope.name, problems)?;
    let team_field = find("team", &spec.scope.team, problems)?;
    let environment_field = find("environment", &spec.scope.environment, problems)?;
    check_scope(spec, &fields, [name_field, team_field, environment_field], problems);

    let vocabulary = Vocabulary { fields: &fields, platform: &platform.constants };
    let rules = compile_rules(spec, &vocabulary, problems);
    let approvals = compile_approvals(spec, &vocabulary, problems);
    let steps = compile_steps(spec, name_field, platform, &Compiler { vocabulary: &vocabulary }, problems);
    let name = document.metadata.name.clone();
    Some(Blueprint {
        name,
        document: document.clone(),
        fields,
        name_field,
        team_field,
        environment_field,
        rules,
        approvals,
        steps,
    })
}

fn check_tables(tables: &indexmap::IndexMap<String, Table>, problems: &mut Problems) {
    problems.inside("tables", |problems| {
        for (table, rows) in tables {
            problems.inside(table, |problems| {
                for (name, row) in rows {
                    problems.inside(name, |problems| {
                        if row
                            .get("monthlyCost")
                            .is_some_and(|cost| cost.as_i64().is_none_or(|cost| cost < 0))
                        {
                            problems.inside("monthlyCost", |problems| {
                                problems.add(
                                    "a cost must be a whole number, at least 0",
                                    "write minor units: 5000 for 50.00",
                                );
                            });
                        }
                        if row.get("title").is_some_and(|title| !title.is_string()) {
                            problems.inside("title", |problems| {
                                problems.add("a title must be text", "put quotes around it");
                            });
                        }
                    });
                }
            });
        }
    });
}

fn compile_fields(spec: &BlueprintSpec, platform: &Platform, problems: &mut Problems) -> Option<Vec<Field>> {
    let find = |name: &str| match name {
        "platform.environments" => Some(&platform.environments),
        "platform.clusters" => Some(&platform.clusters),
        other => spec.tables.get(other),
    };
    problems.inside("parameters", |problems| {
        if spec.parameters.is_empty() || spec.parameters.len() > MOST {
            problems.add(
                format!("{} parameters: there must be 1 to {MOST}", spec.parameters.len()),
                "add or remove some",
            );
            return None;
        }
        let mut fields = Vec::with_capacity(spec.parameters.len());
        let mut rows: Vec<&str> = Vec::new();
        for (name, parameter) in &spec.parameters {
            let field = problems.inside(name, |problems| {
                if TAKEN_PARAMETERS.contains(&name.as_str()) {
                    problems.add(
                        format!("a request's own key is called `{name}`"),
                        "choose another name for the parameter",
                    );
                }
                if !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
                    problems
                        .add(format!("`{name}` can't be a parameter's name"), "use letters, digits and `_`");
                }
                if let Some(row) = parameter.row.as_deref() {
                    if TAKEN_ROWS.contains(&row) || rows.contains(&row) {
                        problems.inside("row", |problems| {
                            problems.add(format!("`{row}` is taken"), "choose another name");
                        });
                    }
                    rows.push(row);
                }
                let field = field::compile(name, parameter, &find, problems)?;
                check_default(&field, problems);
                Some(field)
            });
            fields.push(field);
        }
        fields.into_iter().collect()
    })
}

fn check_default(field: &Field, problems: &mut Problems) {
    let Some(default) = &field.default else { return };
    problems.inside("default", |problems| {
        let found = crate::decide::check_value(field, default, None);
        for violation in found.violations {
            problems.add(
                format!("the default is not valid: {}", violation.message),
                violation.hint.unwrap_or_default(),
            );
        }
        if field.parameter.future {
            problems.add("a default would be in the past one day", "leave it out");
        }
    });
}

fn check_scope(spec: &BlueprintSpec, fields: &[Field], scope: [usize; 3], problems: &mut Problems) {
    let [name, team, environment] = scope;
    for (key, index) in [("name", name), ("team", team), ("environment", environment)] {
        let Some(field) = fields.get(index) else { continue };
        if !field.parameter.required && field.default.is_none() {
            problems.inside("parameters", |problems| {
                problems.inside(&field.name, |problems| {
                    problems.add(
                        format!("`{}` is the {key} of the scope and may be missing", field.name),
                        "add `required: true`",
                    );
                });
            });
        }
        let fits = match key {
            "environment" => spec
                .parameters
                .get(&field.name)
                .is_some_and(|parameter| parameter.options_from.as_deref() == Some("platform.environments")),
            "team" => matches!(field.kind, FieldKind::Text { .. } | FieldKind::Choice(_)),
            _ => matches!(field.kind, FieldKind::Text { .. }),
        };
        if !fits {
            problems.inside("scope", |problems| {
                problems.inside(key, |problems| {
                    problems.add(
                        format!("`{}` can't be the {key}", field.name),
                        match key {
                            "environment" => "give it `optionsFrom: platform.environments`",
                            _ => "it must be a string",
                        },
                    );
                });
            });
        }
    }
}

fn compile_rules(spec: &BlueprintSpec, vocabulary: &Vocabulary<'_>, problems: &mut Problems) -> Vec<Rule> {
    let mut ids: Vec<&str> = Vec::new();
    problems.inside("rules", |problems| {
        let compile = |(index, rule): (usize, &document::Rule), problems: &mut Problems, id_taken: bool| {
            problems.inside(index, |problems| {
                check_name("id", &rule.id, NameRule::DnsLabel, problems);
                if id_taken {
                    problems.inside("id", |problems| {
                        problems.add(
                            format!("`{}` is the id of another rule, too", rule.id),
                            "choose another id",
                        );
                    });
                }
                let when = vocabulary.when(rule.when.as_ref(), problems);
                let require =
                    problems.inside("require", |problems| vocabulary.compile(&rule.require, problems));
                let at = require.first_field().or_else(|| when.first_field()).unwrap_or(0);
                let fields = when.fields() | require.fields();
                Rule {
                    code: format!("rule.{}", rule.id),
                    id: rule.id.clone(),
                    when,
                    require,
                    at,
                    fields,
                    message: rule.message.clone(),
                    hint: rule.hint.clone(),
                    severity: rule.severity,
                }
            })
        };
        spec.rules
            .iter()
            .enumerate()
            .map(|(index, rule)| {
                let taken = ids.contains(&rule.id.as_str());
                ids.push(&rule.id);
                compile((index, rule), problems, taken)
            })
            .collect()
    })
}

fn compile_approvals(
    spec: &BlueprintSpec,
    vocabulary: &Vocabulary<'_>,
    problems: &mut Problems,
) -> Vec<ApprovalRule> {
    problems.inside("approvals", |problems| {
        let compile = |(index, rule): (usize, &document::ApprovalRule)| {
            problems.inside(index, |problems| {
                check_approvers(&rule.by, rule.count, problems);
                ApprovalRule {
                    id: rule.id.clone(),
                    when: vocabulary.when(rule.when.as_ref(), problems),
                    by: rule.by.clone(),
                    count: rule.count,
                    reason: rule.reason.clone(),
                }
            })
        };
        spec.approvals.iter().enumerate().map(compile).collect()
    })
}

fn compile_steps(
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
    if taken || earlier.iter().any(|other| other.id == step.id) {
        problems.inside("id", |problems| {
            problems.add(format!("the step id `{}` is taken", step.id), "choose another id");
        });
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
                        problems
                            .add(format!("no earlier step is called `{id}`"), "steps stand in their order");
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
        namespace: outside.namespace.as_ref().map(|namespace| {
            problems.inside("outside", |problems| {
                problems.inside("namespace", |problems| {
                    let namespace = compiler.key(namespace, problems);
                    problems.obey(NameRule::DnsLabel.check(&namespace));
                    namespace
                })
            })
        }),
    });
    let place = Place { outside: outside.as_ref(), first: earlier.is_empty(), name_field };
    let objects = problems.inside("manifests", |problems| {
        let list = step.manifests.iter().enumerate();
        list.map(|(index, manifest)| {
            let place = Place { first: place.first && index == 0, ..place };
            problems.inside(index, |problems| compile_manifest(manifest, place, platform, compiler, problems))
        })
        .collect::<Vec<_>>()
    });
    if objects.is_empty() {
        problems.inside("manifests", |problems| {
            problems.add("the step makes nothing", "add a manifest, or remove the step");
        });
    }
    let verify = problems.inside("verify", |problems| {
        let list = step.verify.iter().enumerate();
        list.map(|(index, verify)| {
            problems.inside(index, |problems| compile_verify(verify, &objects, compiler, problems))
        })
        .collect()
    });
    let reason = when.describe(compiler.vocabulary.fields);
    Step { id: step.id.clone(), title: step.title.clone(), after, when, reason, outside, objects, verify }
}

/// Where an object stands.
#[derive(Clone, Copy)]
struct Place<'a> {
    outside: Option<&'a OutsidePlace>,
    first: bool,
    name_field: usize,
}

fn compile_manifest(
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
            body.push((compiler.key(key, problems), compiler.value(value, problems)));
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
    let empty = Map::new();
    problems.inside("labels", |problems| {
        let written =
            compiler.labels(metadata.get("labels").and_then(Value::as_object).unwrap_or(&empty), problems);
        for (key, template) in written {
            let reserved = &platform.document.spec.reserved.label_keys;
            if labels.iter().any(|(own, _)| *own == key)
                || key == format!("{prefix}/provisioning")
                || reserved.contains(&key)
            {
                problems.inside(&key, |problems| {
                    problems.add(format!("the label `{key}` is not for blueprints"), "remove it");
                });
            }
            labels.push((key, template));
        }
    });
    compiled.push(("labels".to_owned(), Template::Map(labels)));
    for (key, value) in metadata {
        match key.as_str() {
            "name" | "labels" => {}
            "annotations" => {
                compiled
                    .push((key.clone(), problems.inside(key, |problems| compiler.value(value, problems))));
            }
            "namespace" => problems.inside(key, |problems| {
                problems.add(
                    "Berth sets the namespace itself",
                    "remove it; declare objects of other namespaces with `outside` on the step",
                );
            }),
            _ => problems.inside(key, |problems| {
                problems.add(
                    format!("`metadata.{key}` is not for blueprints"),
                    "`name`, `labels` and `annotations` are",
                );
            }),
        }
    }
    compiled
}

fn compile_verify(
    verify: &document::Verify,
    objects: &[ObjectTemplate],
    compiler: &Compiler<'_>,
    problems: &mut Problems,
) -> VerifyTemplate {
    if !objects.iter().any(|object| object.kind == verify.kind) {
        problems.inside("kind", |problems| {
            problems.add(format!("the step makes no `{}`", verify.kind), "verify what the step makes");
        });
    }
    let inner = verify.jsonpath.strip_prefix("{.").and_then(|path| path.strip_suffix('}'));
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-_\\/".contains(&byte);
    if !inner.is_some_and(|path| !path.is_empty() && path.bytes().all(plain)) {
        problems.inside("jsonpath", |problems| {
            problems.add(
                format!("`{}` is not a path that can be verified", verify.jsonpath),
                "write it like `{.status.phase}`; a dot in a key is `\\.`",
            );
        });
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
