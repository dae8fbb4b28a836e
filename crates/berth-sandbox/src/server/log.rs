//! What the steps of a Workflow printed, line by line.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::json;

use super::App;
use super::answer::ApiError;
use super::query::{Query, Raw};
use super::stream::{Framing, Gone, Sender};
use crate::registry::{Key, Workflow};

struct Wanted {
    pod: Option<String>,
    container: Option<String>,
    follow: bool,
    timestamps: bool,
}

pub(super) async fn log(
    State(app): State<Arc<App>>,
    Path((namespace, name)): Path<(String, String)>,
    headers: HeaderMap,
    raw: Raw,
) -> Response {
    let framing = Framing::of(&headers);
    let key = Key { namespace, name };
    let found = wanted(Query::new(raw)).and_then(|wanted| Ok((wanted, app.registry.get(&key)?)));
    match found {
        Ok((wanted, workflow)) => framing.respond(|sender| send(sender, app, key, workflow, wanted)),
        Err(error) => framing.error(error),
    }
}

fn wanted(mut query: Query) -> Result<Wanted, ApiError> {
    let (pod, container) = (query.take("podName"), query.take("logOptions.container"));
    let (follow, timestamps) = (query.flag("logOptions.follow")?, query.flag("logOptions.timestamps")?);
    query.end()?;
    Ok(Wanted { pod, container, follow, timestamps })
}

async fn send(
    sender: Sender,
    app: Arc<App>,
    key: Key,
    workflow: Arc<Workflow>,
    wanted: Wanted,
) -> Result<(), Gone> {
    let mut changes = app.logs.changes();
    let (_, mut events) = app.registry.watch(&key.namespace);
    let mut next = 0;
    loop {
        changes.mark_unchanged();
        // Looked at before the lines, so that the last lines are not missed.
        let goes_on = wanted.follow && is_running(&app, &key, &workflow.uid);
        for line in app.logs.from(&workflow.uid, next) {
            next += 1;
            if wanted.covers(&line.pod, &line.container) {
                let content = if wanted.timestamps {
                    format!("{} {}", line.time, line.text)
                } else {
                    line.text.clone()
                };
                sender.send(json!({"content": content, "podName": line.pod})).await?;
            }
        }
        if !goes_on {
            return Ok(());
        }
        tokio::select! {
            _ = changes.changed() => {}
            _ = events.recv() => {}
        }
    }
}

fn is_running(app: &App, key: &Key, uid: &str) -> bool {
    let same = app.registry.get(key).ok().filter(|workflow| workflow.uid == uid);
    same.is_some_and(|workflow| workflow.status.finished_at.is_none())
}

impl Wanted {
    /// The containers of a pod are never mixed: as in Argo there are no lines without a container.
    fn covers(&self, pod: &str, container: &str) -> bool {
        self.pod.as_ref().is_none_or(|wanted| wanted == pod) && self.container.as_deref() == Some(container)
    }
}
