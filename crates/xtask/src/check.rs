//! `cargo xtask check`: the house rules of CONTRIBUTING.md that rustfmt, clippy and shellcheck don't know.
//! It looks at every source file that git knows or would add.

use std::fs;
use std::path::Path;
use std::process::Command;

/// A longer file holds more than one idea.
const MOST_LINES: usize = 450;
/// What is left undone belongs into an issue.
const MARKERS: [&str; 2] = [concat!("TO", "DO"), concat!("FIX", "ME")];

/// Prints each broken rule as `file:line: what is wrong`.
///
/// # Errors
/// When a rule is broken, or when git can't list the files.
pub(crate) fn run(root: &Path) -> Result<(), String> {
    let files = sources(root)?;
    let mut broken = 0;
    for file in &files {
        let text =
            fs::read_to_string(root.join(file)).map_err(|error| format!("can't read `{file}`: {error}"))?;
        for (line, what) in broken_rules(file, &text) {
            println!("{file}:{line}: {what}");
            broken += 1;
        }
    }
    if broken > 0 {
        return Err(format!("{broken} broken house rules in {} source files", files.len()));
    }
    println!("{} source files keep the house rules", files.len());
    Ok(())
}

/// The line and the kind of each rule that the text of a source file breaks.
fn broken_rules(file: &str, text: &str) -> Vec<(usize, String)> {
    let mut broken = Vec::new();
    let comment = if has_extension(file, "rs") { "//! " } else { "// " };
    let first = text.lines().find(|line| !line.starts_with("#!/"));
    if !first.is_some_and(|line| line.starts_with(comment)) {
        broken.push((
            1,
            format!("the file doesn't begin with a comment `{comment}...` that says what it is for"),
        ));
    }
    for (index, line) in text.lines().enumerate() {
        if let Some(marker) = MARKERS.iter().find(|marker| line.contains(*marker)) {
            broken.push((index + 1, format!("`{marker}` is left; do it or file an issue")));
        }
    }
    let lines = text.lines().count();
    if lines > MOST_LINES {
        broken.push((MOST_LINES, format!("{lines} lines; split the file by idea, {MOST_LINES} is the most")));
    }
    broken
}

/// Paths of the source files, from the repository's root, sorted.
fn sources(root: &Path) -> Result<Vec<String>, String> {
    let listed = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate"])
        .current_dir(root)
        .output()
        .map_err(|error| format!("can't run git: {error}"))?;
    if !listed.status.success() {
        return Err(format!("git ls-files failed: {}", String::from_utf8_lossy(&listed.stderr).trim()));
    }
    let mut files: Vec<String> = String::from_utf8_lossy(&listed.stdout)
        .split('\0')
        .filter(|file| {
            ["rs", "mjs", "js", "ts", "tsx"].iter().any(|extension| has_extension(file, extension))
        })
        // A file that was deleted and not yet committed is still listed.
        .filter(|file| root.join(file).is_file())
        .map(str::to_owned)
        .collect();
    files.sort();
    Ok(files)
}

fn has_extension(file: &str, extension: &str) -> bool {
    Path::new(file).extension().is_some_and(|found| found == extension)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_with_its_purpose_on_top_is_fine() {
        assert_eq!(broken_rules("quota.rs", "//! Quotas of the team `payments`.\n"), []);
        assert_eq!(broken_rules("bench.mjs", "#!/usr/bin/env node\n// Times both.\n"), []);
    }

    #[test]
    fn a_file_without_its_purpose_a_marker_and_a_long_file_are_named_with_their_line() {
        let marker = format!("use std::fs;\n// {}: quotas\n", MARKERS[0]);
        let found = broken_rules("quota.rs", &marker);
        assert_eq!(found.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [1, 2], "{found:?}");

        let long = "//! Quotas.\n".repeat(MOST_LINES + 1);
        assert_eq!(broken_rules("quota.rs", &long).len(), 1);
    }
}
