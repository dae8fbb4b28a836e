//! A Workflow that was understood: all that is left to do is to run it.

use std::collections::BTreeMap;
use std::time::Duration;

use super::When;
use crate::kubectl::Call;

/// Everything that a run needs; references are resolved, parameters are in, commands are parsed.
#[derive(Debug)]
pub(crate) struct Program {
    pub(crate) entrypoint: String,
    pub(crate) on_exit: Option<String>,
    /// INVARIANT: every name that `entrypoint`, `on_exit` or a step mentions is in here.
    pub(crate) templates: BTreeMap<String, Template>,
    /// The full names, `<namespace>/Mutex/<name>`, in the order in which they are written.
    pub(crate) mutexes: Vec<String>,
    pub(crate) active_deadline: Option<Duration>,
    pub(crate) forget_after: ForgetAfter,
}

/// How long a Workflow that has ended stays; `None` stands for as long as the sandbox runs.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct ForgetAfter {
    pub(crate) success: Option<Duration>,
    pub(crate) failure: Option<Duration>,
}

#[derive(Debug)]
pub(crate) struct Template {
    pub(crate) name: String,
    pub(crate) retry: Option<Retry>,
    pub(crate) body: Body,
}

#[derive(Debug)]
pub(crate) enum Body {
    ContainerSet(ContainerSet),
    /// Groups, one after the other; the steps of a group run side by side.
    Steps(Vec<Vec<Step>>),
}

/// What is tried again when a whole pod has ended badly.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Retry {
    /// How many more attempts.
    pub(crate) limit: u32,
    pub(crate) policy: RetryPolicy,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RetryPolicy {
    Always,
    OnError,
    OnFailure,
}

#[derive(Debug)]
pub(crate) struct ContainerSet {
    /// Paths in the container, and what stands there.
    pub(crate) files: BTreeMap<String, String>,
    /// How often a command is run at most: at least once.
    pub(crate) attempts: u32,
    /// The time between two attempts.
    pub(crate) pause: Duration,
    /// In the order in which they are written. INVARIANT: dependencies name containers of this list and
    /// make no cycle.
    pub(crate) containers: Vec<Container>,
}

#[derive(Debug)]
pub(crate) struct Container {
    pub(crate) name: String,
    pub(crate) dependencies: Vec<String>,
    /// The arguments of `kubectl`.
    pub(crate) arguments: Vec<String>,
    /// The same, understood.
    pub(crate) call: Call,
    pub(crate) home: String,
}

#[derive(Debug)]
pub(crate) struct Step {
    pub(crate) name: String,
    pub(crate) template: String,
    pub(crate) when: Option<When>,
}
