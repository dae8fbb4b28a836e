//! What must hold of everything that is rendered: Argo's own rules and limits, and Berth's.
//!
//! Argo says most of this itself, but late, and some of it never: a Workflow beyond about a megabyte is
//! accepted, and then fails or stays without a phase while its pod runs. Here it is an error with a name.

use super::{ContainerSet, Job, RenderError, Rendering, Target, Template, WorkflowSpec, reference};

/// What the bundles of a Workflow may weigh in bytes, with their copies in its status; the rest is for the nodes.
/// Above a mebibyte Argo compresses the nodes, which makes them larger when the bundles are, say, base64; and what
/// is still too large ends in the phase Error or in none.
const LARGEST: usize = 900_000;
/// Limits of Argo's CRDs.
const MOST_TEMPLATES: usize = 200;
const MOST_PARAMETERS: usize = 500;
const MOST_CONTAINERS: usize = 100;
const LONGEST_NAME: usize = 128;
/// The longest name of a container (a DNS label), of a Workflow (it becomes a label value), of a label's value.
const LONGEST_LABEL: usize = 63;

/// Checks a rendering.
pub(super) fn check(rendering: &Rendering, job: &Job<'_>) -> Result<(), RenderError<'static>> {
    let (metadata, spec) = match rendering {
        Rendering::Workflow(workflow) => (&workflow.metadata, &workflow.spec),
        Rendering::WorkflowTemplate(template) => (&template.metadata, &template.spec),
        Rendering::Manifests(_) => return Ok(()),
    };
    check_size(spec, job)?;
    label(&metadata.name)?;
    metadata.labels.values().try_for_each(|value| label(value))?;
    let parameters = spec.arguments.iter().flat_map(|arguments| &arguments.parameters);
    expect(parameters.clone().count() <= MOST_PARAMETERS, || {
        format!("more than {MOST_PARAMETERS} parameters")
    })?;
    for parameter in parameters {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        let fits = parameter.name.bytes().all(plain) && !parameter.name.starts_with('-');
        expect(fits, || format!("`{}` can't be the name of a parameter", parameter.name))?;
        let value = parameter.value.as_deref().unwrap_or_default();
        expect(!has_tag(value), || format!("the parameter `{}` holds a tag", parameter.name))?;
    }
    expect(spec.templates.len() <= MOST_TEMPLATES, || format!("more than {MOST_TEMPLATES} templates"))?;
    spec.templates.iter().try_for_each(|template| check_template(template, job))
}

fn expect(holds: bool, what: impl FnOnce() -> String) -> Result<(), RenderError<'static>> {
    if holds { Ok(()) } else { Err(RenderError::Invariant { what: what() }) }
}

fn has_tag(text: &str) -> bool {
    has_pair(text, *b"{{")
}

/// As `contains`, which prepares for long needles: in WebAssembly that takes longer than to look.
fn has_pair(text: &str, pair: [u8; 2]) -> bool {
    text.as_bytes().windows(2).any(|two| two == pair)
}

fn label(value: &str) -> Result<(), RenderError<'static>> {
    expect(value.len() <= LONGEST_LABEL, || format!("`{value}` is longer than {LONGEST_LABEL} characters"))
}

fn check_template(template: &Template, job: &Job<'_>) -> Result<(), RenderError<'static>> {
    expect(template.name.len() <= LONGEST_NAME, || {
        format!("the template name `{}` is too long", template.name)
    })?;
    let Some(set) = &template.container_set else { return Ok(()) };
    check_containers(set)?;
    let files = template.inputs.iter().flat_map(|inputs| &inputs.artifacts);
    let tags_allowed = job.options.target == Target::WorkflowTemplate;
    for file in files {
        let own_tag = tags_allowed && file.raw.data == reference::tag(&reference::bundle_name(&file.name));
        expect(own_tag || !has_tag(&file.raw.data), || format!("the file `{}` holds a tag", file.name))?;
    }
    for container in &set.containers {
        for argument in &container.args {
            let tagged = tags_allowed || !has_tag(argument);
            expect(tagged && !has_pair(argument, *b"$("), || format!("`{argument}` would be expanded"))?;
        }
    }
    Ok(())
}

fn check_containers(set: &ContainerSet) -> Result<(), RenderError<'static>> {
    expect(set.containers.len() <= MOST_CONTAINERS, || {
        format!("more than {MOST_CONTAINERS} containers in one pod")
    })?;
    let mut names: Vec<&str> = Vec::with_capacity(set.containers.len());
    for container in &set.containers {
        let name = container.name.as_str();
        label(name)?;
        expect(!["init", "wait"].contains(&name), || format!("`{name}` is a container of Argo's own"))?;
        expect(!names.contains(&name), || format!("two containers are called `{name}`"))?;
        for dependency in &container.dependencies {
            expect(names.contains(&dependency.as_str()), || {
                format!("`{name}` waits for `{dependency}`, which stands behind it")
            })?;
        }
        names.push(name);
    }
    expect(names.contains(&"main"), || "no container is called `main`".to_owned())
}

fn check_size(spec: &WorkflowSpec, job: &Job<'_>) -> Result<(), RenderError<'static>> {
    let files = spec
        .templates
        .iter()
        .filter_map(|template| template.inputs.as_ref())
        .flat_map(|inputs| &inputs.artifacts)
        .map(|file| (file.name.as_str(), file.raw.data.as_str()));
    let parameters = spec.arguments.iter().flat_map(|arguments| &arguments.parameters);
    let parameters =
        parameters.map(|parameter| (parameter.name.as_str(), parameter.value.as_deref().unwrap_or_default()));
    let texts = files.chain(parameters);
    let limit = LARGEST / copies(spec, job);
    let length: usize = texts.clone().map(|(_, text)| text.len()).sum();
    if length.saturating_mul(LONGEST_ESCAPE) <= limit {
        return Ok(());
    }
    let (mut bytes, mut largest) = (0, ("", 0));
    for (name, text) in texts {
        let size = written(text);
        bytes += size;
        if size > largest.1 {
            largest = (name, size);
        }
    }
    if bytes <= limit {
        return Ok(());
    }
    Err(RenderError::TooLarge {
        name: job.outline.name().to_owned(),
        bytes,
        limit,
        target: job.options.target.name(),
        largest: largest.0.strip_prefix(reference::BUNDLE).unwrap_or(largest.0).to_owned(),
    })
}

/// How often the bundles stand in the Workflow at most: in its spec, in the node of the retries and in that of
/// each try; by reference the spec is kept in the status, too.
fn copies(spec: &WorkflowSpec, job: &Job<'_>) -> usize {
    let tries = usize::try_from(job.platform.workflow.retries).unwrap_or(usize::MAX).saturating_add(1);
    let stored = usize::from(spec.workflow_template_ref.is_some());
    tries.saturating_add(2 + stored)
}

/// `\u003c`
const LONGEST_ESCAPE: usize = 6;

/// The bytes of a text inside JSON as Go writes it.
fn written(text: &str) -> usize {
    let ascii = |byte: u8| match byte {
        b'"' | b'\\' | b'\n' | b'\r' | b'\t' => 2,
        b'<' | b'>' | b'&' | 0..=0x1f | 0x7f => LONGEST_ESCAPE,
        _ => 1,
    };
    let size = |character: char| match u8::try_from(character) {
        Ok(byte) if byte.is_ascii() => ascii(byte),
        _ if character.is_control() || matches!(character, '\u{2028}' | '\u{2029}') => LONGEST_ESCAPE,
        _ => character.len_utf8(),
    };
    // Bundles are long, and nearly all of them hold nothing else.
    if text.is_ascii() { text.bytes().map(ascii).sum() } else { text.chars().map(size).sum() }
}
