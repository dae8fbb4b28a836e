//! What is known of each Workflow and WorkflowTemplate, and who hears of changes.
//!
//! INVARIANT: every change goes through [`Registry`], which numbers it and tells the watchers while it
//! holds the lock. So resource versions and events have one order. Nothing awaits while it is held.

mod phase;
mod status;
mod templates;
mod workflow;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::Value;
use tokio::sync::{broadcast, watch};

use crate::clock::Time;
use crate::ids;
use crate::kubectl::Selector;
use crate::workflow::Metadata;
pub(crate) use phase::{NodePhase, Shutdown, WorkflowPhase};
pub(crate) use status::{
    MutexHolding, Node, NodeFlag, NodeType, Outputs, Progress, Status, StoredSpec, Synchronization,
};
pub(crate) use workflow::Workflow;

/// How many events a slow watcher may lag behind before it is cut off.
const EVENTS_KEPT: usize = 1024;

/// Where a Workflow or WorkflowTemplate stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    pub(crate) namespace: String,
    pub(crate) name: String,
}

/// What the run of a Workflow is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Control {
    Run,
    Shutdown(Shutdown),
    /// The Workflow was deleted: all ends at once, nothing is rolled back.
    Deleted,
}

/// A change of a Workflow.
#[derive(Clone, Debug)]
pub(crate) struct Event {
    pub(crate) change: Change,
    pub(crate) workflow: Arc<Workflow>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    Added,
    Modified,
    Deleted,
}

/// Why a call on the registry is refused.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RegistryError {
    #[error("{resource}.argoproj.io \"{name}\" not found")]
    NotFound { resource: &'static str, name: String },
    #[error("{resource}.argoproj.io \"{name}\" already exists")]
    AlreadyExists { resource: &'static str, name: String },
    #[error("cannot shutdown a completed workflow: workflow: \"{name}\", namespace: \"{namespace}\"")]
    Completed { name: String, namespace: String },
    #[error(transparent)]
    Randomness(#[from] ids::NoRandomness),
}

#[derive(Debug)]
pub(crate) struct Registry {
    state: Mutex<State>,
    events: broadcast::Sender<Event>,
}

#[derive(Debug, Default)]
struct State {
    revision: u64,
    workflows: BTreeMap<Key, Entry>,
    templates: BTreeMap<Key, Value>,
}

#[derive(Debug)]
struct Entry {
    workflow: Arc<Workflow>,
    control: watch::Sender<Control>,
}

impl Default for Registry {
    fn default() -> Self {
        Self { state: Mutex::default(), events: broadcast::Sender::new(EVENTS_KEPT) }
    }
}

impl Registry {
    /// A new Workflow, and how its run will be told to stop.
    pub(crate) fn create(
        &self,
        metadata: Metadata,
        spec: Value,
        status: Status,
    ) -> Result<(Arc<Workflow>, watch::Receiver<Control>), RegistryError> {
        let mut state = self.lock();
        let key = Key { namespace: metadata.namespace.clone(), name: metadata.name.clone() };
        if state.workflows.contains_key(&key) {
            return Err(RegistryError::AlreadyExists { resource: "workflows", name: key.name });
        }
        let workflow = Workflow {
            metadata,
            uid: ids::uid()?,
            revision: state.next_revision(),
            generation: 1,
            created: Time::now(),
            spec: Arc::new(spec),
            shutdown: None,
            status,
        };
        let workflow = Arc::new(workflow);
        let (control, told) = watch::channel(Control::Run);
        state.workflows.insert(key, Entry { workflow: Arc::clone(&workflow), control });
        self.announce(Change::Added, &workflow);
        Ok((workflow, told))
    }

    /// Whether a Workflow of the name could be created now.
    pub(crate) fn check_free(&self, key: &Key) -> Result<(), RegistryError> {
        match self.get(key) {
            Ok(_) => Err(RegistryError::AlreadyExists { resource: "workflows", name: key.name.clone() }),
            Err(_) => Ok(()),
        }
    }

    pub(crate) fn get(&self, key: &Key) -> Result<Arc<Workflow>, RegistryError> {
        let state = self.lock();
        state
            .workflows
            .get(key)
            .map(|entry| Arc::clone(&entry.workflow))
            .ok_or_else(|| workflow_not_found(key))
    }

    /// The Workflows of a namespace in order of name, and the revision at which this was true.
    pub(crate) fn list(&self, namespace: &str, selector: &Selector) -> (Vec<Arc<Workflow>>, u64) {
        let state = self.lock();
        let in_namespace = state.workflows.iter().filter(|(key, _)| key.namespace == namespace);
        let workflows = in_namespace.map(|(_, entry)| Arc::clone(&entry.workflow));
        (workflows.filter(|workflow| workflow.matches(selector)).collect(), state.revision)
    }

    /// Everything that stands in a namespace now, and every change after that.
    pub(crate) fn watch(&self, namespace: &str) -> (Vec<Arc<Workflow>>, broadcast::Receiver<Event>) {
        let state = self.lock();
        let in_namespace = state.workflows.iter().filter(|(key, _)| key.namespace == namespace);
        let workflows = in_namespace.map(|(_, entry)| Arc::clone(&entry.workflow)).collect();
        (workflows, self.events.subscribe())
    }

    /// Changes a Workflow of this very uid; without effect when it is gone.
    pub(crate) fn update(&self, key: &Key, uid: &str, change: impl FnOnce(&mut Workflow)) {
        let mut state = self.lock();
        let revision = state.revision + 1;
        let Some(entry) = state.workflows.get_mut(key).filter(|entry| entry.workflow.uid == uid) else {
            return;
        };
        let workflow = Arc::make_mut(&mut entry.workflow);
        change(workflow);
        workflow.status.count_progress();
        workflow.revision = revision;
        let workflow = Arc::clone(&entry.workflow);
        state.revision = revision;
        self.announce(Change::Modified, &workflow);
    }

    /// Tells a Workflow to stop or terminate; the later word counts.
    pub(crate) fn shut_down(&self, key: &Key, strategy: Shutdown) -> Result<Arc<Workflow>, RegistryError> {
        let mut state = self.lock();
        let revision = state.revision + 1;
        let entry = state.workflows.get_mut(key).ok_or_else(|| workflow_not_found(key))?;
        if entry.workflow.status.finished_at.is_some() {
            return Err(RegistryError::Completed {
                name: key.name.clone(),
                namespace: key.namespace.clone(),
            });
        }
        if entry.workflow.shutdown == Some(strategy) {
            return Ok(Arc::clone(&entry.workflow));
        }
        let workflow = Arc::make_mut(&mut entry.workflow);
        workflow.shutdown = Some(strategy);
        workflow.generation += 1;
        workflow.revision = revision;
        entry.control.send_replace(Control::Shutdown(strategy));
        let workflow = Arc::clone(&entry.workflow);
        state.revision = revision;
        self.announce(Change::Modified, &workflow);
        Ok(workflow)
    }

    /// Deletes a Workflow (where a uid is given only that very one) and ends its run.
    pub(crate) fn delete(&self, key: &Key, uid: Option<&str>) -> Result<Arc<Workflow>, RegistryError> {
        let mut state = self.lock();
        let standing = state.workflows.get(key).map(|entry| entry.workflow.uid.as_str());
        if uid.is_some() && uid != standing {
            return Err(workflow_not_found(key));
        }
        let entry = state.workflows.remove(key).ok_or_else(|| workflow_not_found(key))?;
        entry.control.send_replace(Control::Deleted);
        let mut workflow = entry.workflow;
        Arc::make_mut(&mut workflow).revision = state.next_revision();
        self.announce(Change::Deleted, &workflow);
        Ok(workflow)
    }

    /// An error only means that nobody watches.
    fn announce(&self, change: Change, workflow: &Arc<Workflow>) {
        let _ = self.events.send(Event { change, workflow: Arc::clone(workflow) });
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn next_revision(&mut self) -> u64 {
        self.revision += 1;
        self.revision
    }
}

fn workflow_not_found(key: &Key) -> RegistryError {
    RegistryError::NotFound { resource: "workflows", name: key.name.clone() }
}
