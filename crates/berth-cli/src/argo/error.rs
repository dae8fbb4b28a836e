//! What can go wrong between the command line and Argo Server, and what to do about it.

use crate::http::Failure;

/// Why a call failed.
#[derive(Clone, Debug, thiserror::Error)]
pub(crate) enum ArgoError {
    /// The URL can't be one of Argo Server's.
    #[error("`{0}` is not the address of an Argo Server")]
    Address(String),
    /// Nobody answers, or not in time.
    #[error("can't reach Argo Server at `{url}`: {reason}")]
    Unreachable {
        /// Its address.
        url: String,
        /// What the network said.
        reason: String,
    },
    /// Its certificate is not to be believed.
    #[error("can't trust Argo Server at `{url}`: {reason}")]
    Untrusted {
        /// Its address.
        url: String,
        /// What is wrong with the certificate.
        reason: String,
    },
    /// 401.
    #[error("Argo Server at `{url}` does not know who asks: {message}")]
    Unauthorized {
        /// Its address.
        url: String,
        /// What Argo said.
        message: String,
    },
    /// 403.
    #[error("Argo Server at `{url}` forbids this: {message}")]
    Forbidden {
        /// Its address.
        url: String,
        /// What Argo said.
        message: String,
    },
    /// 404.
    #[error("Argo Server at `{url}` does not have this: {message}")]
    NotFound {
        /// Its address.
        url: String,
        /// What Argo said.
        message: String,
    },
    /// Another status than 200.
    #[error("Argo Server at `{url}` answered {status}: {message}")]
    Refused {
        /// Its address.
        url: String,
        /// The HTTP status.
        status: u16,
        /// What Argo said.
        message: String,
    },
    /// The answer is not what Argo gives.
    #[error("`{url}` does not answer as Argo Server does: {reason}")]
    NotArgo {
        /// Its address.
        url: String,
        /// What is odd.
        reason: String,
    },
}

impl ArgoError {
    /// What a call without an answer says.
    pub(super) fn of_call(url: &str, error: ureq::Error) -> Self {
        let url = url.to_owned();
        match error.into() {
            Failure::Address => Self::Address(url),
            Failure::Unreachable(reason) => Self::Unreachable { url, reason },
            Failure::Untrusted(reason) => Self::Untrusted { url, reason },
        }
    }

    /// What an answer with another status than 200 says.
    pub(super) fn of_status(url: &str, status: u16, message: String) -> Self {
        let url = url.to_owned();
        match status {
            300..=399 => Self::NotArgo { url, reason: "it sends us to another page".to_owned() },
            401 => Self::Unauthorized { url, message },
            403 => Self::Forbidden { url, message },
            404 => Self::NotFound { url, message },
            _ => Self::Refused { url, status, message },
        }
    }

    /// Would the same call give the same answer again?
    pub(super) fn is_lasting(&self) -> bool {
        !matches!(self, Self::Unreachable { .. } | Self::Refused { status: 429 | 500.., .. })
    }

    /// What to do.
    pub(crate) fn hint(&self) -> &'static str {
        match self {
            Self::Address(_) => "write it like `https://argo.company.com` or `http://127.0.0.1:2746`",
            Self::Unreachable { .. } => {
                "check `--argo` and the way there; `berth sandbox` starts a stand-in on this machine"
            }
            Self::Untrusted { .. } => {
                "add its authority to the system's certificates or to SSL_CERT_FILE, or use --insecure-skip-verify"
            }
            Self::Unauthorized { .. } => "put a token into ARGO_TOKEN, such as `argo auth token` prints",
            Self::Forbidden { .. } => {
                "ask for a role in the namespace of the Workflows, or use another token"
            }
            Self::NotFound { .. } => {
                "check the name, and that `--platform` names the namespace of the Workflows"
            }
            // A server with TLS answers so to who speaks without.
            Self::Refused { url, status: 400, .. } if url.starts_with("http://") => {
                "if Argo Server has TLS, its address begins with `https://`; see its log for more"
            }
            Self::Refused { .. } => "see the log of Argo Server for more",
            Self::NotArgo { .. } => {
                "check `--argo`: another program may listen there, or a login page stands before it"
            }
        }
    }
}
