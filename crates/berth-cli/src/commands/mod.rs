//! The commands, one file each.

mod completions;
mod plan;
mod render;
mod validate;

use crate::args::{Arguments, Command};
use crate::error::{CliError, Outcome};
use crate::output::Console;

/// Does what the command line asks for.
pub(crate) fn run(arguments: &Arguments, console: &Console) -> Result<Outcome, CliError> {
    let global = &arguments.global;
    match &arguments.command {
        Command::Validate(args) => validate::run(args, global, console),
        Command::Plan(args) => plan::run(args, global, console),
        Command::Render(args) => render::run(args, global, console),
        Command::Completions(args) => completions::run(args),
    }
}
