//! `berth status`: how far a Workflow has come, and why it failed.

use crate::argo::{self, Run};
use crate::args::{Global, Output, StatusArgs};
use crate::documents;
use crate::error::{CliError, Outcome};
use crate::follow::{explain, follow, show};
use crate::output::Console;

pub(super) fn run(args: &StatusArgs, global: &Global, console: &Console) -> Result<Outcome, CliError> {
    let berth = documents::load(global)?.berth;
    let namespace = &berth.workflow_settings().namespace;
    let argo = super::submit::connect(&args.server, console)?;
    let run = match (global.output(), args.watch) {
        (Output::Text, true) => follow(console, &argo, namespace, &args.name, false)?,
        (_, true) => argo::wait(&argo, namespace, &args.name)?,
        (_, false) => Run::new(&argo.get(namespace, &args.name)?),
    };
    if global.output() == Output::Text {
        if !args.watch {
            show(console, &run)?;
        }
        explain(console, &argo, namespace, &run)?;
    } else {
        Console::answer(global.output(), &run)?;
    }
    Ok(if run.phase.is_bad() { Outcome::Invalid } else { Outcome::Fine })
}
