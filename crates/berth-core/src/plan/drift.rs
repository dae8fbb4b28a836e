//! `drift`: what stands in a cluster, compared with what a request renders.

use serde::Serialize;
use serde_json::Value;

use super::changes::{self, Change, ObjectChange};
use super::{Origin, Outline};
use crate::berth::{Berth, Refused};
use crate::template::RequestIdentity;

/// What was read from the cluster.
#[derive(Clone, Debug, Default)]
pub struct DriftOptions<'o> {
    /// Objects of the namespace, and the namespace itself, as the API server gives them; others may be among them.
    pub live: &'o [Value],
    /// The request that made the namespace. Left out, the labels and annotations of the live namespace say it.
    pub origin: Option<Origin<'o>>,
    /// Kinds that could not be read, such as `Schedule`: their objects are passed over.
    pub unread: Vec<&'o str>,
}

/// How what stands differs from what was rendered.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Drift<'a> {
    /// The namespace.
    pub name: String,
    /// Is everything as it was rendered?
    pub in_sync: bool,
    /// The objects that are not, as what a repair would do: `added` is missing, in `changed` fields `from` is what stands.
    pub objects: Vec<ObjectChange>,
    /// Hash of both documents.
    pub policy_digest: &'a str,
    /// The version of the core that compared.
    pub core_version: &'static str,
}

impl Berth {
    /// Compares what stands in a cluster with what a request renders, field by field.
    ///
    /// Only fields that are rendered count: what the API server or others add is no drift, and neither is the same
    /// amount in other words (`1000m` for `1`). The request is the one that was carried out last, with everything that
    /// was filled in; today's rules and limits don't matter.
    ///
    /// # Errors
    /// The decision, when a parameter is not what the blueprint takes.
    pub fn drift<'a>(
        &'a self,
        request: &'a Value,
        options: &DriftOptions<'_>,
    ) -> Result<Drift<'a>, Refused<'a>> {
        let subject = self.standing(request)?;
        let name = Outline::new(&subject, RequestIdentity::UNKNOWN).name().to_owned();
        let identity = match options.origin {
            Some(origin) => origin.identity(),
            None => self.identity_in(options.live, &name),
        };
        let outline = Outline::new(&subject, identity);
        let mut objects = changes::against(options.live, &outline, &options.unread);
        objects.retain(|object| object.change != Change::Unchanged);
        Ok(Drift {
            in_sync: objects.is_empty(),
            name,
            objects,
            policy_digest: self.policy_digest(),
            core_version: crate::VERSION,
        })
    }

    /// What the namespace itself says of the request that made it.
    fn identity_in<'l>(&self, live: &'l [Value], name: &str) -> RequestIdentity<'l> {
        let prefix = &self.platform.document.spec.label_prefix;
        let text = |object: &'l Value, group: &str, key: &str| {
            object.get("metadata")?.get(group)?.get(format!("{prefix}/{key}"))?.as_str()
        };
        let is_it = |object: &&Value| {
            object.get("kind").and_then(Value::as_str) == Some("Namespace")
                && object.pointer("/metadata/name").and_then(Value::as_str) == Some(name)
        };
        let Some(namespace) = live.iter().find(is_it) else { return RequestIdentity::UNKNOWN };
        let unknown = RequestIdentity::UNKNOWN;
        RequestIdentity {
            id: text(namespace, "labels", "request-id").unwrap_or(unknown.id),
            created_at: text(namespace, "annotations", "created-at").unwrap_or(unknown.created_at),
            requester: text(namespace, "annotations", "created-by"),
            provisioning: false,
        }
    }
}
