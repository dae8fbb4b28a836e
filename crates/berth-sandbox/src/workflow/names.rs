//! Argo's rules for names inside a Workflow, in Argo's words.

use std::collections::BTreeSet;

use super::Invalid;

/// Names of templates, containers and steps: present, well-formed, unique. `place` is what goes
/// before the index in the message.
pub(super) fn check_fields<'a>(place: &str, names: impl IntoIterator<Item = &'a str>) -> Result<(), Invalid> {
    check(place, names, |name| {
        if name.len() > 128 {
            return Some("must be no more than 128 characters");
        }
        let inner = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        (!inner || name.starts_with('-')).then_some(
            "name must consist of alpha-numeric characters or '-', and must start with an alpha-numeric character (e.g. My-name1-2, 123-NAME)",
        )
    })
}

/// Names of parameters and artifacts.
pub(super) fn check_values<'a>(place: &str, names: impl IntoIterator<Item = &'a str>) -> Result<(), Invalid> {
    check(place, names, |name| {
        let valid = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
        (!valid).then_some(
            "Parameter/Artifact name must consist of alpha-numeric characters, '_' or '-' e.g. my_param_1, MY-PARAM-1",
        )
    })
}

fn check<'a>(
    place: &str,
    names: impl IntoIterator<Item = &'a str>,
    wrong: impl Fn(&str) -> Option<&'static str>,
) -> Result<(), Invalid> {
    let mut seen = BTreeSet::new();
    for (index, name) in names.into_iter().enumerate() {
        if name.is_empty() {
            return Err(Invalid(format!("{place}[{index}].name is required")));
        }
        if let Some(reason) = wrong(name) {
            return Err(Invalid(format!("{place}[{index}].name: '{name}' is invalid: {reason}")));
        }
        if !seen.insert(name) {
            return Err(Invalid(format!("{place}[{index}].name '{name}' is not unique")));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_judged_in_argos_words() {
        let message = |names: [&'static str; 2]| check_fields("spec.templates", names).unwrap_err().0;
        assert_eq!(message(["berth", ""]), "spec.templates[1].name is required");
        assert_eq!(message(["berth", "berth"]), "spec.templates[1].name 'berth' is not unique");
        assert!(
            message(["berth", "roll_back"]).starts_with("spec.templates[1].name: 'roll_back' is invalid")
        );
        assert!(check_values("spec.arguments.parameters", ["name_space"]).is_ok());
    }
}
