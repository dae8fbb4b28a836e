//! Errors as Argo Server gives them: `{"code": <gRPC code>, "message": "..."}`.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::registry::RegistryError;
use crate::workflow::Invalid;

/// Why a call is refused.
#[derive(Debug)]
pub(super) struct ApiError {
    code: Code,
    message: String,
}

/// The gRPC codes that are used here, with their numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Code {
    Unknown = 2,
    InvalidArgument = 3,
    NotFound = 5,
    AlreadyExists = 6,
    PermissionDenied = 7,
    ResourceExhausted = 8,
    Unimplemented = 12,
    Internal = 13,
    Unauthenticated = 16,
}

impl ApiError {
    pub(super) fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }

    /// The same with the code that Argo gives where it forgets to give one.
    pub(super) fn into_unknown(self) -> Self {
        Self { code: Code::Unknown, ..self }
    }

    /// The same, as an Argo stream gives it before its first message.
    pub(super) fn into_stream_error(self) -> serde_json::Value {
        let status = self.status();
        json!({"error": {
            "grpc_code": self.code as u8,
            "http_code": status.as_u16(),
            "message": self.message,
            "http_status": status.canonical_reason(),
        }})
    }

    pub(super) fn status(&self) -> StatusCode {
        match self.code {
            Code::InvalidArgument => StatusCode::BAD_REQUEST,
            Code::NotFound => StatusCode::NOT_FOUND,
            Code::AlreadyExists => StatusCode::CONFLICT,
            Code::PermissionDenied => StatusCode::FORBIDDEN,
            Code::ResourceExhausted => StatusCode::TOO_MANY_REQUESTS,
            Code::Unimplemented => StatusCode::NOT_IMPLEMENTED,
            Code::Unknown | Code::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            Code::Unauthenticated => StatusCode::UNAUTHORIZED,
        }
    }
}

impl From<Invalid> for ApiError {
    fn from(error: Invalid) -> Self {
        Self::new(Code::InvalidArgument, error.0)
    }
}

impl From<RegistryError> for ApiError {
    fn from(error: RegistryError) -> Self {
        let code = match &error {
            RegistryError::NotFound { .. } => Code::NotFound,
            RegistryError::AlreadyExists { .. } => Code::AlreadyExists,
            RegistryError::Completed { .. } | RegistryError::Randomness(_) => Code::Internal,
        };
        Self::new(code, error.to_string())
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let body = json!({"code": self.code as u8, "message": self.message});
        (self.status(), Json(body)).into_response()
    }
}
