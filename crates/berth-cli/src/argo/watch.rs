//! Every change of one Workflow until it has ended: by its events, and by asking again when they fail.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

use super::events::Event;
use super::{Argo, ArgoError, Run};

/// How long to wait before asking again.
const PAUSE: Duration = Duration::from_secs(1);
/// How often in a row nobody may answer.
const PATIENCE: u32 = 30;

/// Watches a Workflow. The last message is its end, or why it can't be watched any more.
pub(crate) fn watch(argo: &Argo, namespace: &str, name: &str) -> Receiver<Result<Run, ArgoError>> {
    let (sender, receiver) = channel();
    let (argo, namespace, name) = (argo.clone(), namespace.to_owned(), name.to_owned());
    thread::spawn(move || {
        // An error means that nobody listens any more.
        let _ = Watcher { argo, namespace, name, sender }.run();
    });
    receiver
}

/// Waits until a Workflow has ended.
pub(crate) fn wait(argo: &Argo, namespace: &str, name: &str) -> Result<Run, ArgoError> {
    let mut last = Run::default();
    for update in watch(argo, namespace, name) {
        last = update?;
    }
    Ok(last)
}

struct Watcher {
    argo: Argo,
    namespace: String,
    name: String,
    sender: Sender<Result<Run, ArgoError>>,
}

/// Nothing more is to be watched.
struct Done;

impl Watcher {
    fn run(&self) -> Result<(), Done> {
        let mut failures = 0;
        loop {
            match self.look() {
                Ok(run) => {
                    failures = 0;
                    self.tell(run)?;
                }
                Err(error) => {
                    failures += 1;
                    if error.is_lasting() || failures > PATIENCE {
                        return self.sender.send(Err(error)).map_err(|_| Done);
                    }
                }
            }
            if let Ok(events) = self.argo.events(&self.namespace, &self.name) {
                for event in events {
                    match event {
                        Event::Stands(workflow) => self.tell(Run::new(&workflow))?,
                        Event::Deleted => break,
                    }
                }
            }
            thread::sleep(PAUSE);
        }
    }

    fn look(&self) -> Result<Run, ArgoError> {
        Ok(Run::new(&self.argo.get(&self.namespace, &self.name)?))
    }

    fn tell(&self, run: Run) -> Result<(), Done> {
        let has_ended = run.has_ended();
        self.sender.send(Ok(run)).map_err(|_| Done)?;
        if has_ended { Err(Done) } else { Ok(()) }
    }
}
