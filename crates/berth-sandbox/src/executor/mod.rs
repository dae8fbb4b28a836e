//! Runs Workflows as Argo's controller and executor do, one task for each.
//!
//! - [`Executor`]: what all runs share; starts one
//! - `run`: the life of one Workflow: locks, main template, exit handler, end, oblivion
//! - `retry`, `steps`, `pod`: the three kinds of nodes that do something
//! - `nodes`: how they are added and end
//! - `interrupt`: stop, terminate, deadline, deletion
//! - `locks`, `faults`, `folder`, `ids`: mutexes; failures on purpose; private folders; the names of nodes and pods

mod faults;
mod folder;
mod ids;
mod interrupt;
mod locks;
mod nodes;
mod pod;
mod retry;
mod run;
mod steps;

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{mpsc, watch};

use crate::config::Fault;
use crate::kubectl::Backend;
use crate::logs::LogBook;
use crate::registry::{Control, Key, Registry, Workflow};
use crate::workflow::Program;
use faults::Faults;
use locks::Locks;
use run::Run;

/// What all runs share.
#[derive(Debug)]
pub(crate) struct Executor {
    registry: Arc<Registry>,
    logs: Arc<LogBook>,
    backend: Backend,
    faults: Faults,
    locks: Locks,
    step_delay: Duration,
    /// True when the sandbox ends.
    ending: watch::Sender<bool>,
}

impl Executor {
    pub(crate) fn new(
        registry: Arc<Registry>,
        logs: Arc<LogBook>,
        backend: Backend,
        faults: Vec<Fault>,
        step_delay: Duration,
    ) -> Self {
        let (faults, locks, ending) = (Faults::new(faults), Locks::default(), watch::Sender::new(false));
        Self { registry, logs, backend, faults, locks, step_delay, ending }
    }

    /// Starts the run of a Workflow that was just created. `alive` is dropped when it has ended.
    pub(crate) fn launch(
        self: &Arc<Self>,
        workflow: &Workflow,
        program: Program,
        control: watch::Receiver<Control>,
        alive: mpsc::Sender<()>,
    ) {
        let key =
            Key { namespace: workflow.metadata.namespace.clone(), name: workflow.metadata.name.clone() };
        let run = Run::new(Arc::clone(self), key, workflow.uid.clone(), program, control);
        let mut ending = self.ending.subscribe();
        tokio::spawn(async move {
            tokio::select! {
                () = Arc::new(run).live() => {}
                _ = ending.wait_for(|ending| *ending) => {}
            }
            drop(alive);
        });
    }

    /// Ends all runs where they are.
    pub(crate) fn end(&self) {
        self.ending.send_replace(true);
    }
}
