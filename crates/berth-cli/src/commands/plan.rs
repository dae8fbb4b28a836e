//! `berth plan`: shows what a request will create, or what becomes of what stands.

use std::io::Write;
use std::path::Path;

use berth_core::plan::{Plan, PlanKind};
use berth_core::{Berth, Context, Current, PlanOptions};
use serde::Serialize;
use serde_json::Value;

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
    let standing = Standing::of(args, context, &berth, output, console)?;
    let request = requests::single(&args.file, &berth, output, console)?;
    let compared = match &args.kubeconfig {
        Some(kubeconfig) => {
            cluster::compare(&berth, &request.value, &standing.context, &Kubectl::new(kubeconfig))?
        }
        None => None,
    };
    let options = PlanOptions {
        request_id: args.request_id.clone(),
        now: args.now.clone(),
        kind: standing.kind,
        live: &standing.live,
        ..PlanOptions::default()
    };
    match berth.plan(&request.value, &standing.context, &options) {
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

/// What stands, and what is done to it.
struct Standing {
    kind: Option<PlanKind>,
    context: Context,
    live: Vec<Value>,
}

impl Standing {
    fn of(
        args: &PlanArgs,
        context: Context,
        berth: &Berth,
        output: Output,
        console: &Console,
    ) -> Result<Self, CliError> {
        let nothing_live = |kind, context| Self { kind, context, live: Vec::new() };
        if let Some(path) = &args.change {
            let context = requests::changing(context, path, berth, output, console)?;
            return Ok(nothing_live(Some(PlanKind::Change), context));
        }
        if let Some(path) = &args.adopt {
            let used = context.current.as_ref().map(|current| current.used.clone()).unwrap_or_default();
            let current = Current { parameters: None, adopt: true, used };
            let context = Context { current: Some(current), ..context };
            return Ok(Self { kind: Some(PlanKind::Adopt), context, live: objects(path)? });
        }
        let kind = match (args.freeze, args.delete) {
            (true, _) => Some(PlanKind::Freeze),
            (_, true) => Some(PlanKind::Delete),
            _ => None,
        };
        Ok(nothing_live(kind, context))
    }
}

/// The objects of a file: documents, each one object or a List.
fn objects(path: &Path) -> Result<Vec<Value>, CliError> {
    let text = requests::only_text(path)?;
    let documents = text
        .documents()
        .map_err(|error| CliError::trouble(format!("`{}` holds no objects: {error}", text.name())))?;
    let objects = documents.into_iter().flat_map(|mut document| match document.get_mut("items") {
        Some(Value::Array(items)) => std::mem::take(items),
        _ => vec![document],
    });
    Ok(objects.collect())
}
