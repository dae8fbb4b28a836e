//! `berth demo`: the main job in one process: a real request, its decision, plan and Workflow, and the Workflow at work.

use std::io::{self, Write};
use std::net::{Ipv4Addr, SocketAddr};
use std::thread;
use std::time::Duration;

use berth_core::input::{self, Format};
use berth_core::plan::RequestId;
use berth_core::render::{Kind, RenderError, RenderOptions, Rendering, Target, Workflow};
use berth_core::{Berth, Context, Moment, PlanOptions};
use berth_sandbox::store::Store;
use berth_sandbox::{Sandbox, SandboxConfig};
use serde_json::Value;

use super::sandbox::{runtime, start};
use super::submit::submit;
use crate::argo::{Argo, Phase, Rollback};
use crate::args::{DemoArgs, Global};
use crate::error::{CliError, Outcome};
use crate::follow::{explain, follow};
use crate::output::{Console, Styles, TextWriter};
use crate::report::{self, Judged};
use crate::requests::Text;
use crate::{clock, documents};

const NAME: &str = "examples/namespace.yaml";
const REQUEST: &str = include_str!("../../../../examples/namespace.yaml");
const REQUEST_ID: &str = "demo";
/// How long people look at a section before the next, and at a step.
const PAUSE: Duration = Duration::from_millis(600);
const STEP_DELAY: Duration = Duration::from_millis(350);
/// How much of the Workflow is shown.
const EXCERPT_LINES: usize = 14;

pub(super) fn run(args: &DemoArgs, global: &Global, console: &Console) -> Result<Outcome, CliError> {
    let berth = documents::load(global)?.berth;
    let now = clock::now()?;
    let context = Context { now: Some(now.clone()), ..Context::UNKNOWN };
    let text = Text::new(NAME.into(), REQUEST.as_bytes().to_vec(), Some(Format::Yaml));
    let request =
        input::parse(REQUEST, Format::Yaml).map_err(|error| CliError::trouble(error.to_string()))?;
    let mut stage =
        Stage { writer: console.text(), styles: console.styles(), live: Console::is_live(), section: 0 };

    stage.section("The request", NAME)?;
    stage.quote(REQUEST.lines().filter(|line| !line.starts_with('#')))?;

    stage.section("The decision", "what berth validate says")?;
    let judged = Judged::new(&text, (0, 1), berth.decide(&request, &context));
    if !judged.decision.valid {
        // The documents that were given are not those that the example was written for.
        console.complain(&report::excerpts(&judged, &console.err_renderer()));
        return Ok(Outcome::Invalid);
    }
    stage.decision(&judged)?;

    stage.section("The plan", "what berth plan shows")?;
    let planned = berth.plan(&request, &context, &PlanOptions::default());
    let plan = planned.map_err(|_| CliError::Refused)?;
    report::steps_in_short(&mut stage.writer, &plan, &stage.styles)?;
    report::cost(&mut stage.writer, &plan.cost, &stage.styles)?;

    stage.section("The Workflow", "what berth render gives to Argo")?;
    let workflow = render(&berth, &request, &context, now)?;
    stage.workflow(&workflow)?;

    stage
        .section("At work", "berth submit --wait, to berth sandbox: a stand-in for Argo, in this process")?;
    let runtime = runtime()?;
    let sandbox = start(&runtime, config(args))?;
    let argo = Argo::new(&sandbox.url(), sandbox.token(), false)?;
    submit(&argo, &workflow)?;
    let run = follow(console, &argo, &workflow.metadata.namespace, &workflow.metadata.name, true)?;
    explain(console, &argo, &workflow.metadata.namespace, &run)?;

    stage.section("What stands in the cluster", "")?;
    stage.cluster(&sandbox, &plan.name)?;
    runtime.block_on(sandbox.shutdown());
    // Who asked for a failure wanted to see the rollback.
    let as_wanted = if args.pace.fail.is_empty() {
        run.phase == Phase::Succeeded
    } else {
        run.phase == Phase::Succeeded || run.rollback == Rollback::Done
    };
    Ok(if as_wanted { Outcome::Fine } else { Outcome::Invalid })
}

fn config(args: &DemoArgs) -> SandboxConfig {
    SandboxConfig {
        listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
        step_delay: args.pace.step_delay.unwrap_or(STEP_DELAY),
        faults: args.pace.fail.clone(),
        ..SandboxConfig::default()
    }
}

fn render(berth: &Berth, request: &Value, context: &Context, now: Moment) -> Result<Workflow, CliError> {
    let trouble = |what: &dyn std::fmt::Display| CliError::trouble(what.to_string());
    let request_id = RequestId::parse(REQUEST_ID).map_err(|error| trouble(&error))?;
    let options = RenderOptions { target: Target::Workflow, kind: Kind::Create, request_id, now, attempt: 1 };
    match berth.render(request, context, &options) {
        Ok(Rendering::Workflow(workflow)) => Ok(*workflow),
        Ok(_) => Err(trouble(&"this is not a Workflow")),
        Err(RenderError::Refused(_)) => Err(CliError::Refused),
        Err(error) => Err(trouble(&error)),
    }
}

/// Where the demo is shown, section by section.
struct Stage {
    writer: TextWriter,
    styles: Styles,
    live: bool,
    section: usize,
}

impl Stage {
    fn section(&mut self, title: &str, remark: &str) -> io::Result<()> {
        self.writer.flush()?;
        if self.live && self.section > 0 {
            thread::sleep(PAUSE);
        }
        self.section += 1;
        let Styles { strong, faint, active, .. } = self.styles;
        let line = if self.section == 1 { "" } else { "\n" };
        writeln!(
            self.writer,
            "{line}{active}{}{active:#} {strong}{title}{strong:#}  {faint}{remark}{faint:#}",
            self.section
        )?;
        self.writer.flush()
    }

    fn quote<'l>(&mut self, mut lines: impl Iterator<Item = &'l str>) -> io::Result<()> {
        let faint = self.styles.faint;
        lines.try_for_each(|line| writeln!(self.writer, "  {faint}│{faint:#} {line}"))
    }

    fn decision(&mut self, judged: &Judged<'_>) -> io::Result<()> {
        writeln!(self.writer, "  {}", report::verdict(judged, &self.styles))
    }

    fn workflow(&mut self, workflow: &Workflow) -> io::Result<()> {
        let text = berth_core::emit::to_yaml(workflow);
        let lines = text.lines().count();
        self.quote(text.lines().take(EXCERPT_LINES))?;
        let sets = workflow.spec.templates.iter().filter_map(|template| template.container_set.as_ref());
        let containers = sets.map(|set| set.containers.len()).max().unwrap_or_default();
        let faint = self.styles.faint;
        writeln!(
            self.writer,
            "  {faint}│ … {} more lines, {} kB: one pod, {containers} containers of kubectl, no shell{faint:#}",
            lines.saturating_sub(EXCERPT_LINES),
            text.len().div_ceil(1000)
        )
    }

    fn cluster(&mut self, sandbox: &Sandbox, namespace: &str) -> io::Result<()> {
        let objects = sandbox.store().map(Store::objects).unwrap_or_default();
        let is_it = |object: &&Value| (kind(object), name(object)) == ("Namespace", namespace);
        let Some(own) = objects.iter().find(is_it) else {
            return writeln!(self.writer, "  nothing of {namespace}; everything else is as it was");
        };
        let Styles { strong, faint, .. } = self.styles;
        writeln!(self.writer, "  Namespace {strong}{namespace}{strong:#}")?;
        let labels = own.pointer("/metadata/labels").and_then(Value::as_object);
        for (key, value) in labels.into_iter().flatten() {
            writeln!(self.writer, "    {faint}{key}: {}{faint:#}", value.as_str().unwrap_or_default())?;
        }
        let inside = |object: &&Value| {
            object.pointer("/metadata/namespace").and_then(Value::as_str) == Some(namespace)
        };
        let inside = objects.iter().filter(inside).map(|object| (kind(object), name(object)));
        for (kind, names) in report::by_kind(inside) {
            writeln!(self.writer, "  {kind} {names}")?;
        }
        self.writer.flush()
    }
}

fn kind(object: &Value) -> &str {
    object.pointer("/kind").and_then(Value::as_str).unwrap_or_default()
}

fn name(object: &Value) -> &str {
    object.pointer("/metadata/name").and_then(Value::as_str).unwrap_or_default()
}
