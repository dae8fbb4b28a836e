//! The life of one Workflow: it waits for its locks, runs its main template, then the exit handler,
//! ends, and is forgotten.

use std::sync::Arc;
use std::sync::OnceLock;
use std::time::Duration;

use tokio::sync::watch;

use super::Executor;
use super::interrupt::Interrupt;
use super::locks::{Claim, Claimant};
use super::nodes::{Ended, Place};
use crate::clock::Time;
use crate::registry::{
    Control, Key, MutexHolding, NodeFlag, Shutdown, Synchronization, Workflow, WorkflowPhase,
};
use crate::workflow::{Body, Program, Template};

pub(super) struct Run {
    pub(super) executor: Arc<Executor>,
    key: Key,
    pub(super) uid: String,
    pub(super) program: Program,
    pub(super) control: watch::Receiver<Control>,
    started: OnceLock<Time>,
}

impl Run {
    pub(super) fn new(
        executor: Arc<Executor>,
        key: Key,
        uid: String,
        program: Program,
        control: watch::Receiver<Control>,
    ) -> Self {
        Self { executor, key, uid, program, control, started: OnceLock::new() }
    }

    pub(super) async fn live(self: Arc<Self>) {
        let claimant = Claimant { uid: self.uid.clone(), name: self.holder() };
        let claim = self.executor.locks.claim(&claimant, &self.program.mutexes);
        if self.wait_for_locks(&claim).await.is_some() {
            self.work().await;
        }
        drop(claim);
        self.be_forgotten().await;
    }

    async fn work(self: &Arc<Self>) {
        self.update(|workflow| {
            workflow.status.synchronization = self.holding();
            workflow.set_phase(WorkflowPhase::Running, "");
            workflow.status.set_condition("PodRunning", false);
        });
        let _ = self.started.set(Time::now());
        let main = Place { name: self.name(), boundary: "", on_exit: false, flag: None };
        let main = self.execute(&self.program.entrypoint, main).await;
        let exit_name = format!("{}.onExit", self.name());
        let mut exit = None;
        if let Some(template) = &self.program.on_exit {
            let spared = self.shutdown().is_none_or(|strategy| strategy.spares(true));
            if spared && !self.is_deleted() {
                let flag = Some(NodeFlag { hooked: true, retried: false });
                let place = Place { name: &exit_name, boundary: "", on_exit: true, flag };
                let status = main.phase.of_workflow();
                exit = Some(self.execute_with_status(template, place, status).await);
            }
        }
        self.finish(main, exit);
    }

    /// Argo's rules: a bad exit handler spoils a good Workflow; a Workflow that was told to stop says so.
    fn finish(&self, main: Ended, exit: Option<Ended>) {
        let (phase, message) = match (main.phase.of_workflow(), exit) {
            (WorkflowPhase::Succeeded, Some(exit)) if exit.phase.is_bad() => {
                (exit.phase.of_workflow(), exit.message)
            }
            (phase, _) => match self.shutdown() {
                Some(strategy) if main.phase.is_bad() => (phase, stopped(strategy)),
                _ => (phase, if phase == WorkflowPhase::Succeeded { String::new() } else { main.message }),
            },
        };
        self.update(|workflow| workflow.set_phase(phase, &message));
    }

    /// `None` when it ends here: the Workflow was terminated or deleted while it waited.
    async fn wait_for_locks(&self, claim: &Claim<'_>) -> Option<()> {
        let mut control = self.control.clone();
        loop {
            let released = self.executor.locks.released();
            tokio::pin!(released);
            released.as_mut().enable();
            let Err(busy) = claim.take() else { return Some(()) };
            let message = format!("Waiting for {} lock. Lock status: 0/1", busy.lock);
            let waiting = MutexHolding { mutex: busy.lock, holder: busy.holder };
            self.update(|workflow| {
                workflow.set_phase(WorkflowPhase::Pending, &message);
                workflow.status.synchronization = Some(Synchronization::waiting(vec![waiting]));
            });
            let given_up = |control: &Control| {
                matches!(control, Control::Deleted | Control::Shutdown(Shutdown::Terminate))
            };
            tokio::select! {
                () = released => {}
                told = control.wait_for(given_up) => {
                    if told.is_ok_and(|told| *told != Control::Deleted) {
                        let message = stopped(Shutdown::Terminate);
                        self.update(|workflow| workflow.set_phase(WorkflowPhase::Failed, &message));
                    }
                    return None;
                }
            }
        }
    }

    /// Waits as long as a finished Workflow stays, then deletes it.
    async fn be_forgotten(&self) {
        let own = self.executor.registry.get(&self.key).ok().filter(|workflow| workflow.uid == self.uid);
        let Some(workflow) = own else { return self.executor.logs.forget(&self.uid) };
        let after = match workflow.status.phase {
            Some(WorkflowPhase::Succeeded) => self.program.forget_after.success,
            _ => self.program.forget_after.failure,
        };
        let Some(after) = after else { return };
        let mut control = self.control.clone();
        tokio::select! {
            () = tokio::time::sleep(after) => {
                // An error means that somebody was faster.
                let _ = self.executor.registry.delete(&self.key, Some(&self.uid));
                self.executor.logs.forget(&self.uid);
            }
            _ = control.wait_for(|control| *control == Control::Deleted) => {}
        }
    }

    async fn execute(self: &Arc<Self>, template: &str, place: Place<'_>) -> Ended {
        self.execute_with_status(template, place, WorkflowPhase::Running).await
    }

    /// Runs a template; `status` is what steps can ask of the Workflow.
    async fn execute_with_status(
        self: &Arc<Self>,
        template: &str,
        place: Place<'_>,
        status: WorkflowPhase,
    ) -> Ended {
        // INVARIANT: `Program` holds every template that is named.
        let Some(template) = self.program.templates.get(template) else { return Ended::missing(template) };
        match &template.body {
            Body::Steps(groups) => self.execute_steps(template, groups, place, status).await,
            Body::ContainerSet(_) => self.execute_leaf(template, place).await,
        }
    }

    /// Runs a container set, as often as its retry strategy says.
    pub(super) async fn execute_leaf(self: &Arc<Self>, template: &Template, place: Place<'_>) -> Ended {
        match template.retry {
            Some(retry) => self.execute_with_retries(template, retry, place).await,
            None => self.execute_pod(template, place).await,
        }
    }

    pub(super) fn update(&self, change: impl FnOnce(&mut Workflow)) {
        self.executor.registry.update(&self.key, &self.uid, change);
    }

    pub(super) fn name(&self) -> &str {
        &self.key.name
    }

    /// What is left of the Workflow's time; `None` when it has no deadline.
    pub(super) fn until_deadline(&self) -> Option<Duration> {
        Some(self.started.get()?.remaining(self.program.active_deadline?))
    }

    pub(super) fn is_past_deadline(&self) -> bool {
        self.until_deadline().is_some_and(|left| left.is_zero())
    }

    /// The deadline as Argo's messages show it.
    pub(super) fn deadline_text(&self) -> String {
        let after = self.program.active_deadline.unwrap_or_default();
        self.started.get().map(|started| started.in_go_format(after)).unwrap_or_default()
    }

    fn is_deleted(&self) -> bool {
        self.interrupt(true) == Some(Interrupt::Deleted)
    }

    fn holder(&self) -> String {
        format!("{}/{}", self.key.namespace, self.key.name)
    }

    fn holding(&self) -> Option<Synchronization> {
        let held = self.program.mutexes.iter();
        let held: Vec<_> =
            held.map(|mutex| MutexHolding { mutex: mutex.clone(), holder: self.holder() }).collect();
        (!held.is_empty()).then(|| Synchronization::holding(held))
    }
}

/// What Argo says of what was stopped.
pub(super) fn stopped(strategy: Shutdown) -> String {
    format!("Stopped with strategy '{strategy}'")
}
