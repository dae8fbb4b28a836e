//! Request bodies: JSON, up to a limit.

use std::time::Duration;

use axum::body::Body;
use serde::de::DeserializeOwned;
use tokio_stream::StreamExt;

use super::answer::{ApiError, Code};

/// More than a Workflow can be: the API server's own limit is 3 MiB.
const LIMIT: usize = 3 << 20;
/// How much of a larger body is still taken and thrown away, so that its sender gets to read the answer.
const SWALLOWED: usize = 64 << 20;
/// How long a body may take to arrive.
const PATIENCE: Duration = Duration::from_secs(30);

/// The body as typed data. As in Argo its content type is not looked at.
pub(super) async fn read<T: DeserializeOwned>(body: Body) -> Result<T, ApiError> {
    let Ok(Some(bytes)) = tokio::time::timeout(PATIENCE, collect(body)).await else {
        let message = format!("the request body is larger than {LIMIT} bytes, or did not arrive");
        return Err(ApiError::new(Code::InvalidArgument, message));
    };
    // Without a body every field is left out.
    let bytes = if bytes.is_empty() { b"{}" } else { &bytes[..] };
    serde_path_to_error::deserialize(&mut serde_json::Deserializer::from_slice(bytes)).map_err(|error| {
        ApiError::new(Code::InvalidArgument, format!("`{}`: {}", error.path(), error.inner()))
    })
}

/// `None` when the body is too large or breaks off.
async fn collect(body: Body) -> Option<Vec<u8>> {
    let mut chunks = body.into_data_stream();
    let (mut bytes, mut size) = (Vec::new(), 0);
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.ok()?;
        size += chunk.len();
        if size > SWALLOWED {
            return None;
        }
        if size <= LIMIT {
            bytes.extend_from_slice(&chunk);
        }
    }
    (size <= LIMIT).then_some(bytes)
}
