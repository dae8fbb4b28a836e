//! JSON Schema 2020-12 of requests, for editors, forms and other languages.
//!
//! INVARIANT: a schema and `decide` with an empty context give one verdict on every value, but for what
//! `$defs.notExported` lists. Only keywords of the standard are used, each beside its `type`, so that a validator
//! in its strictest mode (ajv with `strict: true`) takes the schemas as they are; for the same reason a date-time
//! is a `pattern` and not a `format`.

mod condition;
#[cfg(feature = "schema")]
mod models;
mod parameter;
mod parameters;
mod request;
mod schema;
#[cfg(feature = "schema")]
mod tidy;

use serde_json::Value;

use crate::berth::Berth;

/// The dialect of every schema of ours.
const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

impl Berth {
    /// The JSON Schema of a blueprint's parameters, flat, with its rules as `if` and `then`.
    ///
    /// `$defs.notExported` lists the codes of violations that only `decide` finds: what needs the moment, the
    /// requester or the team's usage, and rules that compare two parameters.
    ///
    /// `None` when there is no such blueprint.
    pub fn request_schema(&self, blueprint: &str) -> Option<Value> {
        let blueprint = self.blueprints.iter().find(|known| known.name == blueprint)?;
        let mut schema = parameters::schema(&self.platform, blueprint);
        schema.shift_insert(0, "$schema".to_owned(), DIALECT.into());
        Some(schema.into())
    }

    /// The JSON Schema of everything that `decide` reads: `{blueprint, parameters, requester}` for any blueprint, and
    /// the flat parameters of the blueprint `namespace`.
    pub fn request_document_schema(&self) -> Value {
        request::schema(&self.platform, &self.blueprints.iter().collect::<Vec<_>>())
    }

    /// As [`Berth::request_document_schema`], for the requests of one blueprint.
    ///
    /// `None` when there is no such blueprint.
    pub fn request_document_schema_of(&self, blueprint: &str) -> Option<Value> {
        let blueprint = self.blueprints.iter().find(|known| known.name == blueprint)?;
        Some(request::schema(&self.platform, &[blueprint]))
    }

    /// A schema by name: one of [`Berth::schema_names`].
    ///
    /// # Errors
    /// When there is no such schema.
    #[cfg(feature = "schema")]
    pub fn schema(&self, name: &str) -> Result<Value, UnknownSchema> {
        let of_blueprint = || self.request_document_schema_of(name.strip_suffix(".request")?);
        let found = if name == "request" {
            Some(self.request_document_schema())
        } else {
            models::schema(name).or_else(of_blueprint)
        };
        found.ok_or_else(|| {
            let names: Vec<String> = self.schema_names().collect();
            let hint = crate::suggest::hint(name, "schemas are", names.iter().map(String::as_str));
            UnknownSchema { name: crate::text::excerpt(name).into_owned(), hint }
        })
    }

    /// The names that [`Berth::schema`] knows: `request` for requests of all blueprints, `<blueprint>.request` for
    /// those of one, then the documents and the answers.
    #[cfg(feature = "schema")]
    pub fn schema_names(&self) -> impl Iterator<Item = String> {
        let requests = self.blueprints().map(|blueprint| format!("{blueprint}.request"));
        std::iter::once("request".to_owned())
            .chain(requests)
            .chain(models::MODELS.iter().map(|(name, _)| (*name).to_owned()))
    }
}

/// There is no schema of this name.
#[cfg(feature = "schema")]
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no schema `{name}`")]
pub struct UnknownSchema {
    name: String,
    hint: String,
}

#[cfg(feature = "schema")]
impl UnknownSchema {
    /// What to write instead.
    pub fn hint(&self) -> &str {
        &self.hint
    }
}
