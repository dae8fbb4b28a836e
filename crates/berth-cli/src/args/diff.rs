//! `berth diff` on the command line.

use std::path::PathBuf;

use berth_core::Moment;
use clap::{Args, ValueHint};

use super::ContextArgs;

/// Show what a request would change on a cluster
///
/// What stands is read, and what is wanted is tried as the user of the kubeconfig by a server-side dry run: admission
/// policies and rights of that user are asked, too. Nothing is written. Objects that stand with the labels of the request
/// that made the namespace, and that this one doesn't want, are listed: what a change would take away, and what another
/// version left.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  berth diff examples/namespace.yaml --kubeconfig ~/.kube/config
  berth diff request.yaml --kubeconfig ~/.kube/config --output json | jq '.objects[].fields'

Exit codes:
  0  nothing would change
  1  something would change or be refused, or the request is invalid
  2  wrong usage, or a file or the cluster could not be read")]
pub(crate) struct DiffArgs {
    /// The request, or `-` for standard input
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) file: PathBuf,
    /// The cluster
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) kubeconfig: PathBuf,
    #[command(flatten)]
    pub(crate) context: ContextArgs,
    /// The moment of the request, such as `2026-01-01T00:00:00Z`; without it moments are not compared
    #[arg(long, value_name = "TIME", value_parser = Moment::parse)]
    pub(crate) now: Option<Moment>,
}
