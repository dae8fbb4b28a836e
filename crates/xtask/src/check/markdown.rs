//! House rule of Markdown files: a link to a file of this repository leads to one.

use std::path::Path;

use super::Broken;

/// The relative links of a Markdown file that lead nowhere. Links to the web and within the page are not looked at.
pub(super) fn broken_links(root: &Path, file: &str, text: &str) -> Vec<Broken> {
    let folder = root.join(file).parent().map(Path::to_path_buf).unwrap_or_default();
    let mut in_code = false;
    let mut broken = Vec::new();
    for (index, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            in_code = !in_code;
        }
        if in_code {
            continue;
        }
        for target in targets(&without_code(line)) {
            let path = target.split('#').next().unwrap_or_default();
            let elsewhere = path.is_empty() || path.contains(':');
            if !elsewhere && !folder.join(path).exists() {
                broken.push((index + 1, format!("the link to `{target}` leads nowhere")));
            }
        }
    }
    broken
}

/// The line without what stands between backticks: `[a-z]([a-z0-9-]*)` is no link.
fn without_code(line: &str) -> String {
    line.split('`').step_by(2).collect()
}

/// What stands in the brackets of each `[text](target)` of a line.
fn targets(line: &str) -> impl Iterator<Item = &str> {
    line.split("](").skip(1).filter_map(|rest| rest.split_once(')').map(|(target, _)| target))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_to_files_the_web_and_headings_are_fine_and_a_lost_page_is_named() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let page = "[crate](Cargo.toml) and [main](src/main.rs#usage), [web](https://argoproj.github.io), [top](#top)\n\
                    ```\n[code](not-a-link.md)\n```\n\
                    `^[a-z0-9]([a-z0-9-]*[a-z0-9])?$` and [quotas](quotas.md#tiers)\n";
        assert_eq!(
            broken_links(root, "README.md", page),
            [(5, "the link to `quotas.md#tiers` leads nowhere".to_owned())]
        );
    }
}
