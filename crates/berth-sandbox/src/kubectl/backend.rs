//! Who runs a call: the cluster in memory, or the real `kubectl`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Call, Kubectl, on_store};
use crate::store::Store;

/// Where the calls of all Workflows go.
#[derive(Debug)]
pub(crate) enum Backend {
    Store(Arc<Store>),
    Kubectl(Kubectl),
}

/// One call at work, in the private folder of its Workflow.
pub(crate) struct Job<'a> {
    pub(crate) arguments: &'a [String],
    pub(crate) call: &'a Call,
    /// The folder that stands for the root of the pod's volumes.
    pub(crate) root: &'a Path,
    /// The container's HOME.
    pub(crate) home: &'a str,
    /// Takes each line that the call prints.
    pub(crate) log: &'a (dyn Fn(&str) + Send + Sync),
}

impl Backend {
    /// Runs a call to its end and gives its exit code. Dropping the future ends the call.
    pub(crate) async fn run(&self, job: &Job<'_>) -> i32 {
        match self {
            Self::Store(store) => on_store::run(store, job).await,
            Self::Kubectl(kubectl) => kubectl.run(job).await,
        }
    }
}

impl Job<'_> {
    /// Where a path of the container lies on this machine. Paths were checked to be absolute and plain.
    pub(crate) fn local(&self, path: &str) -> PathBuf {
        self.root.join(path.trim_start_matches('/'))
    }
}
