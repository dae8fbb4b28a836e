//! Why something can't be rendered.

use crate::berth::Refused;
use crate::decide::Decision;

/// Why a request can't be rendered.
#[derive(Clone, Debug, thiserror::Error)]
pub enum RenderError<'a> {
    /// The request is not valid; the decision says why.
    #[error("the request is not valid")]
    Refused(Box<Decision<'a>>),
    /// The bundles are larger than Argo can start.
    #[error(
        "the bundles of `{name}` are {bytes} bytes, more than the {limit} that Argo starts as `{target}`; the largest is step `{largest}`: give it fewer or smaller manifests"
    )]
    TooLarge {
        /// The namespace.
        name: String,
        /// Their size, escaped.
        bytes: usize,
        /// The most that is allowed.
        limit: usize,
        /// What was to be rendered.
        target: &'static str,
        /// The step with the largest bundle.
        largest: String,
    },
    /// A change or a deletion of something else than what stands.
    #[error("`{to}` can't be changed from a request for `{from}`: blueprint, name and environment stay")]
    OtherNamespace {
        /// What stands.
        from: String,
        /// What is asked for.
        to: String,
    },
    /// A namespace without a quota can't be frozen.
    #[error(
        "`{name}` can't be frozen: its blueprint makes no ResourceQuota; delete it without freezing it first"
    )]
    NothingToFreeze {
        /// The namespace.
        name: String,
    },
    /// Argo would refuse it, or read it differently than it was meant.
    #[error("Argo would not take this Workflow: {what}")]
    Invariant {
        /// What is wrong.
        what: String,
    },
}

impl<'a> From<Refused<'a>> for RenderError<'a> {
    fn from(Refused(decision): Refused<'a>) -> Self {
        Self::Refused(decision)
    }
}
