//! The graph of a container set: dependencies that exist, and no cycles.

use std::collections::{BTreeMap, BTreeSet};

use super::Invalid;

/// Checks the dependencies of containers; `place` is the template's part of the message.
pub(super) fn check(place: &str, dependencies: &BTreeMap<&str, &[String]>) -> Result<(), Invalid> {
    for (name, needs) in dependencies {
        if let Some(missing) = needs.iter().find(|need| !dependencies.contains_key(need.as_str())) {
            return Err(Invalid(format!("{place}.containers.{name} dependency '{missing}' not defined")));
        }
    }
    let mut done = BTreeSet::new();
    for name in dependencies.keys() {
        let mut path = Vec::new();
        if let Some(cycle) = cycle(name, dependencies, &mut path, &mut done) {
            return Err(Invalid(format!("{place}.containers dependency cycle detected: {cycle}")));
        }
    }
    Ok(())
}

fn cycle<'a>(
    name: &'a str,
    dependencies: &BTreeMap<&'a str, &'a [String]>,
    path: &mut Vec<&'a str>,
    done: &mut BTreeSet<&'a str>,
) -> Option<String> {
    if let Some(start) = path.iter().position(|earlier| *earlier == name) {
        let round: Vec<_> = path.iter().skip(start).copied().chain([name]).collect();
        return Some(round.join("->"));
    }
    if !done.insert(name) {
        return None;
    }
    path.push(name);
    let needs = dependencies.get(name).copied().unwrap_or_default();
    let found = needs.iter().find_map(|need| cycle(need, dependencies, path, done));
    path.pop();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_all(graph: &[(&str, &[&str])]) -> Result<(), Invalid> {
        let owned: Vec<(&str, Vec<String>)> = graph
            .iter()
            .map(|(name, needs)| (*name, needs.iter().map(|need| (*need).to_owned()).collect()))
            .collect();
        check(
            "templates.berth.containerSet",
            &owned.iter().map(|(name, needs)| (*name, &needs[..])).collect(),
        )
    }

    #[test]
    fn a_cycle_is_named() {
        let graph: &[(&str, &[&str])] =
            &[("guard", &[]), ("rbac", &["quotas", "guard"]), ("quotas", &["rbac"])];
        let message = check_all(graph).unwrap_err().0;
        assert_eq!(
            message,
            "templates.berth.containerSet.containers dependency cycle detected: quotas->rbac->quotas"
        );
    }

    #[test]
    fn a_dependency_must_exist() {
        let message = check_all(&[("quotas", &["namespace"])]).unwrap_err().0;
        assert_eq!(
            message,
            "templates.berth.containerSet.containers.quotas dependency 'namespace' not defined"
        );
    }

    #[test]
    fn what_many_depend_on_is_no_cycle() {
        let graph: &[(&str, &[&str])] = &[("a", &[]), ("b", &["a"]), ("c", &["a"]), ("d", &["b", "c"])];
        assert_eq!(check_all(graph), Ok(()));
    }
}
