//! `cargo xtask schemas`: the JSON Schemas of the documents, of the requests of the default blueprints and of the
//! answers, in `schemas/`. docs/schemas.md says what each is for.

use std::collections::BTreeMap;
use std::path::Path;

use berth_core::Berth;

use crate::generated::{Mode, settle};

/// Writes `schemas/<name>.schema.json` for every schema that the core knows.
///
/// # Errors
/// When the embedded documents are not valid, or see [`settle`].
pub(crate) fn run(root: &Path, mode: Mode) -> Result<(), String> {
    let berth = Berth::embedded().map_err(|errors| errors.to_string())?;
    let mut files = BTreeMap::new();
    // `request` is for the blueprints of whoever loads them; here each has a file of its own.
    for name in berth.schema_names().filter(|name| name != "request") {
        let schema = berth.schema(&name).map_err(|error| error.to_string())?;
        files.insert(format!("{name}.schema.json"), format!("{schema:#}\n"));
    }
    settle(root, "schemas", &files, mode, "schemas")
}
