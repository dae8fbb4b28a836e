//! What a call is given besides the request, read from JSON: `{context?, requestId?, now?, ...}`.

#[cfg(feature = "backend")]
use berth_core::DriftOptions;
use berth_core::input::{Format, parse};
use berth_core::plan::{Origin, PlanKind, RequestId};
use berth_core::render::{Kind, RenderOptions, Target};
use berth_core::{Context, Moment, PlanOptions};
use serde_json::Value;

use crate::failure::Failure;
use crate::state::format_of;

/// The arguments of one call.
#[derive(Debug)]
pub(crate) struct Arguments(Value);

/// The request that made what stands, its words read.
#[derive(Debug)]
pub(crate) struct OwnedOrigin {
    request_id: RequestId,
    created_at: Moment,
    requester: Option<String>,
}

/// Reads a request: JSON, and YAML where the module knows it.
pub(crate) fn request(name: &str, text: &str) -> Result<Value, Failure> {
    parse(text, format_of(name)).map_err(|error| Failure::unreadable(name, error))
}

/// Reads a context; nothing at all is a context that knows nothing.
pub(crate) fn context(text: &str) -> Result<Context, Failure> {
    if text.is_empty() {
        return Ok(Context::UNKNOWN);
    }
    context_of(&json("context", text)?)
}

fn json(name: &str, text: &str) -> Result<Value, Failure> {
    parse(text, Format::Json).map_err(|error| Failure::unreadable(name, error))
}

fn context_of(value: &Value) -> Result<Context, Failure> {
    Context::from_value(value).map_err(|error| Failure::invalid_context(*error))
}

impl Arguments {
    pub(crate) fn read(text: &str) -> Result<Self, Failure> {
        if text.is_empty() {
            return Ok(Self(Value::Null));
        }
        Ok(Self(json("arguments", text)?))
    }

    pub(crate) fn context(&self) -> Result<Context, Failure> {
        self.get("context").map_or(Ok(Context::UNKNOWN), context_of)
    }

    pub(crate) fn plan_options<'a>(
        &'a self,
        origin: Option<&'a OwnedOrigin>,
    ) -> Result<PlanOptions<'a>, Failure> {
        let kind = self.text("kind")?;
        Ok(PlanOptions {
            request_id: self.request_id()?,
            now: self.moment("now")?,
            kind: kind.map(plan_kind).transpose()?,
            origin: origin.map(OwnedOrigin::borrow),
            live: self.list("live")?,
        })
    }

    #[cfg(feature = "backend")]
    pub(crate) fn drift_options<'a>(
        &'a self,
        origin: Option<&'a OwnedOrigin>,
    ) -> Result<DriftOptions<'a>, Failure> {
        let unread = self
            .list("unread")?
            .iter()
            .map(|kind| kind.as_str().ok_or_else(|| wrong("unread", "a list of kinds")));
        Ok(DriftOptions {
            live: self.list("live")?,
            origin: origin.map(OwnedOrigin::borrow),
            unread: unread.collect::<Result<_, _>>()?,
        })
    }

    /// Who asked first, for changes and deletions.
    pub(crate) fn origin(&self) -> Result<Option<OwnedOrigin>, Failure> {
        let Some(origin) = self.get("origin") else { return Ok(None) };
        let origin = Self(origin.clone());
        Ok(Some(OwnedOrigin {
            request_id: origin.request_id()?.ok_or_else(|| missing("origin.requestId"))?,
            created_at: origin.moment("createdAt")?.ok_or_else(|| missing("origin.createdAt"))?,
            requester: origin.text("requester")?.map(str::to_owned),
        }))
    }

    pub(crate) fn render_options<'a>(
        &'a self,
        origin: Option<&'a OwnedOrigin>,
    ) -> Result<RenderOptions<'a>, Failure> {
        let origin = || origin.map(OwnedOrigin::borrow).ok_or_else(|| missing("origin"));
        let kind = match self.text("kind")?.map_or(Ok(PlanKind::Create), plan_kind)? {
            PlanKind::Create => Kind::Create,
            PlanKind::Change => {
                let from = self.get("from").ok_or_else(|| missing("from"))?;
                Kind::Change { from, origin: origin()? }
            }
            PlanKind::Adopt => Kind::Adopt,
            PlanKind::Freeze => Kind::Freeze { origin: origin()? },
            PlanKind::Delete => Kind::Delete { origin: origin()? },
        };
        let attempt = self.count("attempt")?.unwrap_or(1);
        Ok(RenderOptions {
            target: self.target()?,
            kind,
            request_id: self.request_id()?.ok_or_else(|| missing("requestId"))?,
            now: self.moment("now")?.ok_or_else(|| missing("now"))?,
            attempt: u32::try_from(attempt)
                .ok()
                .filter(|attempt| *attempt > 0)
                .ok_or_else(|| wrong("attempt", "a number from 1"))?,
        })
    }

    /// A number that counts something.
    pub(crate) fn count(&self, name: &str) -> Result<Option<u64>, Failure> {
        self.get(name).map(|value| value.as_u64().ok_or_else(|| wrong(name, "a whole number"))).transpose()
    }

    /// Is it asked for?
    #[cfg(feature = "yaml")]
    pub(crate) fn flag(&self, name: &str) -> Result<bool, Failure> {
        self.get(name).map_or(Ok(false), |value| value.as_bool().ok_or_else(|| wrong(name, "true or false")))
    }

    fn target(&self) -> Result<Target, Failure> {
        const TARGETS: [Target; 4] =
            [Target::Workflow, Target::WorkflowRef, Target::WorkflowTemplate, Target::Manifests];
        let name = self.text("target")?.ok_or_else(|| missing("target"))?;
        let target = TARGETS.into_iter().find(|target| target.name() == name);
        target.ok_or_else(|| unknown("target", name, &TARGETS.map(Target::name).join(", ")))
    }

    fn request_id(&self) -> Result<Option<RequestId>, Failure> {
        let id = self.text("requestId")?.map(RequestId::parse).transpose();
        id.map_err(|error| Failure::new("invalid-argument", error.to_string()))
    }

    fn moment(&self, name: &str) -> Result<Option<Moment>, Failure> {
        Ok(self.text(name)?.map(Moment::parse).transpose()?)
    }

    fn text(&self, name: &str) -> Result<Option<&str>, Failure> {
        self.get(name).map(|value| value.as_str().ok_or_else(|| wrong(name, "text"))).transpose()
    }

    fn list(&self, name: &str) -> Result<&[Value], Failure> {
        let Some(value) = self.get(name) else { return Ok(&[]) };
        value.as_array().map(Vec::as_slice).ok_or_else(|| wrong(name, "a list"))
    }

    fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name).filter(|value| !value.is_null())
    }
}

impl OwnedOrigin {
    fn borrow(&self) -> Origin<'_> {
        Origin {
            request_id: &self.request_id,
            created_at: &self.created_at,
            requester: self.requester.as_deref(),
        }
    }
}

fn plan_kind(name: &str) -> Result<PlanKind, Failure> {
    let kind = PlanKind::ALL.into_iter().find(|kind| kind.name() == name);
    kind.ok_or_else(|| unknown("kind", name, &PlanKind::ALL.map(PlanKind::name).join(", ")))
}

fn missing(name: &str) -> Failure {
    Failure::new("invalid-argument", format!("`{name}` is missing"))
}

fn wrong(name: &str, wanted: &str) -> Failure {
    Failure::new("invalid-argument", format!("`{name}` must be {wanted}"))
}

fn unknown(name: &str, given: &str, known: &str) -> Failure {
    Failure::new("invalid-argument", format!("`{name}` can't be `{given}`"))
        .hint(Some(format!("it can be {known}")))
}
