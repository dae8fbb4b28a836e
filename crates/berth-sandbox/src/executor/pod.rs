//! A node that is a pod: the containers of a set, each as soon as what it depends on has ended.
//!
//! As in Argo all containers start with the pod and are `Running` while they wait for one another.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio::task::JoinSet;

use super::folder;
use super::ids::pod_name;
use super::interrupt::Interrupt;
use super::nodes::{Ended, Place, end_node};
use super::run::Run;
use crate::kubectl::Job;
use crate::registry::{NodePhase, NodeType, Outputs};
use crate::workflow::{Body, Container, ContainerSet, Template};

/// What Argo's executor ends with when it can't run the command itself.
const NOT_RUN: i32 = 64;

/// A pod at work.
struct Pod<'a> {
    run: &'a Arc<Run>,
    template: &'a Template,
    set: &'a ContainerSet,
    place: Place<'a>,
    /// The pod's own name.
    name: String,
    /// The codes of the containers that have ended, and what they say besides.
    ended: BTreeMap<&'a str, Exit>,
}

/// How a container has ended.
#[derive(Clone, Debug)]
struct Exit {
    /// The code of the container itself.
    code: i32,
    /// The code that those who depend on it see: behind a failed container, that one's.
    passed_on: i32,
    message: String,
}

impl Run {
    /// Runs a pod of a container set once.
    pub(super) async fn execute_pod(self: &Arc<Self>, template: &Template, place: Place<'_>) -> Ended {
        // INVARIANT: steps have no pod of their own; `execute_leaf` is only called for container sets.
        let Body::ContainerSet(set) = &template.body else { return Ended::new(NodePhase::Error, "") };
        self.add_node(&template.name, NodeType::Pod, NodePhase::Pending, place);
        if let Some(interrupt) = self.interrupt(place.on_exit) {
            return self.end_node(place.name, Ended::new(NodePhase::Failed, interrupt.before_start()));
        }
        let name = pod_name(self.name(), &template.name, place.name);
        let mut pod = Pod { run: self, template, set, place, name, ended: BTreeMap::new() };
        pod.add_containers();
        let folder = match folder::with_files(set).await {
            Ok(folder) => folder,
            Err(error) => return pod.fail(NodePhase::Error, &format!("can't write the artifacts: {error}")),
        };
        pod.start();
        let mut running = JoinSet::new();
        let finished = tokio::select! {
            finished = pod.work(&mut running, folder.path()) => Ok(finished),
            interrupt = self.interrupted(place.on_exit) => Err(interrupt),
        };
        // What still runs ends before anything else begins: the exit handler must not race it.
        running.shutdown().await;
        match finished {
            Ok(Finished::All) => pod.end(),
            Ok(Finished::Lost) => pod.lose(),
            Ok(Finished::Broken(error)) => pod.fail(NodePhase::Error, &error),
            Err(interrupt) => pod.fail(NodePhase::Failed, &interrupt.while_running()),
        }
    }

    /// Runs a container's command, as often as the set allows, and gives the last exit code.
    async fn run_container(&self, set: &ContainerSet, container: &Container, pod: &str, root: &Path) -> i32 {
        let log = |line: &str| self.executor.logs.add(&self.uid, pod, &container.name, line);
        let mut attempt = 1;
        loop {
            tokio::time::sleep(self.executor.step_delay).await;
            let code = if self.executor.faults.hit_step(&container.name) {
                log(&format!("error: `{}` fails on purpose (berth sandbox --fail)", container.name));
                1
            } else {
                let (arguments, call, home) = (&container.arguments[..], &container.call, &container.home);
                self.executor.backend.run(&Job { arguments, call, root, home, log: &log }).await
            };
            if code == 0 || attempt >= set.attempts {
                return code;
            }
            attempt += 1;
            tokio::time::sleep(set.pause).await;
        }
    }
}

enum Finished {
    All,
    /// The pod vanished, by a fault.
    Lost,
    /// The sandbox itself failed.
    Broken(String),
}

impl<'a> Pod<'a> {
    fn container_name(&self, container: &str) -> String {
        format!("{}.{container}", self.place.name)
    }

    fn container_id(&self, container: &str) -> String {
        self.run.node_id(&self.container_name(container))
    }

    /// Adds a node for each container, below what it depends on.
    fn add_containers(&self) {
        let boundary = self.run.node_id(self.place.name);
        self.run.update(|workflow| {
            for container in &self.set.containers {
                let name = self.container_name(&container.name);
                let place = Place { name: &name, boundary: &boundary, ..self.place };
                self.run.put_node(
                    workflow,
                    &self.template.name,
                    NodeType::Container,
                    NodePhase::Pending,
                    place,
                );
            }
            for container in &self.set.containers {
                let parents = container.dependencies.iter().map(|parent| self.container_id(parent));
                let parents: Vec<_> = if container.dependencies.is_empty() {
                    vec![boundary.clone()]
                } else {
                    parents.collect()
                };
                for parent in parents {
                    if let Some(node) = workflow.status.nodes.get_mut(&parent) {
                        node.children.push(self.container_id(&container.name));
                    }
                }
            }
        });
    }

    fn start(&self) {
        let ids: Vec<_> =
            self.set.containers.iter().map(|container| self.container_id(&container.name)).collect();
        let own = self.run.node_id(self.place.name);
        self.run.update(|workflow| {
            for id in ids.iter().chain([&own]) {
                if let Some(node) = workflow.status.nodes.get_mut(id) {
                    node.phase = NodePhase::Running;
                }
            }
            workflow.status.set_condition("PodRunning", true);
        });
    }

    /// Runs the containers until all have ended.
    async fn work(&mut self, running: &mut JoinSet<(usize, i32)>, root: &Path) -> Finished {
        let mut waiting: Vec<usize> = (0..self.set.containers.len()).collect();
        loop {
            self.release(&mut waiting, running, root);
            let Some(joined) = running.join_next().await else { return Finished::All };
            let (index, code) = match joined {
                Ok(ended) => ended,
                Err(error) => return Finished::Broken(error.to_string()),
            };
            let set = self.set;
            if let Some(container) = set.containers.get(index) {
                self.record(&container.name, Exit { code, passed_on: code, message: String::new() });
            }
            if self.ended.len() == 1 && self.run.executor.faults.hit_pod() {
                return Finished::Lost;
            }
        }
    }

    /// Starts what waits no more; what stands behind a failed container ends without having run.
    fn release(&mut self, waiting: &mut Vec<usize>, running: &mut JoinSet<(usize, i32)>, root: &Path) {
        let set = self.set;
        let mut changed = true;
        while changed {
            changed = false;
            waiting.retain(|index| {
                let Some(container) = set.containers.get(*index) else { return false };
                match self.readiness(container) {
                    Readiness::Waits => return true,
                    Readiness::Ready => self.spawn(*index, running, root.to_owned()),
                    Readiness::Behind { dependency, code } => {
                        let message =
                            format!("dependency \"{dependency}\" exited with non-zero code: {code}");
                        let logs = &self.run.executor.logs;
                        logs.add(&self.run.uid, &self.name, &container.name, &message);
                        self.record(&container.name, Exit { code: NOT_RUN, passed_on: code, message });
                    }
                }
                changed = true;
                false
            });
        }
    }

    /// A container looks at its dependencies one after the other, as Argo's executor does.
    fn readiness(&self, container: &'a Container) -> Readiness<'a> {
        for dependency in &container.dependencies {
            match self.ended.get(dependency.as_str()) {
                None => return Readiness::Waits,
                Some(Exit { passed_on: 0, .. }) => {}
                Some(Exit { passed_on: code, .. }) => return Readiness::Behind { dependency, code: *code },
            }
        }
        Readiness::Ready
    }

    fn spawn(&self, index: usize, running: &mut JoinSet<(usize, i32)>, root: PathBuf) {
        let (run, pod, template) = (Arc::clone(self.run), self.name.clone(), self.template.name.clone());
        running.spawn(async move {
            let body = run.program.templates.get(&template).map(|template| &template.body);
            let Some(Body::ContainerSet(set)) = body else { return (index, NOT_RUN) };
            let Some(container) = set.containers.get(index) else { return (index, NOT_RUN) };
            (index, run.run_container(set, container, &pod, &root).await)
        });
    }

    fn record(&mut self, container: &'a str, exit: Exit) {
        let id = self.container_id(container);
        let (phase, message) = match exit.code {
            0 => (NodePhase::Succeeded, String::new()),
            NOT_RUN => (NodePhase::Error, exit.text(container)),
            _ => (NodePhase::Failed, exit.text(container)),
        };
        self.run.update(|workflow| end_node(workflow, &id, phase, &message));
        self.ended.insert(container, exit);
    }

    /// All containers have ended. Of several bad ones the pod names the first in order of name.
    fn end(self) -> Ended {
        let bad = self.ended.iter().find(|(_, exit)| exit.code != 0);
        let ended = match bad {
            None => Ended::new(NodePhase::Succeeded, ""),
            Some((container, exit)) => {
                Ended::new(NodePhase::Failed, exit.text(container).trim_end_matches(": ").to_owned())
            }
        };
        let main = self.ended.get("main").map(|exit| Outputs { exit_code: exit.code.to_string() });
        let id = self.run.node_id(self.place.name);
        self.run.update(|workflow| {
            if let Some(node) = workflow.status.nodes.get_mut(&id) {
                node.outputs = main;
            }
            workflow.status.set_condition("PodRunning", false);
            end_node(workflow, &id, ended.phase, &ended.message);
        });
        ended
    }

    /// The pod is gone, and with it all that its containers had done counts as lost.
    fn lose(&self) -> Ended {
        let ids = self.set.containers.iter().map(|container| self.container_id(&container.name));
        let ids: Vec<_> = ids.collect();
        self.run.update(|workflow| {
            for id in &ids {
                end_node(workflow, id, NodePhase::Error, "container deleted");
            }
            workflow.status.set_condition("PodRunning", false);
        });
        self.run.end_node(self.place.name, Ended::new(NodePhase::Error, "pod deleted"))
    }

    /// The pod is ended from outside: it and all its containers that still ran say why.
    fn fail(&self, phase: NodePhase, message: &str) -> Ended {
        let open =
            self.set.containers.iter().filter(|container| !self.ended.contains_key(container.name.as_str()));
        let ids: Vec<_> = open.map(|container| self.container_id(&container.name)).collect();
        self.run.update(|workflow| {
            for id in &ids {
                end_node(workflow, id, phase, message);
            }
            workflow.status.set_condition("PodRunning", false);
        });
        self.run.end_node(self.place.name, Ended::new(phase, message))
    }
}

enum Readiness<'a> {
    Waits,
    Ready,
    Behind { dependency: &'a str, code: i32 },
}

impl Exit {
    fn text(&self, container: &str) -> String {
        format!("{container}: Error (exit code {}): {}", self.code, self.message)
    }
}

impl Interrupt {
    fn before_start(self) -> String {
        match self {
            Self::Shutdown(strategy) => format!("workflow shutdown with strategy: {strategy}"),
            Self::Deadline => "Step exceeded its deadline".to_owned(),
            Self::Deleted => String::new(),
        }
    }

    /// Argo has two blanks here.
    fn while_running(self) -> String {
        match self {
            Self::Shutdown(strategy) => format!("workflow shutdown with strategy:  {strategy}"),
            Self::Deadline | Self::Deleted => self.before_start(),
        }
    }
}
