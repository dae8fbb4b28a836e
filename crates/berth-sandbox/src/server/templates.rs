//! WorkflowTemplates: create, get, list, replace, delete.

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
use crate::registry::Key;
use crate::workflow::{self, Metadata};

type Answer = Result<Json<Value>, ApiError>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct TemplateRequest {
    template: Option<Value>,
    #[serde(rename = "namespace", default)]
    _namespace: String,
    #[serde(rename = "name", default)]
    _name: String,
    #[serde(rename = "createOptions", default)]
    _create_options: serde::de::IgnoredAny,
}

pub(super) async fn create(
    State(app): State<Arc<App>>,
    Path(namespace): Path<String>,
    _: NoQuery,
    body: Body,
) -> Answer {
    let (metadata, spec) = read(body, &namespace).await?;
    Ok(Json(app.registry.create_template(&metadata, &spec)?))
}

pub(super) async fn update(
    State(app): State<Arc<App>>,
    Path((namespace, name)): Path<(String, String)>,
    _: NoQuery,
    body: Body,
) -> Answer {
    let (metadata, spec) = read(body, &namespace).await?;
    if metadata.name != name {
        let message = "the name of the object does not match the name on the request";
        return Err(ApiError::new(Code::InvalidArgument, message));
    }
    Ok(Json(app.registry.update_template(&metadata, &spec)?))
}

async fn read(body: Body, namespace: &str) -> Result<(Metadata, Value), ApiError> {
    let request: TemplateRequest = body::read(body).await?;
    let Some(template) = request.template else {
        let message = "workflow template was not found in the request body";
        return Err(ApiError::new(Code::InvalidArgument, message));
    };
    let metadata = workflow::compile_template(&template, namespace)?;
    Ok((metadata, template.get("spec").cloned().unwrap_or_default()))
}

pub(super) async fn get(
    State(app): State<Arc<App>>,
    Path((namespace, name)): Path<(String, String)>,
    _: NoQuery,
) -> Answer {
    Ok(Json(app.registry.template(&Key { namespace, name })?))
}

pub(super) async fn list(State(app): State<Arc<App>>, Path(namespace): Path<String>, raw: Raw) -> Answer {
    let mut query = Query::new(raw);
    let selector = query.selector()?;
    query.end()?;
    let (mut templates, revision) = app.registry.templates(&namespace);
    templates.retain(|template| selector.matches(template.pointer("/metadata/labels")));
    let items = if templates.is_empty() { Value::Null } else { Value::Array(templates) };
    Ok(Json(json!({"metadata": {"resourceVersion": revision.to_string()}, "items": items})))
}

pub(super) async fn delete(
    State(app): State<Arc<App>>,
    Path((namespace, name)): Path<(String, String)>,
    _: NoQuery,
) -> Answer {
    app.registry.delete_template(&Key { namespace, name })?;
    Ok(Json(json!({})))
}
