//! `workflow-events`: what stands, and every change after that.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::{Value, json};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use super::App;
use super::answer::{ApiError, Code};
use super::fields::Fields;
use super::query::{Query, Raw};
use super::stream::{Framing, Gone, Sender};
use crate::kubectl::Selector;
use crate::registry::{Change, Event, Key, Workflow};

/// What a watcher wants to hear of.
struct Wanted {
    namespace: String,
    name: Option<String>,
    selector: Selector,
    /// Only what is newer.
    after: u64,
    fields: Fields,
}

pub(super) async fn watch(
    State(app): State<Arc<App>>,
    Path(namespace): Path<String>,
    headers: HeaderMap,
    raw: Raw,
) -> Response {
    let framing = Framing::of(&headers);
    let wanted = match wanted(&app, namespace, Query::new(raw)) {
        Ok(wanted) => wanted,
        Err(error) => return framing.error(error),
    };
    let (standing, events) = app.registry.watch(&wanted.namespace);
    framing.respond(|sender| send(sender, wanted, standing, events))
}

fn wanted(app: &App, namespace: String, mut query: Query) -> Result<Wanted, ApiError> {
    let (fields, selector) = (query.fields(), query.selector()?);
    let after = query.number("listOptions.resourceVersion")?;
    let name = match query.take("listOptions.fieldSelector") {
        None => None,
        Some(text) => {
            let name = text.strip_prefix("metadata.name=").filter(|name| !name.contains([',', '=', '!']));
            let message =
                format!("berth sandbox knows the field selector `metadata.name=...` only, not `{text}`");
            Some(name.ok_or_else(|| ApiError::new(Code::InvalidArgument, message))?.to_owned())
        }
    };
    query.end()?;
    // As in Argo a watch of one Workflow that is not there is an error.
    if let Some(name) = &name {
        app.registry.get(&Key { namespace: namespace.clone(), name: name.clone() })?;
    }
    Ok(Wanted { namespace, name, selector, after, fields })
}

async fn send(
    sender: Sender,
    wanted: Wanted,
    standing: Vec<Arc<Workflow>>,
    mut events: Receiver<Event>,
) -> Result<(), Gone> {
    // What the watcher knows of; a Workflow whose labels no longer match is gone for it.
    let mut known = BTreeSet::new();
    for workflow in standing {
        if wanted.covers(&workflow) {
            known.insert(workflow.uid.clone());
            if workflow.revision > wanted.after {
                sender.send(wanted.show("ADDED", &workflow)).await?;
            }
        }
    }
    loop {
        match events.recv().await {
            Ok(Event { change, workflow }) => {
                let matches = wanted.covers(&workflow) && change != Change::Deleted;
                let was_known = known.contains(&workflow.uid);
                let kind = match (matches, was_known) {
                    (true, true) => "MODIFIED",
                    (true, false) => "ADDED",
                    (false, true) => "DELETED",
                    (false, false) => continue,
                };
                if matches {
                    known.insert(workflow.uid.clone());
                } else {
                    known.remove(&workflow.uid);
                }
                sender.send(wanted.show(kind, &workflow)).await?;
            }
            // Argo ends the stream so, too; the client watches again.
            Err(RecvError::Lagged(_)) => {
                return sender.send_error(ApiError::new(Code::ResourceExhausted, "EOF")).await;
            }
            Err(RecvError::Closed) => return Ok(()),
        }
    }
}

impl Wanted {
    fn covers(&self, workflow: &Workflow) -> bool {
        workflow.metadata.namespace == self.namespace
            && self.name.as_ref().is_none_or(|name| *name == workflow.metadata.name)
            && workflow.matches(&self.selector)
    }

    fn show(&self, kind: &str, workflow: &Workflow) -> Value {
        let event =
            json!({"result": {"type": kind, "object": self.fields.of_workflow("result.object", workflow)}});
        self.fields.of(event).get_mut("result").map(Value::take).unwrap_or_default()
    }
}
