//! House rules of source files: a purpose on top, no unfinished business, one idea and so not too long.

use super::Broken;

/// A longer file holds more than one idea.
const MOST_LINES: usize = 450;
/// What is left undone belongs into an issue.
const MARKERS: [&str; 2] = [concat!("TO", "DO"), concat!("FIX", "ME")];

/// The rules that the text of a source file breaks; its first comment must begin with one of `comments`.
pub(super) fn broken_rules(comments: &[&str], text: &str) -> Vec<Broken> {
    let mut broken = Vec::new();
    let first = text.lines().find(|line| !line.starts_with("#!/"));
    if !first.is_some_and(|line| comments.iter().any(|comment| line.starts_with(comment))) {
        let wanted = comments.join("...` or `");
        broken.push((1, format!("no comment `{wanted}...` on top that says what the file is for")));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_with_its_purpose_on_top_is_fine() {
        assert_eq!(broken_rules(&["//! "], "//! Quotas of the team `payments`.\n"), []);
        assert_eq!(broken_rules(&["// ", "/**"], "#!/usr/bin/env node\n// Times both.\n"), []);
    }

    #[test]
    fn a_missing_purpose_a_marker_and_a_long_file_are_named_with_their_line() {
        let marker = format!("use std::fs;\n// {}: quotas\n", MARKERS[0]);
        let found = broken_rules(&["//! "], &marker);
        assert_eq!(found.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [1, 2], "{found:?}");

        let long = "//! Quotas.\n".repeat(MOST_LINES + 1);
        assert_eq!(broken_rules(&["//! "], &long).len(), 1);
    }
}
