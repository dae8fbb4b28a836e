//! The kinds of objects that the cluster in memory knows.

use serde_json::Value;

/// A kind of objects: its names, and whether its objects live in namespaces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Kind {
    pub(crate) group: String,
    pub(crate) name: String,
    pub(crate) plural: String,
    pub(crate) namespaced: bool,
}

impl Kind {
    fn new(group: &str, name: &str, plural: &str, namespaced: bool) -> Self {
        Self { group: group.to_owned(), name: name.to_owned(), plural: plural.to_owned(), namespaced }
    }

    /// The kind that a CustomResourceDefinition defines.
    pub(super) fn of_definition(definition: &Value) -> Option<Self> {
        let text = |pointer| definition.pointer(pointer)?.as_str();
        let namespaced = text("/spec/scope")? == "Namespaced";
        Some(Self::new(
            text("/spec/group")?,
            text("/spec/names/kind")?,
            text("/spec/names/plural")?,
            namespaced,
        ))
    }

    pub(crate) fn is_namespace(&self) -> bool {
        self.plural == "namespaces" && self.group.is_empty()
    }

    /// As `kubectl` names an object of the kind: `networkpolicy.networking.k8s.io`.
    pub(crate) fn singular(&self) -> String {
        with_group(&self.name.to_ascii_lowercase(), &self.group)
    }

    /// As the API server names the kind: `networkpolicies.networking.k8s.io`.
    pub(crate) fn resource(&self) -> String {
        with_group(&self.plural, &self.group)
    }

    /// Whether a word on a command line means this kind: plural or singular, the group may be left out.
    pub(super) fn is_called(&self, word: &str) -> bool {
        let singular = self.name.to_ascii_lowercase();
        word == self.plural || word == singular || word == self.resource() || word == self.singular()
    }
}

fn with_group(name: &str, group: &str) -> String {
    if group.is_empty() { name.to_owned() } else { format!("{name}.{group}") }
}

/// Kinds of Kubernetes itself, and of the add-ons that a platform commonly has.
pub(super) fn built_in() -> impl Iterator<Item = Kind> {
    const CLUSTER: bool = false;
    const NAMESPACED: bool = true;
    [
        ("", "Namespace", "namespaces", CLUSTER),
        ("", "ConfigMap", "configmaps", NAMESPACED),
        ("", "LimitRange", "limitranges", NAMESPACED),
        ("", "PersistentVolumeClaim", "persistentvolumeclaims", NAMESPACED),
        ("", "Pod", "pods", NAMESPACED),
        ("", "PodTemplate", "podtemplates", NAMESPACED),
        ("", "ResourceQuota", "resourcequotas", NAMESPACED),
        ("", "Secret", "secrets", NAMESPACED),
        ("", "Service", "services", NAMESPACED),
        ("", "ServiceAccount", "serviceaccounts", NAMESPACED),
        ("apiextensions.k8s.io", "CustomResourceDefinition", "customresourcedefinitions", CLUSTER),
        ("apps", "DaemonSet", "daemonsets", NAMESPACED),
        ("apps", "Deployment", "deployments", NAMESPACED),
        ("apps", "StatefulSet", "statefulsets", NAMESPACED),
        ("argoproj.io", "CronWorkflow", "cronworkflows", NAMESPACED),
        ("argoproj.io", "Workflow", "workflows", NAMESPACED),
        ("argoproj.io", "WorkflowTemplate", "workflowtemplates", NAMESPACED),
        ("autoscaling", "HorizontalPodAutoscaler", "horizontalpodautoscalers", NAMESPACED),
        ("batch", "CronJob", "cronjobs", NAMESPACED),
        ("batch", "Job", "jobs", NAMESPACED),
        ("cert-manager.io", "Certificate", "certificates", NAMESPACED),
        ("monitoring.coreos.com", "PodMonitor", "podmonitors", NAMESPACED),
        ("monitoring.coreos.com", "PrometheusRule", "prometheusrules", NAMESPACED),
        ("monitoring.coreos.com", "ServiceMonitor", "servicemonitors", NAMESPACED),
        ("networking.k8s.io", "Ingress", "ingresses", NAMESPACED),
        ("networking.k8s.io", "NetworkPolicy", "networkpolicies", NAMESPACED),
        ("policy", "PodDisruptionBudget", "poddisruptionbudgets", NAMESPACED),
        ("postgresql.cnpg.io", "Cluster", "clusters", NAMESPACED),
        ("postgresql.cnpg.io", "Database", "databases", NAMESPACED),
        ("postgresql.cnpg.io", "ScheduledBackup", "scheduledbackups", NAMESPACED),
        ("rbac.authorization.k8s.io", "ClusterRole", "clusterroles", CLUSTER),
        ("rbac.authorization.k8s.io", "ClusterRoleBinding", "clusterrolebindings", CLUSTER),
        ("rbac.authorization.k8s.io", "Role", "roles", NAMESPACED),
        ("rbac.authorization.k8s.io", "RoleBinding", "rolebindings", NAMESPACED),
        ("velero.io", "Schedule", "schedules", NAMESPACED),
    ]
    .into_iter()
    .map(|(group, name, plural, namespaced)| Kind::new(group, name, plural, namespaced))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_called_by_plural_and_singular_with_or_without_its_group() {
        let schedules: Vec<_> = built_in().filter(|kind| kind.is_called("schedules.velero.io")).collect();
        assert_eq!(schedules, built_in().filter(|kind| kind.is_called("schedule")).collect::<Vec<_>>());
        let [schedule] = &schedules[..] else { panic!("one kind is called so") };
        assert_eq!(
            (schedule.singular(), schedule.resource()),
            ("schedule.velero.io".into(), "schedules.velero.io".into())
        );
        assert!(!schedule.is_called("schedules.example.org"));
    }
}
