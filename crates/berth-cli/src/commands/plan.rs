//! `berth plan`: shows what a request will create.

use std::io::Write;

use berth_core::PlanOptions;

use crate::args::{Global, Output, PlanArgs};
use crate::error::{CliError, Outcome};
use crate::output::Console;
use crate::report::{self, Judged};
use crate::{documents, requests};

pub(super) fn run(args: &PlanArgs, global: &Global, console: &Console) -> Result<Outcome, CliError> {
    let berth = documents::load(global)?.berth;
    let context = requests::context(args.context.context.as_deref(), args.now.as_ref(), console)?;
    let output = global.output();
    let request = requests::single(&args.file, &berth, output, console)?;
    let options =
        PlanOptions { request_id: args.request_id.clone(), now: args.now.clone(), ..PlanOptions::default() };
    match berth.plan(&request.value, &context, &options) {
        Ok(plan) if output == Output::Text => {
            let styles = console.styles();
            let mut writer = console.text();
            report::plan(&mut writer, &plan, &styles)?;
            if args.manifests {
                writeln!(writer)?;
                report::manifests(&mut writer, &plan, &styles)?;
            }
            writer.flush()?;
            Ok(Outcome::Fine)
        }
        Ok(plan) => {
            Console::answer(output, &plan)?;
            Ok(Outcome::Fine)
        }
        Err(refused) => {
            let judged = Judged::new(&request.text, (0, 1), *refused.0);
            requests::refuse(&judged, output, console)?;
            Ok(Outcome::Invalid)
        }
    }
}
