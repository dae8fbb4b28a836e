//! A node of steps: groups one after the other, the steps of a group side by side.

use std::sync::Arc;

use tokio::task::JoinSet;

use super::nodes::{Ended, Place};
use super::run::Run;
use crate::registry::{NodeFlag, NodePhase, NodeType, WorkflowPhase};
use crate::workflow::{Step, Template};

impl Run {
    pub(super) async fn execute_steps(
        self: &Arc<Self>,
        template: &Template,
        groups: &[Vec<Step>],
        place: Place<'_>,
        status: WorkflowPhase,
    ) -> Ended {
        self.add_node(&template.name, NodeType::Steps, NodePhase::Running, place);
        let mut parents = vec![place.name.to_owned()];
        for (index, group) in groups.iter().enumerate() {
            let name = format!("{}[{index}]", place.name);
            let boundary = self.node_id(place.name);
            let group_place = Place {
                name: &name,
                boundary: &boundary,
                on_exit: place.on_exit,
                flag: Some(NodeFlag::default()),
            };
            self.add_node("", NodeType::StepGroup, NodePhase::Running, group_place);
            for parent in parents {
                self.add_child(&parent, &name);
            }
            let ended = self.execute_group(group, group_place, status).await;
            let ended = self.end_node(&name, ended);
            if ended.phase.is_bad() {
                return self.end_node(place.name, Ended::new(NodePhase::Failed, ended.message));
            }
            parents = group.iter().map(|step| format!("{name}.{}", step.name)).collect();
        }
        self.end_node(place.name, Ended::new(NodePhase::Succeeded, ""))
    }

    async fn execute_group(
        self: &Arc<Self>,
        group: &[Step],
        place: Place<'_>,
        status: WorkflowPhase,
    ) -> Ended {
        let mut running = JoinSet::new();
        for step in group {
            let name = format!("{}.{}", place.name, step.name);
            let when = step.when.as_ref().map(|when| when.with_status(&status.to_string()));
            if let Some(when) = when.filter(|when| !when.holds()) {
                let skipped = Place { name: &name, ..place };
                self.add_node(&step.template, NodeType::Skipped, NodePhase::Skipped, skipped);
                self.end_node(
                    &name,
                    Ended::new(NodePhase::Skipped, format!("when '{when}' evaluated false")),
                );
                self.add_child(place.name, &name);
                continue;
            }
            let (run, template) = (Arc::clone(self), step.template.clone());
            let (boundary, on_exit) = (place.boundary.to_owned(), place.on_exit);
            self.add_child(place.name, &name);
            running.spawn(async move {
                let place = Place { name: &name, boundary: &boundary, on_exit, flag: None };
                let bad = match run.program.templates.get(&template) {
                    Some(template) => run.execute_leaf(template, place).await.phase.is_bad(),
                    None => true,
                };
                bad.then(|| run.node_id(&name))
            });
        }
        let mut failed = Vec::new();
        while let Some(ended) = running.join_next().await {
            failed.extend(ended.ok().flatten());
        }
        // The group names the first bad child, in the order of its children.
        let names = group.iter().map(|step| self.node_id(&format!("{}.{}", place.name, step.name)));
        match names.into_iter().find(|id| failed.contains(id)) {
            Some(id) => Ended::new(NodePhase::Failed, format!("child '{id}' failed")),
            None => Ended::new(NodePhase::Succeeded, ""),
        }
    }
}
