//! What `kubectl` prints besides what it was asked for.

/// Whether this is a note of `kubectl`'s client library about its own connections, such as a watch that a timeout cut:
/// `W1123 19:53:19.029556    5529 reflector.go:492] ...`.
pub fn is_note(line: &str) -> bool {
    let (level, rest) = line.split_at_checked(1).unwrap_or_default();
    let Some((date, rest)) = rest.split_once(' ') else { return false };
    let Some((header, _)) = rest.split_once("] ") else { return false };
    let mut words = header.split_ascii_whitespace();
    let [time, process, place] = [(); 3].map(|()| words.next().unwrap_or_default());
    matches!(level, "I" | "W" | "E" | "F")
        && date.len() == 4
        && [date, process].iter().all(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))
        && time.split(':').count() == 3
        && place.contains(".go:")
}

/// The line that says why `kubectl` failed: its last one, or a note only where there is nothing else. Empty when it
/// printed nothing.
///
/// ```
/// let printed = "error: exceeded quota\nW1123 19:53:19.029556    5529 reflector.go:492] watch closed\n";
/// assert_eq!(berth_sandbox::kubectl::complaint(printed), "error: exceeded quota");
/// ```
pub fn complaint(printed: &str) -> &str {
    let lines = || printed.lines().map(str::trim).filter(|line| !line.is_empty());
    lines().rfind(|line| !is_note(line)).or_else(|| lines().next_back()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Backstage's backend reads the same lines in the same way.
    #[test]
    fn what_kubectl_complains_about_is_found_among_notes() {
        let cases: serde_json::Value =
            serde_json::from_str(include_str!("../../../../tests/kubectl/complaints.json")).unwrap();
        for case in cases.as_array().unwrap() {
            let printed = case["printed"].as_str().unwrap();
            assert_eq!(complaint(printed), case["complaint"], "{}", case["note"]);
        }
    }
}
