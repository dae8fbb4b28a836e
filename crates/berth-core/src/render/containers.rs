//! The containers of a pod: kubectl calls in a handful of fixed shapes, and what is the same for all.

use std::sync::Arc;

use super::{
    Artifact, Capabilities, Container, ContainerRetryStrategy, ContainerSet, EmptyDir, EnvVar, Inputs, Job,
    Mutex, PodGc, PodSecurityContext, ResourceRequirements, RetryStrategy, SeccompProfile, SecurityContext,
    Synchronization, Template, TtlStrategy, Volume, VolumeMount, WorkflowSpec, bundle,
};
use crate::document::{Image, Requests, WorkflowSettings};

/// The numeric user of the pods; the kubectl image has no name for it.
const USER: u32 = 65532;

/// The calls of kubectl that Berth makes. There are no others.
pub(super) mod kubectl {
    use super::super::bundle;

    /// How long a guard waits for what must not be there to go, in seconds: it is there to fail, and passes at once when
    /// nothing matches.
    const UNWANTED: u32 = 1;
    /// How long a guard waits for what must be there, in seconds. It passes as soon as it has seen it, for which an API
    /// server under load takes its time.
    const WANTED: u32 = 10;

    /// Waits until nothing matches; at once when nothing does.
    pub(in super::super) fn wait_gone(resource: &str, selector: &str, seconds: u32) -> Vec<String> {
        vec![
            "wait".to_owned(),
            "--for=delete".to_owned(),
            resource.to_owned(),
            format!("--selector={selector}"),
            format!("--timeout={seconds}s"),
        ]
    }

    /// Fails when such a namespace stands.
    pub(in super::super) fn refuse(selector: &str) -> Vec<String> {
        wait_gone("namespace", selector, UNWANTED)
    }

    /// Fails unless such a namespace stands and isn't being deleted.
    pub(in super::super) fn require(selector: &str) -> Vec<String> {
        vec![
            "wait".to_owned(),
            "--for=jsonpath={.status.phase}=Active".to_owned(),
            "namespace".to_owned(),
            format!("--selector={selector}"),
            format!("--timeout={WANTED}s"),
        ]
    }

    /// Waits until one object is so.
    pub(in super::super) fn wait_one(
        condition: &str,
        object: &str,
        namespace: Option<&str>,
        seconds: u32,
    ) -> Vec<String> {
        let mut args = vec!["wait".to_owned(), format!("--for={condition}"), object.to_owned()];
        args.extend(namespace.map(|namespace| format!("--namespace={namespace}")));
        args.push(format!("--timeout={seconds}s"));
        args
    }

    /// Server-side apply. Without force a field that somebody else holds with another value is a conflict, and that is
    /// an answer; `force` says, as `true` or `false`, whether it is taken from them.
    pub(in super::super) fn apply(step: &str, force: Option<&str>) -> Vec<String> {
        let mut args = ["apply", "--server-side", "--field-manager=berth"].map(str::to_owned).to_vec();
        args.extend(force.map(|force| format!("--force-conflicts={force}")));
        args.push(format!("--filename={}", bundle::path(step)));
        args
    }

    /// Fails when an object of these steps is missing.
    pub(in super::super) fn get<'s>(steps: impl Iterator<Item = &'s str>) -> Vec<String> {
        let mut args = vec!["get".to_owned()];
        args.extend(steps.map(|step| format!("--filename={}", bundle::path(step))));
        args.push("--output=name".to_owned());
        args
    }

    /// Prints what matches; of several kinds, between commas.
    pub(in super::super) fn list(
        kinds: &str,
        namespace: Option<&str>,
        selector: &str,
        output: &str,
    ) -> Vec<String> {
        let mut args = vec!["get".to_owned(), kinds.to_owned(), format!("--selector={selector}")];
        args.extend(namespace.map(|namespace| format!("--namespace={namespace}")));
        args.push(format!("--output={output}"));
        args
    }

    /// Takes a label off everything that matches.
    pub(in super::super) fn unlabel(
        resource: &str,
        namespace: Option<&str>,
        selector: &str,
        label: &str,
    ) -> Vec<String> {
        let mut args = vec!["label".to_owned(), resource.to_owned(), format!("--selector={selector}")];
        args.extend(namespace.map(|namespace| format!("--namespace={namespace}")));
        args.push(format!("{label}-"));
        args
    }

    /// Deletes everything that matches, without waiting.
    pub(in super::super) fn delete(resource: &str, namespace: Option<&str>, selector: &str) -> Vec<String> {
        let mut args = vec!["delete".to_owned(), resource.to_owned(), format!("--selector={selector}")];
        args.extend(namespace.map(|namespace| format!("--namespace={namespace}")));
        args.extend(["--ignore-not-found", "--wait=false"].map(str::to_owned));
        args
    }

    /// Deletes the objects of a file that are there.
    pub(in super::super) fn delete_file(name: &str) -> Vec<String> {
        vec![
            "delete".to_owned(),
            format!("--filename={}", bundle::path(name)),
            "--ignore-not-found".to_owned(),
            "--wait=false".to_owned(),
        ]
    }
}

/// The resource of a kind as kubectl takes it: `networkpolicy.networking.k8s.io`, `namespace`.
pub(super) fn resource(api_version: &str, kind: &str) -> String {
    let kind = kind.to_ascii_lowercase();
    match api_version.split_once('/') {
        Some((group, _)) => format!("{kind}.{group}"),
        None => kind,
    }
}

/// What is the same for all containers of a rendering.
pub(super) struct Common {
    image: Arc<str>,
    resources: Arc<ResourceRequirements>,
}

impl Common {
    pub(super) fn of(workflow: &WorkflowSettings) -> Self {
        let Requests { cpu, memory } = &workflow.resources;
        let requests = [("cpu", cpu.as_str()), ("memory", memory)];
        // CPU is not limited: a kubectl call takes a moment, and throttling only makes it a longer one.
        let limits = [("memory", "128Mi")];
        let amounts = |amounts: &[(&str, &str)]| {
            amounts.iter().map(|(name, amount)| ((*name).to_owned(), (*amount).to_owned())).collect()
        };
        let resources = ResourceRequirements { requests: amounts(&requests), limits: amounts(&limits) };
        Self { image: image(&workflow.image).into(), resources: Arc::new(resources) }
    }
}

impl Job<'_> {
    /// A container that waits for others.
    pub(super) fn container(
        &self,
        name: impl Into<String>,
        dependencies: Vec<String>,
        args: Vec<String>,
    ) -> Container {
        Container {
            name: name.into(),
            dependencies,
            image: Arc::clone(&self.common.image),
            command: ["kubectl"],
            args,
            env: [EnvVar { name: "HOME", value: bundle::DIRECTORY }],
            resources: Arc::clone(&self.common.resources),
            security_context: SecurityContext {
                allow_privilege_escalation: false,
                read_only_root_filesystem: true,
                capabilities: Capabilities { drop: ["ALL"] },
            },
        }
    }

    /// A pod of containers that read some files.
    pub(super) fn pod(
        &self,
        name: &'static str,
        files: Vec<Artifact>,
        containers: Vec<Container>,
    ) -> Template {
        let retries = self.platform.workflow.retries;
        // Argo's `retries` of a container set counts the first try, too, and with `0` nothing runs at all.
        let tries = retries.saturating_add(1).to_string();
        Template {
            name,
            retry_strategy: Some(RetryStrategy { limit: retries.to_string(), retry_policy: "OnError" }),
            inputs: (!files.is_empty()).then_some(Inputs { artifacts: files }),
            volumes: vec![Volume { name: "berth", empty_dir: EmptyDir {} }],
            container_set: Some(ContainerSet {
                volume_mounts: vec![VolumeMount { name: "berth", mount_path: bundle::DIRECTORY }],
                retry_strategy: ContainerRetryStrategy { retries: tries, duration: "2s" },
                containers,
            }),
            ..Template::default()
        }
    }

    /// How long a container may wait, in seconds: all its tries end before Argo gives up, so that the step
    /// says what it waited for.
    pub(super) fn longest_wait(&self) -> u32 {
        let workflow = &self.platform.workflow;
        workflow.active_deadline_seconds / workflow.retries.saturating_add(1) / 5 * 4
    }

    /// What every Workflow has, besides its templates.
    pub(super) fn spec(&self, service_account: &str, mutex: &str, templates: Vec<Template>) -> WorkflowSpec {
        let workflow = &self.platform.workflow;
        WorkflowSpec {
            entrypoint: Some("berth"),
            service_account_name: Some(service_account.to_owned()),
            synchronization: Some(Synchronization { mutexes: vec![Mutex { name: mutex.to_owned() }] }),
            active_deadline_seconds: Some(workflow.active_deadline_seconds),
            ttl_strategy: Some(TtlStrategy { seconds_after_completion: workflow.ttl_seconds }),
            pod_gc: Some(PodGc { strategy: "OnWorkflowCompletion", delete_delay_duration: "600s" }),
            security_context: Some(PodSecurityContext {
                run_as_non_root: true,
                run_as_user: USER,
                fs_group: USER,
                seccomp_profile: SeccompProfile { profile_type: "RuntimeDefault" },
            }),
            templates,
            ..WorkflowSpec::default()
        }
    }
}

/// `[mirror/]repository[:tag][@digest]`. A mirror stands in for the registry's host.
pub(crate) fn image(image: &Image) -> String {
    let mut name = match &image.mirror {
        Some(mirror) => {
            let path = image.repository.split_once('/').map_or(image.repository.as_str(), |(_, path)| path);
            format!("{mirror}/{path}")
        }
        None => image.repository.clone(),
    };
    if let Some(tag) = &image.tag {
        name.push(':');
        name.push_str(tag);
    }
    if let Some(digest) = &image.digest {
        name.push('@');
        name.push_str(digest);
    }
    name
}
