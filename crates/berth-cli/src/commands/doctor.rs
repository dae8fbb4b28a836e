//! `berth doctor`: what is wrong with an installation, what follows, and which command mends it.

use crate::args::{DoctorArgs, Global, Output};
use crate::doctor::{self, Report};
use crate::documents;
use crate::error::{CliError, Outcome};
use crate::output::Console;

pub(super) fn run(args: &DoctorArgs, global: &Global, console: &Console) -> Result<Outcome, CliError> {
    let berth = documents::load(global)?.berth;
    let report: Report = doctor::examine(&berth, args)?;
    if global.output() == Output::Text {
        doctor::show(&report, console)?;
    } else {
        Console::answer(global.output(), &report)?;
    }
    Ok(report.outcome())
}
