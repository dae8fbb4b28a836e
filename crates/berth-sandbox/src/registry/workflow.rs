//! A Workflow as it stands: what was asked for, and what became of it.

use std::sync::Arc;

use serde_json::{Value, json};

use super::{Shutdown, Status, WorkflowPhase};
use crate::clock::Time;
use crate::kubectl::Selector;
use crate::workflow::Metadata;

#[derive(Clone, Debug)]
pub(crate) struct Workflow {
    pub(crate) metadata: Metadata,
    pub(crate) uid: String,
    pub(crate) revision: u64,
    pub(crate) generation: u64,
    pub(crate) created: Time,
    /// As it was sent.
    pub(crate) spec: Arc<Value>,
    pub(crate) shutdown: Option<Shutdown>,
    pub(crate) status: Status,
}

const PHASE: &str = "workflows.argoproj.io/phase";
const COMPLETED: &str = "workflows.argoproj.io/completed";

impl Workflow {
    /// Sets the phase with all that goes with it: times, labels, conditions.
    pub(crate) fn set_phase(&mut self, phase: WorkflowPhase, message: &str) {
        self.status.phase = Some(phase);
        message.clone_into(&mut self.status.message);
        if phase != WorkflowPhase::Pending {
            self.status.started_at.get_or_insert_with(Time::now);
        }
        let labels = &mut self.metadata.labels;
        labels.insert(PHASE.to_owned(), phase.to_string());
        labels.insert(COMPLETED.to_owned(), phase.is_completed().to_string());
        if phase.is_completed() {
            self.status.finished_at = Some(Time::now());
            self.status.synchronization = None;
            self.status.set_condition("Completed", true);
        }
    }

    pub(crate) fn matches(&self, selector: &Selector) -> bool {
        selector.matches_by(|key| self.metadata.labels.get(key).map(String::as_str))
    }

    /// As Argo Server gives it: without `kind` and `apiVersion`.
    pub(crate) fn to_json(&self) -> Value {
        self.to_json_with(Value::clone(&self.spec))
    }

    /// The same with another spec, such as the part of it that somebody wants: all manifests stand in it.
    pub(crate) fn to_json_with(&self, mut spec: Value) -> Value {
        if let (Some(strategy), Some(spec)) = (self.shutdown, spec.as_object_mut()) {
            spec.insert("shutdown".to_owned(), json!(strategy));
        }
        let metadata = &self.metadata;
        let metadata = json!({
            "name": metadata.name,
            "namespace": metadata.namespace,
            "uid": self.uid,
            "resourceVersion": self.revision.to_string(),
            "generation": self.generation,
            "creationTimestamp": self.created,
            "labels": metadata.labels,
            "annotations": metadata.annotations,
        });
        json!({"metadata": metadata, "spec": spec, "status": self.status})
    }
}
