//! What ends the work of a pod before it is done.

use super::run::Run;
use crate::registry::{Control, Shutdown};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Interrupt {
    Shutdown(Shutdown),
    Deadline,
    /// The Workflow is gone; there is nothing left to report to.
    Deleted,
}

impl Run {
    /// What already stands in the way of a pod.
    pub(super) fn interrupt(&self, on_exit: bool) -> Option<Interrupt> {
        applies(*self.control.borrow(), on_exit)
            .or_else(|| (!on_exit && self.is_past_deadline()).then_some(Interrupt::Deadline))
    }

    /// Ends when something stands in the way of a pod. The exit handler has no deadline.
    pub(super) async fn interrupted(&self, on_exit: bool) -> Interrupt {
        let mut control = self.control.clone();
        let deadline = async {
            match self.until_deadline() {
                Some(left) if !on_exit => tokio::time::sleep(left).await,
                _ => std::future::pending().await,
            }
        };
        tokio::select! {
            told = control.wait_for(|control| applies(*control, on_exit).is_some()) => {
                told.ok().and_then(|control| applies(*control, on_exit)).unwrap_or(Interrupt::Deleted)
            }
            () = deadline => Interrupt::Deadline,
        }
    }

    /// How the Workflow was told to end, if it was.
    pub(super) fn shutdown(&self) -> Option<Shutdown> {
        match *self.control.borrow() {
            Control::Shutdown(strategy) => Some(strategy),
            Control::Run | Control::Deleted => None,
        }
    }
}

fn applies(control: Control, on_exit: bool) -> Option<Interrupt> {
    match control {
        Control::Run => None,
        Control::Deleted => Some(Interrupt::Deleted),
        Control::Shutdown(strategy) => (!strategy.spares(on_exit)).then_some(Interrupt::Shutdown(strategy)),
    }
}
