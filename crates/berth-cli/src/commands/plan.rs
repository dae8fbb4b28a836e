//! `berth plan`: shows what a request will create.

use std::io::Write;

use berth_core::PlanOptions;
use berth_core::plan::Plan;
use serde::Serialize;

use crate::args::{Global, Output, PlanArgs};
use crate::cluster::{self, Comparison};
use crate::error::{CliError, Outcome};
use crate::kubectl::Kubectl;
use crate::output::Console;
use crate::report::{self, Judged};
use crate::{documents, requests};

/// A plan, with what the cluster says to it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Answer<'a> {
    #[serde(flatten)]
    plan: Plan<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    on_cluster: Option<Comparison<'a>>,
}

pub(super) fn run(args: &PlanArgs, global: &Global, console: &Console) -> Result<Outcome, CliError> {
    let berth = documents::load(global)?.berth;
    let context = requests::context(args.context.context.as_deref(), args.now.as_ref(), console)?;
    let output = global.output();
    let request = requests::single(&args.file, &berth, output, console)?;
    let options =
        PlanOptions { request_id: args.request_id.clone(), now: args.now.clone(), ..PlanOptions::default() };
    let compared = match &args.kubeconfig {
        Some(kubeconfig) => cluster::compare(&berth, &request.value, &context, &Kubectl::new(kubeconfig))?,
        None => None,
    };
    match berth.plan(&request.value, &context, &options) {
        Ok(plan) if output == Output::Text => {
            let styles = console.styles();
            let mut writer = console.text();
            report::plan(&mut writer, &plan, &styles)?;
            if args.manifests {
                writeln!(writer)?;
                report::manifests(&mut writer, &plan, &styles)?;
            }
            if let Some(compared) = &compared {
                writeln!(writer)?;
                report::comparison(&mut writer, compared, &styles)?;
            }
            writer.flush()?;
            Ok(Outcome::Fine)
        }
        Ok(plan) => {
            Console::answer(output, &Answer { plan, on_cluster: compared })?;
            Ok(Outcome::Fine)
        }
        Err(refused) => {
            let judged = Judged::new(&request.text, (0, 1), *refused.0);
            requests::refuse(&judged, output, console)?;
            Ok(Outcome::Invalid)
        }
    }
}
