//! A container set: Argo's rules for one, and then what of it the sandbox can run.

use std::collections::BTreeMap;
use std::time::Duration;

use super::program::{Container, ContainerSet};
use super::{Invalid, document, duration, graph, names};
use crate::kubectl::Call;

/// Names that Argo's own containers have.
const RESERVED: [&str; 3] = ["init", "supervisor", "wait"];
/// Argo puts a large template into a config map, which holds 1 MiB; some of it is not data.
const LARGEST: usize = 1_000_000;
/// A pod with more is no sensible Workflow, and all start at once.
const MOST_CONTAINERS: usize = 100;

pub(super) fn compile(
    template: &document::Template,
    set: &document::ContainerSet,
) -> Result<ContainerSet, Invalid> {
    let place = format!("templates.{}.containerSet", template.name);
    check_as_argo(template, set, &place)?;
    if set.containers.len() > MOST_CONTAINERS {
        return Err(Invalid::refused(&format!("`{place}` with more than {MOST_CONTAINERS} containers")));
    }
    let (attempts, pause) = attempts(set, &place)?;
    let files = files(template, set)?;
    let containers = set.containers.iter().map(|container| {
        let place = format!("{place}.containers.{}", container.name);
        self::container(container, set, &files, &place)
    });
    let containers = containers.collect::<Result<_, _>>()?;
    Ok(ContainerSet { files, attempts, pause, containers })
}

fn check_as_argo(
    template: &document::Template,
    set: &document::ContainerSet,
    place: &str,
) -> Result<(), Invalid> {
    names::check_values(
        &format!("templates.{}.inputs.artifacts", template.name),
        template.inputs.artifacts.iter().map(|artifact| artifact.name.as_str()),
    )?;
    if set.containers.is_empty() {
        return Err(Invalid(format!("{place}.containers must have at least one container")));
    }
    names::check_fields(
        &format!("{place}.containers"),
        set.containers.iter().map(|container| container.name.as_str()),
    )?;
    let mut mounted = BTreeMap::new();
    for (index, mount) in set.volume_mounts.iter().enumerate() {
        if let Some(earlier) = mounted.insert(&mount.mount_path, &mount.name) {
            let path = &mount.mount_path;
            return Err(Invalid(format!(
                "{place}.volumeMounts[{index}].mountPath '{path}' already mounted in volumeMounts.{earlier}"
            )));
        }
    }
    graph::check(
        place,
        &set.containers
            .iter()
            .map(|container| (container.name.as_str(), &container.dependencies[..]))
            .collect(),
    )?;
    if !template.inputs.artifacts.is_empty()
        && !set.containers.iter().any(|container| container.name == "main")
    {
        return Err(Invalid(format!(
            "{place}.containers must have a container named \"main\" for input or output"
        )));
    }
    if let Some(container) =
        set.containers.iter().find(|container| RESERVED.contains(&container.name.as_str()))
    {
        let name = &container.name;
        return Err(Invalid(format!("{place}.containers: \"{name}\" is a reserved Argo container name")));
    }
    Ok(())
}

/// Argo's documentation says that `retries` does not count the first attempt. Its executor counts it:
/// `retries: 2` runs a command twice, and `retries: 0` never runs it and calls that a success.
fn attempts(set: &document::ContainerSet, place: &str) -> Result<(u32, Duration), Invalid> {
    let Some(strategy) = &set.retry_strategy else { return Ok((1, Duration::ZERO)) };
    if strategy.retries.0 == 0 {
        let place = format!("`{place}.retryStrategy` with 0 retries (with it Argo skips every command)");
        return Err(Invalid::refused(&place));
    }
    let pause = match strategy.duration.as_str() {
        "" => Duration::ZERO,
        text => duration::parse(text)
            .ok_or_else(|| Invalid::refused(&format!("`{place}.retryStrategy.duration` of `{text}`")))?,
    };
    Ok((strategy.retries.0, pause))
}

/// The files of the artifacts. They must lie on a volume that every container mounts: elsewhere a real
/// Argo gives them to `main` alone.
fn files(
    template: &document::Template,
    set: &document::ContainerSet,
) -> Result<BTreeMap<String, String>, Invalid> {
    for mount in &set.volume_mounts {
        if !template.volumes.iter().any(|volume| volume.name == mount.name) {
            return Err(Invalid(format!(
                "templates.{}.containerSet.volumeMounts: there is no volume `{}`",
                template.name, mount.name
            )));
        }
        if !is_plain(&mount.mount_path) {
            return Err(Invalid::refused(&format!("the mount path `{}`", mount.mount_path)));
        }
    }
    let size: usize = template.inputs.artifacts.iter().map(|artifact| artifact.raw.data.len()).sum();
    if size > LARGEST {
        let place = format!("`templates.{}.inputs` of {size} bytes (more than {LARGEST})", template.name);
        return Err(Invalid::refused(&format!("{place}, which Argo accepts and never starts")));
    }
    let mut files = BTreeMap::new();
    for (index, artifact) in template.inputs.artifacts.iter().enumerate() {
        let path = &artifact.path;
        if !is_plain(path) || !set.volume_mounts.iter().any(|mount| lies_on(path, &mount.mount_path)) {
            return Err(Invalid::refused(&format!(
                "an artifact at `{path}`, which is on no volume of the set"
            )));
        }
        if files.insert(path.clone(), artifact.raw.data.clone()).is_some() {
            let name = &template.name;
            return Err(Invalid(format!(
                "templates.{name}.inputs.artifacts[{index}].path '{path}' is used twice"
            )));
        }
    }
    Ok(files)
}

fn container(
    container: &document::Container,
    set: &document::ContainerSet,
    files: &BTreeMap<String, String>,
    place: &str,
) -> Result<Container, Invalid> {
    if container.image.is_empty() {
        return Err(Invalid(format!("{place}.image may not be empty")));
    }
    if container.command != ["kubectl"] {
        return Err(Invalid::refused(&format!(
            "`{place}.command` `{}`: only `kubectl`",
            container.command.join(" ")
        )));
    }
    let home = match &container.env[..] {
        [variable] if variable.name == "HOME" => &variable.value,
        [] => return Err(Invalid::refused(&format!("`{place}` without `HOME` in its `env`"))),
        [first, ..] => {
            return Err(Invalid::refused(&format!("`{place}.env` with `{}`: only `HOME`", first.name)));
        }
    };
    if !set.volume_mounts.iter().any(|mount| mount.mount_path == *home) {
        return Err(Invalid::refused(&format!(
            "`{place}` with the HOME `{home}`, which is no volume of the set"
        )));
    }
    let call = Call::parse(&container.args)
        .map_err(|error| Invalid::refused(&format!("`{place}.args`: {error}")))?;
    if let Some(file) = call.files().iter().find(|file| !files.contains_key(*file)) {
        return Err(Invalid::refused(&format!("`{place}.args`: there is no artifact at `{file}`")));
    }
    Ok(Container {
        name: container.name.clone(),
        dependencies: container.dependencies.clone(),
        arguments: container.args.clone(),
        call,
        home: home.clone(),
    })
}

/// An absolute path of plain segments, that means the same wherever its root is put.
fn is_plain(path: &str) -> bool {
    let segment = |segment: &str| {
        !segment.is_empty()
            && !segment.starts_with('.')
            && segment.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
    };
    path.len() <= 256 && path.strip_prefix('/').is_some_and(|path| path.split('/').all(segment))
}

fn lies_on(path: &str, mount: &str) -> bool {
    path.strip_prefix(mount).is_some_and(|rest| rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_that_could_lead_elsewhere_are_not_plain() {
        assert!(is_plain("/berth/namespace.json") && is_plain("/berth"));
        for path in
            ["berth", "/", "/berth/", "/berth/../etc", "/berth//x", "/berth/.kube", "/be rth", "/a\0b"]
        {
            assert!(!is_plain(path), "{path}");
        }
        assert!(lies_on("/berth/x.json", "/berth") && !lies_on("/berthold/x.json", "/berth"));
    }
}
