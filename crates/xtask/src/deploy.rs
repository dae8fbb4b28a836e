//! `cargo xtask deploy`: what a cluster needs of the default documents, in `deploy/provisioning/generated/`. What is
//! written by hand stands beside it.

use std::collections::BTreeMap;
use std::path::Path;

use berth_core::Berth;
use berth_core::emit::to_yaml_documents;
use serde_json::Value;

use crate::generated::{Mode, settle};

/// What each file begins with.
const HEAD: &str =
    "# Written by `cargo xtask deploy` from platform.yaml and blueprints/; changes here are lost.\n";

/// Writes `templates.yaml`: the `WorkflowTemplate`s that Workflows by reference name.
///
/// # Errors
/// When the embedded documents are not valid, or see [`settle`].
pub(crate) fn run(root: &Path, mode: Mode) -> Result<(), String> {
    let berth = Berth::embedded().map_err(|errors| errors.to_string())?;
    let templates: Result<Vec<Value>, _> =
        berth.workflow_templates().iter().map(serde_json::to_value).collect();
    let templates = templates.map_err(|error| error.to_string())?;
    let files =
        BTreeMap::from([("templates.yaml".to_owned(), HEAD.to_owned() + &to_yaml_documents(&templates))]);
    settle(root, "deploy/provisioning/generated", &files, mode, "deploy")
}
