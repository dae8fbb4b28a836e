//! JSON Schema 2020-12 of requests, for editors, forms and other languages.
//!
//! INVARIANT: a schema and `decide` with an empty context give one verdict on every value, but for what
//! `$defs.notExported` lists. Only keywords of the standard are used, each beside its `type`, so that a validator
//! in its strictest mode (ajv with `strict: true`) takes the schemas as they are; for the same reason a date-time
//! is a `pattern` and not a `format`.

mod condition;
mod parameter;
mod parameters;
mod request;

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
}
