//! `cargo xtask check`: the house rules of CONTRIBUTING.md that rustfmt, clippy and shellcheck don't know.
//! It looks at every file that git knows or would add; the rules themselves are in `check/`.

mod markdown;
mod source;

use std::fs;
use std::path::Path;
use std::process::Command;

/// A rule that a file breaks: the line, and what is wrong there.
type Broken = (usize, String);

/// Prints each broken rule as `file:line: what is wrong`.
///
/// # Errors
/// When a rule is broken, or when git can't list the files.
pub(crate) fn run(root: &Path) -> Result<(), String> {
    let (mut looked_at, mut broken) = (0, 0);
    // What a program wrote is as long as it is.
    for file in files(root)?.into_iter().filter(|file| !file.contains("/generated/")) {
        let rules: fn(&Path, &str, &str) -> Vec<Broken> =
            match Path::new(&file).extension().and_then(|extension| extension.to_str()) {
                Some("rs") => |_, _, text| source::broken_rules(&["//! "], text),
                Some("mjs" | "js" | "ts" | "tsx") => |_, _, text| source::broken_rules(&["// ", "/**"], text),
                Some("md") => markdown::broken_links,
                _ => continue,
            };
        let path = root.join(&file);
        // A file that was deleted and not yet committed is still listed.
        if !path.is_file() {
            continue;
        }
        let text = fs::read_to_string(&path).map_err(|error| format!("can't read `{file}`: {error}"))?;
        looked_at += 1;
        for (line, what) in rules(root, &file, &text) {
            println!("{file}:{line}: {what}");
            broken += 1;
        }
    }
    if broken > 0 {
        return Err(format!("{broken} broken house rules in {looked_at} files"));
    }
    println!("{looked_at} files keep the house rules");
    Ok(())
}

/// Paths from the repository's root, sorted.
fn files(root: &Path) -> Result<Vec<String>, String> {
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
        .filter(|file| !file.is_empty())
        .map(str::to_owned)
        .collect();
    files.sort();
    Ok(files)
}
