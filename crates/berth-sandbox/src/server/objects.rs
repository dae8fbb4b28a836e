//! What stands in the cluster in memory: the sandbox's own call.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use super::App;
use super::answer::{ApiError, Code};
use super::query::NoQuery;

pub(super) async fn list(State(app): State<Arc<App>>, _: NoQuery) -> Result<Json<Value>, ApiError> {
    let Some(store) = &app.store else {
        let message = "there is no cluster in memory: with a kubeconfig the objects stand in the real one";
        return Err(ApiError::new(Code::Unimplemented, message));
    };
    Ok(Json(json!({"apiVersion": "v1", "kind": "List", "items": store.objects()})))
}
