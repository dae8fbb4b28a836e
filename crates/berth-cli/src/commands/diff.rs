//! `berth diff`: what a request would change on a cluster.

use std::io::Write;

use crate::args::{DiffArgs, Global, Output};
use crate::error::{CliError, Outcome};
use crate::kubectl::Kubectl;
use crate::output::Console;
use crate::report::{self, Judged};
use crate::{cluster, documents, requests};

pub(super) fn run(args: &DiffArgs, global: &Global, console: &Console) -> Result<Outcome, CliError> {
    let berth = documents::load(global)?.berth;
    let context = requests::context(args.context.context.as_deref(), args.now.as_ref(), console)?;
    let output = global.output();
    let request = requests::single(&args.file, &berth, output, console)?;
    let decision = berth.decide(&request.value, &context);
    if !decision.valid {
        requests::refuse(&Judged::new(&request.text, (0, 1), decision), output, console)?;
        return Ok(Outcome::Invalid);
    }
    let kubectl = Kubectl::new(&args.kubeconfig);
    let Some(comparison) = cluster::compare(&berth, &request.value, &context, &kubectl)? else {
        return Err(CliError::Refused);
    };
    if output == Output::Text {
        let mut writer = console.text();
        report::comparison(&mut writer, &comparison, &console.styles())?;
        writer.flush()?;
    } else {
        Console::answer(output, &comparison)?;
    }
    Ok(if comparison.is_same() { Outcome::Fine } else { Outcome::Invalid })
}
