//! One `kubectl` call, as data. `parse` makes it from a command line.

use std::time::Duration;

use super::{FieldPath, Selector};

/// One of the shapes of `kubectl` calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Call {
    /// `wait --for=delete KIND --selector=SEL [--namespace=N] --timeout=Ns`
    WaitForDelete {
        /// What to look at.
        kind: String,
        /// Which of them.
        selector: Selector,
        /// Where; `default` when left out.
        namespace: Option<String>,
        /// How long to wait.
        timeout: Duration,
    },
    /// `wait --for=jsonpath={PATH}=VALUE ...`, by selector or by name
    WaitForField {
        /// What to look at.
        target: Target,
        /// Where; `default` when left out.
        namespace: Option<String>,
        /// The field.
        path: FieldPath,
        /// What it must be, as text.
        value: String,
        /// How long to wait.
        timeout: Duration,
    },
    /// `apply --server-side --field-manager=berth [--force-conflicts=...] --filename=F`
    Apply {
        /// The file in the container.
        file: String,
    },
    /// `get --filename=F [--filename=F ...] --output=name`
    Get {
        /// The files in the container.
        files: Vec<String>,
    },
    /// `get KIND[,KIND ...] --selector=SEL [--namespace=N] --output=name`, or `--output=jsonpath=` and what tells the state
    /// of a namespace
    List {
        /// What to look at.
        kinds: Vec<String>,
        /// Which of them.
        selector: Selector,
        /// Where; `default` when left out.
        namespace: Option<String>,
        /// What is printed of each.
        output: ListOutput,
    },
    /// `delete --filename=F [--filename=F ...] --ignore-not-found [--wait=...] [--timeout=Ns]`
    DeleteFiles {
        /// The files in the container.
        files: Vec<String>,
        /// Whether to wait until all of it is gone.
        wait: bool,
        /// How long to wait; as long as it takes when left out.
        timeout: Option<Duration>,
    },
    /// `label KIND --selector=SEL [--namespace=N] LABEL-`
    Unlabel {
        /// What to look at.
        kind: String,
        /// Which of them.
        selector: Selector,
        /// Where; `default` when left out.
        namespace: Option<String>,
        /// The label that is taken off.
        label: String,
    },
    /// `delete KIND --selector=SEL [--field-selector=metadata.name=X] [--namespace=N] --ignore-not-found ...`
    Delete {
        /// What to delete.
        kind: String,
        /// Which of them.
        selector: Selector,
        /// Only the one of this name.
        name: Option<String>,
        /// Where; `default` when left out.
        namespace: Option<String>,
        /// Whether to wait until it is gone.
        wait: bool,
        /// How long to wait; as long as it takes when left out.
        timeout: Option<Duration>,
    },
}

/// What `get` prints of each object that a selector matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListOutput {
    /// Its kind and its name.
    Name,
    /// Name, phase and finalizers, and every condition that holds, a line each.
    State,
}

/// What a wait for a field looks at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// All objects of a kind that a selector matches.
    Matching {
        /// The kind.
        kind: String,
        /// Which of them.
        selector: Selector,
    },
    /// One object.
    Named {
        /// The kind.
        kind: String,
        /// Its name.
        name: String,
    },
}

impl Call {
    /// The files that the call reads.
    pub fn files(&self) -> &[String] {
        match self {
            Self::Apply { file } => std::slice::from_ref(file),
            Self::Get { files } | Self::DeleteFiles { files, .. } => files,
            _ => &[],
        }
    }
}
