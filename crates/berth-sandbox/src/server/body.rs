//! Request bodies: JSON, up to a limit.

use std::time::Duration;

use axum::body::{Body, to_bytes};
use serde::de::DeserializeOwned;

use super::answer::{ApiError, Code};

/// More than a Workflow can be: the API server's own limit is 3 MiB.
const LIMIT: usize = 3 << 20;

/// How long a body may take to arrive.
const PATIENCE: Duration = Duration::from_secs(30);

/// The body as typed data. As in Argo its content type is not looked at.
pub(super) async fn read<T: DeserializeOwned>(body: Body) -> Result<T, ApiError> {
    let Ok(Ok(bytes)) = tokio::time::timeout(PATIENCE, to_bytes(body, LIMIT)).await else {
        let message = format!("the request body is larger than {LIMIT} bytes, or did not arrive");
        return Err(ApiError::new(Code::ResourceExhausted, message));
    };
    // Without a body every field is left out.
    let bytes = if bytes.is_empty() { b"{}" } else { &bytes[..] };
    serde_path_to_error::deserialize(&mut serde_json::Deserializer::from_slice(bytes)).map_err(|error| {
        ApiError::new(Code::InvalidArgument, format!("`{}`: {}", error.path(), error.inner()))
    })
}
