//! What can be set when a sandbox starts.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use serde_json::Value;

use crate::{names, store};

/// How a sandbox runs. The default listens on `127.0.0.1:2746` and writes to a cluster in memory
/// that holds the four namespaces that every cluster has.
#[derive(Clone, Debug)]
pub struct SandboxConfig {
    /// Where to listen: loopback only; port 0 takes any free one.
    pub listen: SocketAddr,
    /// How long each step waits before it does its work, so that people can watch.
    pub step_delay: Duration,
    /// Steps that fail on purpose. Each is counted over the whole life of the sandbox.
    pub faults: Vec<Fault>,
    /// With a kubeconfig the real `kubectl` writes to a real cluster, and callers need the token.
    pub kubeconfig: Option<PathBuf>,
    /// Objects that stand in the cluster in memory from the start; without effect on a real one.
    pub seeds: Vec<Value>,
}

impl Default for SandboxConfig {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 2746)),
            step_delay: Duration::ZERO,
            faults: Vec::new(),
            kubeconfig: None,
            // Those of every cluster, and the one where backups are declared, outside of the namespaces that they are of.
            seeds: ["default", "kube-node-lease", "kube-public", "kube-system", "velero"]
                .map(store::namespace)
                .into(),
        }
    }
}

/// A failure on purpose: `quotas:2` makes the step `quotas` fail twice; `@pod:1` loses one pod.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What fails.
    pub target: FaultTarget,
    /// How often it fails before it works again.
    pub times: u32,
}

/// What a [`Fault`] makes fail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultTarget {
    /// The container of this name: its command exits with 1.
    Step(String),
    /// A pod: it vanishes when the first of its containers has ended.
    Pod,
}

/// Why a text is not a [`Fault`].
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("`{0}` is not a fault: write a step and how often it fails, such as `quotas:2`, or `@pod:1`")]
pub struct FaultError(String);

impl FromStr for Fault {
    type Err = FaultError;

    fn from_str(text: &str) -> Result<Self, FaultError> {
        let fault = || {
            let (target, times) = text.rsplit_once(':')?;
            let times = times.parse().ok().filter(|times| *times > 0)?;
            let target = match target {
                "@pod" => FaultTarget::Pod,
                step if names::is_dns_label(step) => FaultTarget::Step(step.to_owned()),
                _ => return None,
            };
            Some(Self { target, times })
        };
        fault().ok_or_else(|| FaultError(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_names_a_step_or_the_pod_and_how_often() {
        let fault = Fault { target: FaultTarget::Step("quotas".to_owned()), times: 2 };
        assert_eq!("quotas:2".parse(), Ok(fault));
        assert_eq!("@pod:1".parse(), Ok(Fault { target: FaultTarget::Pod, times: 1 }));
        for text in ["quotas", "quotas:0", "quotas:x", ":1", "@node:1", "a b:1"] {
            assert_eq!(text.parse::<Fault>(), Err(FaultError(text.to_owned())));
        }
    }
}
