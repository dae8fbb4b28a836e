//! `berth doctor` on the command line.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::ArgoArgs;

/// Look at an installation and say what is wrong, what follows, and which command mends it
///
/// Argo Server is asked with the token of the environment variable `ARGO_TOKEN`: use the one that the backend uses.
/// With `--kubeconfig` the cluster is looked at, too, through `kubectl`; with `--backstage` the backend, with the token
/// of `BACKSTAGE_TOKEN`. Nothing is written anywhere. docs/doctor.md explains every code.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  berth doctor --argo https://argo.company.com
  ARGO_TOKEN=\"$(kubectl create token berth-backend --namespace berth-workflows)\" \\
    berth doctor --argo https://argo.company.com --kubeconfig ~/.kube/config
  berth doctor --argo https://argo.company.com --output json | jq -r '.findings[].code'

Exit codes:
  0  nothing is wrong; warnings and notes may have been given
  1  something is wrong
  2  wrong usage, or Argo Server, the cluster or Backstage could not be reached")]
pub(crate) struct DoctorArgs {
    #[command(flatten)]
    pub(crate) server: ArgoArgs,
    /// Look at this cluster, too
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) kubeconfig: Option<PathBuf>,
    /// The namespace of Argo's controller and server
    #[arg(long, value_name = "NAME", default_value = "argo")]
    pub(crate) argo_namespace: String,
    /// Look at this Backstage, too
    #[arg(long, value_name = "URL", value_hint = ValueHint::Url)]
    pub(crate) backstage: Option<String>,
}
