//! "Did you mean": the nearest of some names.

/// The name that is most like `given`, if any is near enough to be what was meant: a slip of the finger
/// away, or the only one that begins like this.
pub(crate) fn nearest<'a>(given: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let given = given.to_ascii_lowercase();
    let names: Vec<(String, &str)> =
        names.into_iter().map(|name| (name.to_ascii_lowercase(), name)).collect();
    let near = names
        .iter()
        .map(|(lower, name)| (strsim::damerau_levenshtein(&given, lower), name))
        .filter(|(distance, name)| *distance <= (name.chars().count().max(3)) / 3)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| *name);
    let mut begin = names.iter().filter(|(lower, _)| given.len() >= SHORTEST && lower.starts_with(&given));
    match (near, begin.next(), begin.next()) {
        (None, Some((_, only)), None) => Some(only),
        _ => near,
    }
}

/// The shortest beginning of a name that is taken for it.
const SHORTEST: usize = 3;

/// What to do about a name that there isn't: the one that was meant, or all that there are.
pub(crate) fn hint<'a>(given: &str, list: &str, names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<&str> = names.into_iter().collect();
    match nearest(given, names.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("{list} `{}`", names.join("`, `")),
    }
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_of_the_finger_is_understood() {
        assert_eq!(nearest("approvals", ["cluster", "approval"]), Some("approval"));
        assert_eq!(nearest("Production", ["development", "production"]), Some("production"));
        assert_eq!(nearest("isolted", ["isolated", "open"]), Some("isolated"));
    }

    #[test]
    fn a_beginning_is_understood() {
        assert_eq!(nearest("prod", ["development", "production"]), Some("production"));
        assert_eq!(nearest("istio", ["istio-injection", "gpu-access"]), Some("istio-injection"));
        assert_eq!(nearest("team", ["team-a-east", "team-a-west"]), None);
        assert_eq!(nearest("", ["production"]), None);
    }

    #[test]
    fn something_else_is_not() {
        assert_eq!(nearest("banana", ["isolated", "open"]), None);
    }
}
