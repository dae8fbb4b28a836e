//! What the steps of all Workflows printed.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

use crate::clock::Time;

/// How much of one Workflow is kept, in bytes.
const KEPT: usize = 4 << 20;

#[derive(Debug)]
pub(crate) struct LogBook {
    /// By the uid of the Workflow.
    of: Mutex<BTreeMap<String, Printed>>,
    /// How many lines there have been; whoever follows looks again when it changes.
    changed: watch::Sender<u64>,
}

#[derive(Debug, Default)]
struct Printed {
    lines: Vec<Arc<Line>>,
    bytes: usize,
    full: bool,
}

/// One line of one container.
#[derive(Debug)]
pub(crate) struct Line {
    pub(crate) time: Time,
    pub(crate) pod: String,
    pub(crate) container: String,
    pub(crate) text: String,
}

impl Default for LogBook {
    fn default() -> Self {
        Self { of: Mutex::default(), changed: watch::Sender::new(0) }
    }
}

impl LogBook {
    /// Adds a line; without effect when the Workflow has printed too much already.
    pub(crate) fn add(&self, uid: &str, pod: &str, container: &str, text: &str) {
        let mut book = self.lock();
        let printed = book.entry(uid.to_owned()).or_default();
        if printed.full {
            return;
        }
        printed.bytes += text.len();
        printed.full = printed.bytes > KEPT;
        let text =
            if printed.full { "berth sandbox keeps no more of what this workflow prints" } else { text };
        let line = Line {
            time: Time::now(),
            pod: pod.to_owned(),
            container: container.to_owned(),
            text: text.to_owned(),
        };
        printed.lines.push(Arc::new(line));
        self.changed.send_modify(|count| *count += 1);
    }

    /// The lines of a Workflow from the given one on.
    pub(crate) fn from(&self, uid: &str, start: usize) -> Vec<Arc<Line>> {
        let book = self.lock();
        book.get(uid).map(|printed| printed.lines.iter().skip(start).cloned().collect()).unwrap_or_default()
    }

    /// Hears of every new line.
    pub(crate) fn changes(&self) -> watch::Receiver<u64> {
        self.changed.subscribe()
    }

    /// Forgets what a Workflow printed.
    pub(crate) fn forget(&self, uid: &str) {
        self.lock().remove(uid);
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Printed>> {
        self.of.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
