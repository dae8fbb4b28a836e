//! Failures on purpose: how often each step still fails.

use std::sync::{Mutex, PoisonError};

use crate::config::{Fault, FaultTarget};

#[derive(Debug)]
pub(super) struct Faults(Mutex<Vec<Fault>>);

impl Faults {
    pub(super) fn new(faults: Vec<Fault>) -> Self {
        Self(Mutex::new(faults))
    }

    /// Whether this attempt of a step is to fail.
    pub(super) fn hit_step(&self, step: &str) -> bool {
        self.hit(|target| matches!(target, FaultTarget::Step(name) if name == step))
    }

    /// Whether this pod is to be lost.
    pub(super) fn hit_pod(&self) -> bool {
        self.hit(|target| *target == FaultTarget::Pod)
    }

    fn hit(&self, is_target: impl Fn(&FaultTarget) -> bool) -> bool {
        let mut faults = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(fault) = faults.iter_mut().find(|fault| fault.times > 0 && is_target(&fault.target)) else {
            return false;
        };
        fault.times -= 1;
        true
    }
}
