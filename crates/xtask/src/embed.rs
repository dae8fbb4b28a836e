//! `cargo xtask embed`: the default documents as JSON in `crates/berth-core/embedded/`, so that a build of the core
//! without YAML has them, too. `platform.yaml` and `blueprints/` are the originals.

use std::fs;
use std::path::Path;

use berth_core::input::{Format, parse};

const EMBEDDED: &str = "crates/berth-core/embedded";

/// Writes `platform.json` and one file for each blueprint.
///
/// # Errors
/// When a document can't be read, is no YAML, or can't be written.
pub(crate) fn run(root: &Path) -> Result<(), String> {
    let mut originals = vec![root.join("platform.yaml")];
    let blueprints =
        fs::read_dir(root.join("blueprints")).map_err(|error| format!("can't read `blueprints`: {error}"))?;
    for entry in blueprints {
        originals.push(entry.map_err(|error| format!("can't read `blueprints`: {error}"))?.path());
    }
    for original in originals {
        let shown = original.display();
        let text = fs::read_to_string(&original).map_err(|error| format!("can't read `{shown}`: {error}"))?;
        let value = parse(&text, Format::Yaml).map_err(|error| format!("`{shown}`: {error}"))?;
        let name = original.file_stem().unwrap_or_default();
        let target = root.join(EMBEDDED).join(name).with_extension("json");
        fs::write(&target, format!("{value}\n"))
            .map_err(|error| format!("can't write `{}`: {error}", target.display()))?;
    }
    Ok(())
}
