//! The commands, one file each.

mod completions;
mod demo;
mod diff;
mod doctor;
mod export;
mod plan;
mod policy;
mod render;
mod sandbox;
mod schema;
mod status;
mod submit;
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
        Command::Diff(args) => diff::run(args, global, console),
        Command::Render(args) => render::run(args, global, console),
        Command::Schema(args) => schema::run(args, global),
        Command::Policy(args) => policy::run(args, global, console),
        Command::Submit(args) => submit::run(args, global, console),
        Command::Status(args) => status::run(args, global, console),
        Command::Sandbox(args) => sandbox::run(args, console),
        Command::Demo(args) => demo::run(args, global, console),
        Command::Doctor(args) => doctor::run(args, global, console),
        Command::Completions(args) => completions::run(args),
    }
}
