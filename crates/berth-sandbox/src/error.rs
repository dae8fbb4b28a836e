//! Why the sandbox can't start. What a caller of its REST API did wrong is `server::answer`'s.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;

use crate::ids::NoRandomness;

/// Why the sandbox can't start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SandboxError {
    /// The address is not one of this machine's own.
    #[error("the sandbox listens on loopback only, not on `{0}`")]
    NotLoopback(SocketAddr),
    /// The port is taken, or may not be used.
    #[error("can't listen on `{address}`: {source}")]
    Listen {
        /// The address that was asked for.
        address: SocketAddr,
        /// What the operating system said.
        source: io::Error,
    },
    /// The kubeconfig can't be read.
    #[error("can't read the kubeconfig `{}`: {source}", path.display())]
    Kubeconfig {
        /// The file that was asked for.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// There is no `kubectl` to run.
    #[error("no `kubectl` on the PATH")]
    NoKubectl,
    /// A seeded object can't stand in the store.
    #[error("can't seed object {number}: {reason}")]
    Seed {
        /// Its place in the list, counted from 1.
        number: usize,
        /// What is wrong with it.
        reason: String,
    },
    /// The operating system gives no random bytes for the token.
    #[error("{0}")]
    Randomness(String),
}

impl SandboxError {
    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::NotLoopback(_) => "use 127.0.0.1 or [::1]; the sandbox is for this machine alone",
            Self::Listen { .. } => "choose another port, or port 0 for any free one",
            Self::Kubeconfig { .. } => "check the path and that you may read it",
            Self::NoKubectl => "install kubectl, or leave out the kubeconfig to use the cluster in memory",
            Self::Seed { .. } => "each object needs apiVersion, kind and metadata.name",
            Self::Randomness(_) => "the token can't be made without them",
        }
    }
}

impl From<NoRandomness> for SandboxError {
    fn from(error: NoRandomness) -> Self {
        Self::Randomness(error.to_string())
    }
}
