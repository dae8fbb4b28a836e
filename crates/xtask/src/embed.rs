//! `cargo xtask embed`: the default documents as JSON in `crates/berth-core/embedded/`, so that a build of the core
//! without YAML has them, too. `platform.yaml` and `blueprints/` are the originals.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use berth_core::input::{Format, parse};

use crate::generated::{Mode, settle};

/// Writes `platform.json` and one file for each blueprint.
///
/// # Errors
/// When a document can't be read or is no YAML, or see [`settle`].
pub(crate) fn run(root: &Path, mode: Mode) -> Result<(), String> {
    let mut originals = vec![root.join("platform.yaml")];
    let blueprints =
        fs::read_dir(root.join("blueprints")).map_err(|error| format!("can't read `blueprints`: {error}"))?;
    for entry in blueprints {
        originals.push(entry.map_err(|error| format!("can't read `blueprints`: {error}"))?.path());
    }
    let mut files = BTreeMap::new();
    for original in originals {
        let shown = original.display();
        let text = fs::read_to_string(&original).map_err(|error| format!("can't read `{shown}`: {error}"))?;
        let value = parse(&text, Format::Yaml).map_err(|error| format!("`{shown}`: {error}"))?;
        let name = original.file_stem().unwrap_or_default().to_string_lossy();
        files.insert(format!("{name}.json"), format!("{value}\n"));
    }
    settle(root, "crates/berth-core/embedded", &files, mode, "embed")
}
