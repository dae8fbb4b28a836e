//! What can be written after `berth policy`.

use berth_core::analysis::CheckOptions;
use clap::{Args, Subcommand, ValueEnum};

/// Look at the documents themselves
#[derive(Args, Debug)]
pub(crate) struct PolicyArgs {
    #[command(subcommand)]
    pub(crate) command: PolicyCommand,
}

/// What can be done with the documents.
#[derive(Debug, Subcommand)]
pub(crate) enum PolicyCommand {
    Check(PolicyCheckArgs),
    Export(PolicyExportArgs),
}

/// Write the policy for a cluster, or for people
///
/// `rbac` are the roles of the accounts that Workflows run as, and those that requests hand out to teams.
/// `admission` are `ValidatingAdmissionPolicies` that judge requests once more, in the cluster, and what is written
/// there. `markdown` is a page that says what may be asked for. docs/policy-export.md explains each.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  berth policy export --format rbac | kubectl apply --server-side -f -
  berth policy export --format admission --output json | jq '.items[].metadata.name'
  berth policy export --format markdown > policy.md")]
pub(crate) struct PolicyExportArgs {
    /// What to write
    #[arg(long)]
    pub(crate) format: ExportFormat,
}

/// What the policy is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    Admission,
    Markdown,
    Rbac,
}

/// Find what is probably not meant: rules that never fire, options that are never allowed, contradictions
///
/// Every finding holds for all requests, not only for those that were tried. Where that can't be known, the answer
/// says what stays open. docs/policy-check.md explains every code.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  berth policy check
  berth policy check --platform platform.yaml --blueprints blueprints/ --strict
  berth policy check --output json | jq '.findings[] | select(.severity == \"error\")'")]
pub(crate) struct PolicyCheckArgs {
    /// End with exit code 1 for warnings, too, not only for errors
    #[arg(long)]
    pub(crate) strict: bool,
    /// Also give, for every option that may be chosen, a valid request that does
    #[arg(long)]
    pub(crate) examples: bool,
    /// The most combinations of values that one question may look at
    #[arg(long, value_name = "N", default_value_t = CheckOptions::default().max_combinations)]
    pub(crate) max_combinations: u64,
}
