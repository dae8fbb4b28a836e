//! Workflows: create, lint, get, list, stop, terminate, delete.

use std::sync::Arc;

use axum::Json;
use axum::body::Body;
use axum::extract::{Path, State};
use serde::Deserialize;
use serde_json::{Value, json};

use super::App;
use super::answer::{ApiError, Code};
use super::body;
use super::query::{NoQuery, Query, Raw};
use crate::registry::{Key, Shutdown, Status, StoredSpec};
use crate::workflow::{self, Compiled};

type Answer = Result<Json<Value>, ApiError>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct CreateRequest {
    workflow: Option<Value>,
    #[serde(default)]
    server_dry_run: bool,
    #[serde(default)]
    create_options: CreateOptions,
    /// Also in the path, which counts.
    #[serde(rename = "namespace", default)]
    _namespace: String,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase", default)]
struct CreateOptions {
    dry_run: Vec<String>,
}

pub(super) async fn create(
    State(app): State<Arc<App>>,
    Path(namespace): Path<String>,
    _: NoQuery,
    body: Body,
) -> Answer {
    let request: CreateRequest = body::read(body).await?;
    let Some(document) = request.workflow else {
        return Err(ApiError::new(Code::InvalidArgument, "workflow body not specified"));
    };
    let compiled = compile(&app, &document, &namespace)?;
    if !request.create_options.dry_run.is_empty() {
        return Ok(Json(with_namespace(document, &namespace)));
    }
    let spec = document.get("spec").cloned().unwrap_or_default();
    let Compiled { metadata, program, stored_spec } = compiled;
    if request.server_dry_run {
        app.registry.check_free(&Key { namespace, name: metadata.name.clone() })?;
        return Ok(Json(with_namespace(document, &metadata.namespace)));
    }
    let status =
        Status { stored_spec: stored_spec.map(|spec| StoredSpec(Arc::new(spec))), ..Status::default() };
    let (created, control) = app.registry.create(metadata, spec, status)?;
    app.executor.launch(&created, program, control, app.alive.clone());
    Ok(Json(created.to_json()))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LintRequest {
    workflow: Option<Value>,
    #[serde(rename = "namespace", default)]
    _namespace: String,
}

/// As in Argo what is wrong comes as code 2 with the status 500.
pub(super) async fn lint(
    State(app): State<Arc<App>>,
    Path(namespace): Path<String>,
    _: NoQuery,
    body: Body,
) -> Answer {
    let request: LintRequest = body::read(body).await?;
    let Some(document) = request.workflow else {
        return Err(ApiError::new(Code::Unknown, "unable to get a workflow"));
    };
    match compile(&app, &document, &namespace) {
        Ok(_) => Ok(Json(document)),
        Err(error) => Err(error.into_unknown()),
    }
}

fn compile(app: &App, document: &Value, namespace: &str) -> Result<Compiled, ApiError> {
    let template = match workflow::reference::template_name(document) {
        Some(name) => {
            Some(app.registry.template(&Key { namespace: namespace.to_owned(), name: name.to_owned() })?)
        }
        None => None,
    };
    Ok(workflow::compile(document, namespace, template.as_ref())?)
}

/// A dry run gives back what was sent, with the namespace in it.
fn with_namespace(mut document: Value, namespace: &str) -> Value {
    if let Some(metadata) = document.get_mut("metadata").and_then(Value::as_object_mut) {
        metadata.insert("namespace".to_owned(), json!(namespace));
    }
    document
}

pub(super) async fn get(
    State(app): State<Arc<App>>,
    Path((namespace, name)): Path<(String, String)>,
    raw: Raw,
) -> Answer {
    let mut query = Query::new(raw);
    let fields = query.fields();
    query.end()?;
    let workflow = app.registry.get(&Key { namespace, name })?;
    Ok(Json(fields.of(fields.of_workflow("", &workflow))))
}

/// Pages are cut by offset. As in Argo without an archive a page tells of the next one only when it was
/// asked to count what remains.
pub(super) async fn list(State(app): State<Arc<App>>, Path(namespace): Path<String>, raw: Raw) -> Answer {
    let mut query = Query::new(raw);
    let (fields, selector) = (query.fields(), query.selector()?);
    let limit: usize = query.number("listOptions.limit")?;
    let start: usize = query.number("listOptions.continue")?;
    let counts = match query.take("listOptions.fieldSelector").as_deref() {
        None | Some("ext.showRemainingItemCount=false") => false,
        Some("ext.showRemainingItemCount=true") => true,
        Some(other) => {
            let message = format!("berth sandbox does not know the field selector `{other}` of this call");
            return Err(ApiError::new(Code::InvalidArgument, message));
        }
    };
    query.end()?;
    let (workflows, revision) = app.registry.list(&namespace, &selector);
    let limit = if limit == 0 { usize::MAX } else { limit };
    let page = workflows.iter().skip(start).take(limit);
    let items: Vec<_> = page.map(|workflow| fields.of_workflow("items", workflow)).collect();
    let next = start.saturating_add(items.len());
    let remaining = workflows.len().saturating_sub(next);
    let revision = revision.to_string();
    let metadata = match (counts, remaining) {
        (false, _) => json!({"resourceVersion": revision}),
        (true, 0) => json!({"resourceVersion": revision, "remainingItemCount": 0}),
        (true, _) => {
            json!({"resourceVersion": revision, "remainingItemCount": remaining, "continue": next.to_string()})
        }
    };
    // Go's nil slice.
    let items = if items.is_empty() { Value::Null } else { Value::Array(items) };
    Ok(Json(fields.of(json!({"metadata": metadata, "items": items}))))
}

pub(super) async fn delete(
    State(app): State<Arc<App>>,
    Path((namespace, name)): Path<(String, String)>,
    _: NoQuery,
) -> Answer {
    let deleted = app.registry.delete(&Key { namespace, name }, None)?;
    app.logs.forget(&deleted.uid);
    Ok(Json(json!({})))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StopRequest {
    #[serde(rename = "namespace", default)]
    _namespace: String,
    #[serde(rename = "name", default)]
    _name: String,
}

pub(super) async fn stop(
    app: State<Arc<App>>,
    path: Path<(String, String)>,
    _: NoQuery,
    body: Body,
) -> Answer {
    shut_down(app, path, body, Shutdown::Stop).await
}

pub(super) async fn terminate(
    app: State<Arc<App>>,
    path: Path<(String, String)>,
    _: NoQuery,
    body: Body,
) -> Answer {
    shut_down(app, path, body, Shutdown::Terminate).await
}

async fn shut_down(
    State(app): State<Arc<App>>,
    Path((namespace, name)): Path<(String, String)>,
    body: Body,
    strategy: Shutdown,
) -> Answer {
    let StopRequest { .. } = body::read(body).await?;
    let workflow = app.registry.shut_down(&Key { namespace, name }, strategy)?;
    Ok(Json(workflow.to_json()))
}
