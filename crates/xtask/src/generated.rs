//! Folders that are generated: written anew, or checked against what would be written.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// What to do about a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Make it what it should be.
    Write,
    /// Fail when it isn't.
    Check,
}

/// Brings `folder` to exactly these files, text by name, or says what is different.
///
/// # Errors
/// When a file differs, is missing or is one too many, in [`Mode::Check`]; when one can't be read or written.
pub(crate) fn settle(
    root: &Path,
    folder: &str,
    files: &BTreeMap<String, String>,
    mode: Mode,
    command: &str,
) -> Result<(), String> {
    let path = root.join(folder);
    let mut different: Vec<String> = Vec::new();
    for (name, text) in files {
        if fs::read_to_string(path.join(name)).is_ok_and(|found| found == *text) {
            continue;
        }
        different.push(format!("`{folder}/{name}` is not what it would be"));
        if mode == Mode::Write {
            fs::create_dir_all(&path)
                .and_then(|()| fs::write(path.join(name), text))
                .map_err(|error| format!("can't write `{folder}/{name}`: {error}"))?;
        }
    }
    for name in names(&path).map_err(|error| format!("can't read `{folder}`: {error}"))? {
        if !files.contains_key(&name) {
            different.push(format!("`{folder}/{name}` would not be there"));
            if mode == Mode::Write {
                fs::remove_file(path.join(&name))
                    .map_err(|error| format!("can't remove `{folder}/{name}`: {error}"))?;
            }
        }
    }
    if mode == Mode::Check && !different.is_empty() {
        return Err(format!("{}; run `cargo xtask {command}`", different.join(", ")));
    }
    Ok(())
}

/// The names of the files of a folder, sorted; none when there is no folder.
fn names(folder: &Path) -> std::io::Result<Vec<String>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut names = fs::read_dir(folder)?
        .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
        .collect::<std::io::Result<Vec<String>>>()?;
    names.sort();
    Ok(names)
}
