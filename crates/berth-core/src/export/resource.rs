//! The resource of a kind: RBAC and admission speak of `networkpolicies`, manifests of `NetworkPolicy`.

use super::error::ExportProblem;
use crate::policy::Platform;

/// A resource: its group and its name in paths of the API.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Resource {
    /// Empty for the core group.
    pub(super) group: String,
    /// Such as `networkpolicies`.
    pub(super) name: String,
}

/// The resource of a kind.
///
/// # Errors
/// When nobody says what it is called.
pub(super) fn of(platform: &Platform, api_version: &str, kind: &str) -> Result<Resource, ExportProblem> {
    let group = group(api_version);
    let known =
        KNOWN.iter().find(|(of, kinds)| *of == group && kinds.iter().any(|(known, _)| *known == kind));
    let known = known.and_then(|(_, kinds)| kinds.iter().find(|(known, _)| *known == kind));
    let key = format!("{kind}.{group}");
    let said = platform.document.spec.kinds.get(&key).map(String::as_str);
    match said.or(known.map(|(_, name)| *name)) {
        Some(name) => Ok(Resource { group: group.to_owned(), name: name.to_owned() }),
        None => Err(ExportProblem::new(
            format!("nobody says what the resource of the kind `{kind}` of `{api_version}` is called"),
            format!(
                "add it to the platform document: `kinds: {{ {key}: <plural> }}`; `kubectl api-resources` knows it"
            ),
        )),
    }
}

/// The group of an `apiVersion`.
pub(super) fn group(api_version: &str) -> &str {
    api_version.split_once('/').map_or("", |(group, _)| group)
}

/// The kinds of Kubernetes, and of what usually runs beside it.
const KNOWN: [(&str, &[(&str, &str)]); 19] = [
    (
        "",
        &[
            ("ConfigMap", "configmaps"),
            ("LimitRange", "limitranges"),
            ("Namespace", "namespaces"),
            ("PersistentVolumeClaim", "persistentvolumeclaims"),
            ("ResourceQuota", "resourcequotas"),
            ("Secret", "secrets"),
            ("Service", "services"),
            ("ServiceAccount", "serviceaccounts"),
        ],
    ),
    ("apps", &[("DaemonSet", "daemonsets"), ("Deployment", "deployments"), ("StatefulSet", "statefulsets")]),
    ("argoproj.io", &[("Application", "applications"), ("AppProject", "appprojects")]),
    ("autoscaling", &[("HorizontalPodAutoscaler", "horizontalpodautoscalers")]),
    ("batch", &[("CronJob", "cronjobs"), ("Job", "jobs")]),
    (
        "cert-manager.io",
        &[("Certificate", "certificates"), ("ClusterIssuer", "clusterissuers"), ("Issuer", "issuers")],
    ),
    ("cilium.io", &[("CiliumNetworkPolicy", "ciliumnetworkpolicies")]),
    ("external-secrets.io", &[("ExternalSecret", "externalsecrets"), ("SecretStore", "secretstores")]),
    ("gateway.networking.k8s.io", &[("Gateway", "gateways"), ("HTTPRoute", "httproutes")]),
    (
        "monitoring.coreos.com",
        &[
            ("PodMonitor", "podmonitors"),
            ("Probe", "probes"),
            ("PrometheusRule", "prometheusrules"),
            ("ServiceMonitor", "servicemonitors"),
        ],
    ),
    ("networking.istio.io", &[("Sidecar", "sidecars"), ("VirtualService", "virtualservices")]),
    ("networking.k8s.io", &[("Ingress", "ingresses"), ("NetworkPolicy", "networkpolicies")]),
    ("policy", &[("PodDisruptionBudget", "poddisruptionbudgets")]),
    ("postgresql.cnpg.io", &[("Cluster", "clusters"), ("ScheduledBackup", "scheduledbackups")]),
    (
        "rbac.authorization.k8s.io",
        &[
            ("ClusterRole", "clusterroles"),
            ("ClusterRoleBinding", "clusterrolebindings"),
            ("Role", "roles"),
            ("RoleBinding", "rolebindings"),
        ],
    ),
    (
        "security.istio.io",
        &[("AuthorizationPolicy", "authorizationpolicies"), ("PeerAuthentication", "peerauthentications")],
    ),
    ("storage.k8s.io", &[("StorageClass", "storageclasses")]),
    ("traefik.io", &[("IngressRoute", "ingressroutes")]),
    ("velero.io", &[("Backup", "backups"), ("Schedule", "schedules")]),
];
