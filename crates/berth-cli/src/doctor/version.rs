//! Which versions of Argo Workflows and of Kubernetes do.

use super::finding::{Code, Finding};

/// The first release of each line in which Workflows can't get around `templateReferencing`, the caller's rights
/// are asked for templates, and sign-in works. What is older than the first line is out of support.
const ARGO: [(u32, u32, u32); 3] = [(3, 7, 16), (4, 0, 7), (4, 1, 2)];

/// `ValidatingAdmissionPolicy` is stable since then.
const KUBERNETES: (u32, u32) = (1, 30);

/// What is wrong with a version of Argo such as `v4.1.2+16a52d6`.
pub(super) fn argo(version: &str) -> Option<Finding> {
    let Some((major, minor, patch)) = numbers(version) else {
        return Some(Code::ArgoVersionUntested.found(
            format!("Argo says that its version is `{version}`"),
            "nobody knows whether it does what Berth needs",
            "install a release: https://github.com/argoproj/argo-workflows/releases",
        ));
    };
    let wanted = ARGO.iter().find(|line| (line.0, line.1) == (major, minor));
    let newest = ARGO.last().copied().unwrap_or_default();
    match wanted {
        Some((.., first)) if patch >= *first => None,
        None if (major, minor) > (newest.0, newest.1) => Some(Code::ArgoVersionUntested.found(
            format!("Argo `{version}` is newer than {}.{}, the newest that Berth was tried with", newest.0, newest.1),
            "what Berth renders may be refused, or carried out otherwise",
            "try one request in a development environment: berth submit examples/namespace.yaml --argo URL --wait",
        )),
        _ => {
            let (major, minor, patch) = wanted.copied().unwrap_or(newest);
            Some(Code::ArgoVersionOld.found(
                format!("Argo `{version}` is too old"),
                "it lacks security fixes: a Workflow can get around the restrictions that keep its account in bounds",
                format!("install v{major}.{minor}.{patch} or a newer patch of it; docs/operating.md says how to upgrade"),
            ))
        }
    }
}

/// What is wrong with a version of Kubernetes such as `v1.35.4`.
pub(super) fn kubernetes(version: &str) -> Option<Finding> {
    let (major, minor, _) = numbers(version)?;
    ((major, minor) < KUBERNETES).then(|| {
        Code::ClusterVersionOld.found(
            format!("Kubernetes `{version}` is older than {}.{}", KUBERNETES.0, KUBERNETES.1),
            "it has no stable ValidatingAdmissionPolicy, so nothing holds the accounts of Workflows in bounds",
            "upgrade the cluster",
        )
    })
}

/// The numbers of `v4.1.2+16a52d6` or `v1.35.4-gke.1`; a patch that isn't there is 0.
pub(super) fn numbers(version: &str) -> Option<(u32, u32, u32)> {
    let plain = version.strip_prefix('v').unwrap_or(version);
    let plain = plain.split(['+', '-']).next()?;
    let mut numbers = plain.split('.').map(str::parse::<u32>);
    let major = numbers.next()?.ok()?;
    let minor = numbers.next()?.ok()?;
    let patch = numbers.next().map_or(Some(0), Result::ok)?;
    Some((major, minor, patch))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_of_argo_has_a_first_release_that_does() {
        let code = |version| argo(version).map(|finding| finding.code);
        for fine in ["v3.7.16", "v4.0.9", "v4.1.2", "v4.1.2+16a52d6.dirty", "v4.1.30"] {
            assert_eq!(code(fine), None, "{fine}");
        }
        for old in ["v3.5.15", "v3.6.99", "v3.7.15", "v4.0.6", "v4.1.1"] {
            assert_eq!(code(old), Some(Code::ArgoVersionOld), "{old}");
        }
        for unknown in ["v4.2.0", "v5.0.0", "latest", "v4", "4.x.1"] {
            assert_eq!(code(unknown), Some(Code::ArgoVersionUntested), "{unknown}");
        }
    }

    #[test]
    fn kubernetes_must_have_admission_policies() {
        assert!(kubernetes("v1.29.9").is_some() && kubernetes("v1.30.0-gke.12").is_none());
        assert!(kubernetes("v1.35.4").is_none());
    }
}
