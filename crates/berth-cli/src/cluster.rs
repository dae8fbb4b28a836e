//! What a request would change on a cluster: what stands is read, and what is wanted is tried as the user of the
//! kubeconfig, by a server-side dry run. Nothing is written. What stands and isn't wanted is looked for by `unwanted`.

mod unwanted;

use berth_core::plan::{Drift, DriftOptions, Origin, PlanObject, RequestId};
use berth_core::render::{Kind, RenderOptions, Rendering, Target};
use berth_core::{Berth, Context, Moment, PlanOptions};
use rayon::prelude::*;
use serde::Serialize;
use serde_json::{Value, json};

use crate::error::CliError;
use crate::kubectl::{Kubectl, KubectlError, failure};
pub(crate) use unwanted::Unwanted;

/// What the cluster says to a request.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Comparison<'a> {
    /// Does the namespace stand?
    pub(crate) stands: bool,
    /// The objects that would be added, and the fields that would change.
    #[serde(flatten)]
    pub(crate) drift: Drift<'a>,
    /// What stands for the namespace, carries its request's labels, and is not wanted.
    pub(crate) unwanted: Vec<Unwanted>,
    /// What the API server would not take from this user.
    pub(crate) refused: Vec<Refusal>,
    /// Objects that can be tried only when their namespace stands.
    pub(crate) untried: usize,
}

/// An object that the API server refuses.
#[derive(Debug, Serialize)]
pub(crate) struct Refusal {
    pub(crate) kind: String,
    pub(crate) name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) namespace: Option<String>,
    /// In its own words.
    pub(crate) message: String,
}

impl Comparison<'_> {
    /// Would nothing change, and nothing be refused?
    pub(crate) fn is_same(&self) -> bool {
        self.drift.in_sync && self.unwanted.is_empty() && self.refused.is_empty()
    }
}

/// Compares a valid request with a cluster. The outer error is the network's, the inner says that it is not valid.
pub(crate) fn compare<'a>(
    berth: &'a Berth,
    request: &'a Value,
    context: &'a Context,
    kubectl: &Kubectl,
) -> Result<Option<Comparison<'a>>, CliError> {
    let Ok(plan) = berth.plan(request, context, &PlanOptions::default()) else { return Ok(None) };
    let name = plan.name;
    let wanted: Vec<PlanObject> = plan.steps.into_iter().flat_map(|step| step.objects).collect();
    let read: Vec<Result<Option<Value>, KubectlError>> =
        wanted.par_iter().map(|object| standing(kubectl, object)).collect();
    let mut live = Vec::new();
    let mut unread: Vec<&str> = Vec::new();
    for (found, object) in read.into_iter().zip(&wanted) {
        match found {
            Ok(found) => live.extend(found),
            Err(KubectlError::Forbidden(_)) => unread.push(&object.kind),
            Err(error) => return Err(trouble(&error)),
        }
    }
    unread.sort_unstable();
    unread.dedup();
    let stands = live.iter().any(|object| kind_of(object) == "Namespace" && name_of(object) == name);
    let Ok(drift) = berth.drift(request, &DriftOptions { live: &live, origin: None, unread }) else {
        return Ok(None);
    };
    let manifests = manifests(berth, request, context, &live);
    let (tried, untried): (Vec<&Value>, Vec<&Value>) = manifests.iter().partition(|object| {
        stands || object.pointer("/metadata/namespace").and_then(Value::as_str) != Some(&*name)
    });
    let refused = tried.par_iter().filter_map(|object| refusal(kubectl, object)).collect();
    let unwanted = unwanted::find(berth, kubectl, &name, &live, &wanted).map_err(|error| trouble(&error))?;
    Ok(Some(Comparison { stands, drift, unwanted, refused, untried: untried.len() }))
}

/// An object as it stands; nothing when it doesn't, or when the cluster doesn't know its kind.
fn standing(kubectl: &Kubectl, object: &PlanObject) -> Result<Option<Value>, KubectlError> {
    let PlanObject { api_version, kind, name, namespace, .. } = object;
    let mut metadata = json!({ "name": name });
    if let (Some(metadata), Some(namespace)) = (metadata.as_object_mut(), namespace) {
        metadata.insert("namespace".to_owned(), json!(namespace));
    }
    let asked = json!({ "apiVersion": api_version, "kind": kind, "metadata": metadata }).to_string();
    let ran = kubectl.run(&["get", "--filename=-", "--ignore-not-found", "--output=json"], &asked)?;
    if ran.code == Some(0) {
        // One object of a file is a List of one.
        let found: Value = serde_json::from_str(&ran.out).unwrap_or_default();
        let object = if kind_of(&found) == "List" { found.pointer("/items/0").cloned() } else { Some(found) };
        return Ok(object.filter(Value::is_object));
    }
    if ran.err.contains("no matches for kind") { Ok(None) } else { Err(failure(&ran.err)) }
}

/// What would be applied: with the labels of the request that made what stands.
fn manifests(berth: &Berth, request: &Value, context: &Context, live: &[Value]) -> Vec<Value> {
    let said = |key: &str| said_by_namespace(live, key);
    let id = said("request-id").and_then(|id| RequestId::parse(id).ok());
    let now = said("created-at").and_then(|moment| Moment::parse(moment).ok());
    let unknown = RequestId::parse(RequestId::UNKNOWN).ok();
    let epoch = Moment::parse("2000-01-01T00:00:00Z").ok();
    let kind = match (&id, &now) {
        (Some(request_id), Some(created_at)) => {
            let origin = Origin { request_id, created_at, requester: said("created-by") };
            Kind::Change { from: request, origin }
        }
        _ => Kind::Create,
    };
    let (Some(request_id), Some(now)) = (id.clone().or(unknown), now.clone().or(epoch)) else {
        return Vec::new();
    };
    let options = RenderOptions { target: Target::Manifests, kind, request_id, now, attempt: 1 };
    match berth.render(request, context, &options) {
        Ok(Rendering::Manifests(list)) => list.items,
        _ => Vec::new(),
    }
}

/// A label or an annotation of the namespace that ends so.
fn said_by_namespace<'l>(live: &'l [Value], key: &str) -> Option<&'l str> {
    let namespace = live.iter().find(|object| kind_of(object) == "Namespace")?;
    let ending = format!("/{key}");
    ["/metadata/labels", "/metadata/annotations"].iter().find_map(|group| {
        let pairs = namespace.pointer(group)?.as_object()?;
        pairs.iter().find(|(name, _)| name.ends_with(&ending))?.1.as_str()
    })
}

/// What the API server has against an object.
fn refusal(kubectl: &Kubectl, object: &Value) -> Option<Refusal> {
    let apply = ["apply", "--server-side", "--field-manager=berth", "--dry-run=server", "--filename=-"];
    let message = match kubectl.run(&apply, &object.to_string()) {
        Ok(ran) if ran.code == Some(0) => return None,
        Ok(ran) => failure(&ran.err).to_string(),
        Err(error) => error.to_string(),
    };
    let namespace = object.pointer("/metadata/namespace").and_then(Value::as_str).map(str::to_owned);
    Some(Refusal { kind: kind_of(object).to_owned(), name: name_of(object).to_owned(), namespace, message })
}

fn trouble(error: &KubectlError) -> CliError {
    CliError::trouble(format!("can't read the cluster: {error}"))
        .hint("see whether `kubectl --kubeconfig FILE get namespaces` works")
}

fn kind_of(object: &Value) -> &str {
    object.get("kind").and_then(Value::as_str).unwrap_or_default()
}

fn name_of(object: &Value) -> &str {
    object.pointer("/metadata/name").and_then(Value::as_str).unwrap_or_default()
}
