//! The `berth` program: requests on the command line, judged and rendered by `berth-core`.
//!
//! - `args`: what can be written on the command line
//! - `commands`: one file for each command
//! - `documents`, `requests`: what is read from files and standard input
//! - `argo`, `follow`, `screen`, `dag`: Workflows, submitted, watched and drawn
//! - `doctor`: what is wrong with an installation
//! - `cluster`: what a request would change there
//! - `http`, `kubectl`: how Argo Server and the API server are called
//! - `report`: how decisions and errors are shown to people
//! - `output`, `error`: where answers go, and how a command ends

mod argo;
mod args;
mod clock;
mod cluster;
mod commands;
mod dag;
mod doctor;
mod documents;
mod error;
mod follow;
mod http;
mod kubectl;
mod output;
mod report;
mod requests;
mod screen;

use std::process::ExitCode;

use clap::Parser;

use args::Arguments;
use output::Console;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let console = Console::new(arguments.global.color.into());
    let outcome = commands::run(&arguments, &console).unwrap_or_else(|error| error.report(&console));
    outcome.into()
}
