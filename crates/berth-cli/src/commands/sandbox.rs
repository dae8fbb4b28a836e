//! `berth sandbox`: a small stand-in for Argo Server on this machine.

use std::io::Write;
use std::net::{Ipv4Addr, SocketAddr};

use berth_sandbox::{Sandbox, SandboxConfig, SandboxError};
use tokio::runtime::Runtime;

use crate::args::SandboxArgs;
use crate::error::{CliError, Outcome};
use crate::output::Console;

pub(super) fn run(args: &SandboxArgs, console: &Console) -> Result<Outcome, CliError> {
    let runtime = runtime()?;
    let config = SandboxConfig {
        listen: SocketAddr::from((Ipv4Addr::LOCALHOST, args.port)),
        step_delay: args.pace.step_delay.unwrap_or_default(),
        faults: args.pace.fail.clone(),
        kubeconfig: args.kubeconfig.clone(),
        ..SandboxConfig::default()
    };
    let sandbox = start(&runtime, config)?;
    greet(&sandbox, console)?;
    let ended = runtime.block_on(tokio::signal::ctrl_c());
    runtime.block_on(sandbox.shutdown());
    ended.map_err(|error| CliError::trouble(format!("can't wait for the end: {error}")))?;
    Ok(Outcome::Fine)
}

/// What the sandbox runs on.
pub(super) fn runtime() -> Result<Runtime, CliError> {
    Runtime::new().map_err(|error| CliError::trouble(format!("can't start threads: {error}")))
}

/// Starts a sandbox that runs beside this thread.
pub(super) fn start(runtime: &Runtime, config: SandboxConfig) -> Result<Sandbox, CliError> {
    let started: Result<Sandbox, SandboxError> = runtime.block_on(Sandbox::start(config));
    started.map_err(|error| CliError::trouble(error.to_string()).hint(error.hint()))
}

fn greet(sandbox: &Sandbox, console: &Console) -> Result<(), CliError> {
    let styles = console.styles();
    let (strong, faint) = (styles.strong, styles.faint);
    let mut writer = console.text();
    let url = sandbox.url();
    writeln!(writer, "berth sandbox listens on {strong}{url}{strong:#}")?;
    let cluster =
        if sandbox.store().is_some() { "a cluster in memory" } else { "the cluster of the kubeconfig" };
    writeln!(writer, "{faint}It is not Argo: it runs what Berth renders, on {cluster}.{faint:#}")?;
    if let Some(token) = sandbox.token() {
        writeln!(writer, "\nexport ARGO_TOKEN={token}")?;
    }
    writeln!(writer, "\nTry: berth submit examples/namespace.yaml --argo {url} --wait")?;
    writeln!(writer, "{faint}Ctrl-C ends it.{faint:#}")?;
    Ok(writer.flush()?)
}
