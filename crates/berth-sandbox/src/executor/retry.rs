//! A node that runs a pod again when it has ended badly, as its retry strategy says.

use std::sync::Arc;

use super::nodes::{Ended, Place};
use super::run::{Run, stopped};
use crate::registry::{NodeFlag, NodePhase, NodeType};
use crate::workflow::{Retry, RetryPolicy, Template};

impl Run {
    pub(super) async fn execute_with_retries(
        self: &Arc<Self>,
        template: &Template,
        retry: Retry,
        place: Place<'_>,
    ) -> Ended {
        self.add_node(&template.name, NodeType::Retry, NodePhase::Running, place);
        let flag = Some(NodeFlag { retried: true, ..place.flag.unwrap_or_default() });
        let mut attempt = 0;
        loop {
            let name = format!("{}({attempt})", place.name);
            self.add_child(place.name, &name);
            let pod = self.execute_pod(template, Place { name: &name, flag, ..place }).await;
            if let Some(end) = self.is_enough(retry, attempt, pod) {
                return self.end_node(place.name, end);
            }
            attempt += 1;
        }
    }

    /// How the node ends, unless it tries again.
    fn is_enough(&self, retry: Retry, attempt: u32, pod: Ended) -> Option<Ended> {
        let message = if !pod.phase.is_bad() {
            String::new()
        } else if let Some(strategy) = self.shutdown() {
            stopped(strategy)
        } else if self.is_past_deadline() {
            format!("retry exceeded workflow deadline {}", self.deadline_text())
        } else if !retry.policy.covers(pod.phase) {
            pod.message
        } else if attempt >= retry.limit {
            "No more retries left".to_owned()
        } else {
            return None;
        };
        Some(Ended::new(pod.phase, message))
    }
}

impl RetryPolicy {
    fn covers(self, phase: NodePhase) -> bool {
        match self {
            Self::Always => true,
            Self::OnError => phase == NodePhase::Error,
            Self::OnFailure => phase == NodePhase::Failed,
        }
    }
}
