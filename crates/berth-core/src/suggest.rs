//! "Did you mean": the nearest of some names.

/// The name that is most like `given`, if any is near enough to be what was meant.
pub(crate) fn nearest<'a>(given: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = given.to_lowercase();
    names
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(&lower, &name.to_lowercase()), name))
        .filter(|(distance, name)| *distance <= (name.chars().count().max(3)) / 3)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

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
    fn something_else_is_not() {
        assert_eq!(nearest("banana", ["isolated", "open"]), None);
    }
}
