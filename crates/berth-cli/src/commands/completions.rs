//! `berth completions`: what a shell needs to complete commands and flags.

use std::io::Write;

use clap::CommandFactory;

use crate::args::{Arguments, CompletionsArgs};
use crate::error::{CliError, Outcome};
use crate::output::Console;

pub(super) fn run(args: &CompletionsArgs) -> Result<Outcome, CliError> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Arguments::command(), "berth", &mut script);
    let mut writer = Console::data();
    writer.write_all(&script)?;
    writer.flush()?;
    Ok(Outcome::Fine)
}
