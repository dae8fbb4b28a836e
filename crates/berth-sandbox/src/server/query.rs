//! Query parameters: those that are understood. Others are refused by name, not passed over.

use std::collections::BTreeMap;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use super::answer::{ApiError, Code};
use super::fields::Fields;
use crate::kubectl::Selector;

/// For calls that have no parameters.
pub(super) struct NoQuery;

impl<S: Send + Sync> FromRequestParts<S> for NoQuery {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let raw = Raw::from_request_parts(parts, state).await.map_err(|error| invalid(error.body_text()))?;
        Query::new(raw).end().map(|()| Self)
    }
}

/// The parameters of one call; each is taken out once.
#[derive(Debug)]
pub(super) struct Query(BTreeMap<String, String>);

pub(super) type Raw = axum::extract::Query<Vec<(String, String)>>;

impl Query {
    pub(super) fn new(axum::extract::Query(pairs): Raw) -> Self {
        // Clients send parameters without a value for what they leave out.
        Self(pairs.into_iter().filter(|(_, value)| !value.is_empty()).collect())
    }

    pub(super) fn take(&mut self, name: &str) -> Option<String> {
        self.0.remove(name)
    }

    pub(super) fn fields(&mut self) -> Fields {
        Fields::parse(&self.take("fields").unwrap_or_default())
    }

    pub(super) fn selector(&mut self) -> Result<Selector, ApiError> {
        let text = self.take("listOptions.labelSelector").unwrap_or_default();
        text.parse().map_err(|error| invalid(format!("{error}")))
    }

    pub(super) fn flag(&mut self, name: &str) -> Result<bool, ApiError> {
        match self.take(name).as_deref() {
            None | Some("false") => Ok(false),
            Some("true") => Ok(true),
            Some(other) => Err(invalid(format!("`{name}` is `true` or `false`, not `{other}`"))),
        }
    }

    pub(super) fn number<N: std::str::FromStr + Default>(&mut self, name: &str) -> Result<N, ApiError> {
        let Some(text) = self.take(name) else { return Ok(N::default()) };
        text.parse().map_err(|_| invalid(format!("`{name}` is a number, not `{text}`")))
    }

    /// Refuses what was not taken.
    pub(super) fn end(self) -> Result<(), ApiError> {
        match self.0.into_keys().next() {
            None => Ok(()),
            Some(name) => {
                Err(invalid(format!("berth sandbox does not know the query parameter `{name}` of this call")))
            }
        }
    }
}

fn invalid(message: String) -> ApiError {
    ApiError::new(Code::InvalidArgument, message)
}
