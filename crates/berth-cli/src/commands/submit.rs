//! `berth submit`: judges a request and hands it to Argo, once.

use std::io::Write;

use berth_core::plan::RequestId;
use berth_core::render::{Kind, ObjectMeta, RenderError, RenderOptions, Rendering, Target, Workflow};
use berth_core::{Berth, Context, Moment};
use serde_json::{Value, json};

use crate::argo::{Argo, Found, Phase};
use crate::args::{ArgoArgs, Global, Output, SubmitArgs};
use crate::error::{CliError, Outcome};
use crate::follow::{explain, follow};
use crate::output::Console;
use crate::report::{Judged, Notice, approvers};
use crate::requests::{self, Single};
use crate::{clock, documents};

/// What tells whether a Workflow of the same name is the same.
const SAME: [&str; 3] = ["/request-id", "/attempt", "/spec-hash"];

pub(super) fn run(args: &SubmitArgs, global: &Global, console: &Console) -> Result<Outcome, CliError> {
    let berth = documents::load(global)?.berth;
    let now = args.now.clone().map_or_else(clock::now, Ok)?;
    let context = requests::context(args.context.context.as_deref(), Some(&now), console)?;
    let request = requests::single(&args.file, &berth, global.output(), console)?;
    approve(&berth, &request, &context, global.output(), console)?;
    let workflow = render(args, &berth, &request, &context, now)?;
    let argo = connect(&args.server, console)?;
    let metadata = &workflow.metadata;
    let is_new = submit(&argo, &workflow)?;
    if global.output() == Output::Text {
        let mut writer = console.text();
        let what = if is_new { "submitted" } else { "was submitted before:" };
        let (good, id) = (console.styles().good, request_id(metadata));
        writeln!(writer, "{good}{what}{good:#} {} (request {id})", metadata.name)?;
        if !args.wait {
            writeln!(writer, "follow it: berth status {} --argo {} --watch", metadata.name, argo.url())?;
        }
        writer.flush()?;
    }
    if args.wait {
        return wait(&argo, metadata, global.output(), console);
    }
    if global.output() != Output::Text {
        let answer = json!({
            "workflow": metadata.name,
            "namespace": metadata.namespace,
            "requestId": request_id(metadata),
            "created": is_new,
        });
        Console::answer(global.output(), &answer)?;
    }
    Ok(Outcome::Fine)
}

/// An Argo Server, with the token of the environment.
pub(super) fn connect(server: &ArgoArgs, console: &Console) -> Result<Argo, CliError> {
    let token = std::env::var("ARGO_TOKEN").ok().filter(|token| !token.trim().is_empty());
    let argo = Argo::new(&server.argo, token.as_deref(), server.insecure_skip_verify)?;
    if argo.shows_token() {
        let notice = Notice::warning("the token travels unencrypted").hint(Some("use https"));
        console.complain(&notice.render(&console.err_renderer()));
    }
    Ok(argo)
}

/// Hands a Workflow over. False says that the very same one was there already.
pub(super) fn submit(argo: &Argo, workflow: &Workflow) -> Result<bool, CliError> {
    let metadata = &workflow.metadata;
    match argo.create(&metadata.namespace, &metadata.name, workflow)? {
        Found::Created => Ok(true),
        Found::Existing(other) if is_same(metadata, &other) => Ok(false),
        Found::Existing(_) => Err(CliError::trouble(format!(
            "there is another Workflow `{}` for the request `{}`",
            metadata.name,
            request_id(metadata)
        ))
        .hint("submit with the same --now and the same request, or with another --request-id or --attempt")),
    }
}

/// Refuses what is not valid, and what somebody must approve first.
fn approve(
    berth: &Berth,
    request: &Single,
    context: &Context,
    output: Output,
    console: &Console,
) -> Result<(), CliError> {
    let decision = berth.decide(&request.value, context);
    if !decision.valid {
        let judged = Judged::new(&request.text, (0, 1), decision);
        requests::refuse(&judged, output, console)?;
        return Err(CliError::Refused);
    }
    let Some(first) = decision.approval.requirements.first() else { return Ok(()) };
    let who: Vec<String> = decision.approval.requirements.iter().map(approvers).collect();
    Err(CliError::Declined {
        message: format!(
            "{} needs approval by {}: {}",
            request.text.name(),
            who.join(" and by "),
            first.reason
        ),
        hint: "ask through the API, where it can be approved: POST /api/platform/namespaces/request"
            .to_owned(),
    })
}

fn render(
    args: &SubmitArgs,
    berth: &Berth,
    request: &Single,
    context: &Context,
    now: Moment,
) -> Result<Workflow, CliError> {
    let request_id = args.request_id.clone().map_or_else(random_id, Ok)?;
    let target = if args.target == "workflow-ref" { Target::WorkflowRef } else { Target::Workflow };
    let options = RenderOptions { target, kind: Kind::Create, request_id, now, attempt: args.attempt };
    let declined = |error: &RenderError<'_>| CliError::trouble(format!("{}: {error}", request.text.name()));
    match berth.render(&request.value, context, &options) {
        Ok(Rendering::Workflow(workflow)) => Ok(*workflow),
        Ok(_) => Err(CliError::trouble("this is not a Workflow")),
        Err(error) => Err(declined(&error)),
    }
}

/// Follows a Workflow to its end, and says what became of it.
fn wait(argo: &Argo, metadata: &ObjectMeta, output: Output, console: &Console) -> Result<Outcome, CliError> {
    let run = if output == Output::Text {
        let run = follow(console, argo, &metadata.namespace, &metadata.name, true)?;
        explain(console, argo, &metadata.namespace, &run)?;
        run
    } else {
        let run = crate::argo::wait(argo, &metadata.namespace, &metadata.name)?;
        Console::answer(output, &run)?;
        run
    };
    Ok(if run.phase == Phase::Succeeded { Outcome::Fine } else { Outcome::Invalid })
}

fn is_same(metadata: &ObjectMeta, other: &Value) -> bool {
    let labels = other.pointer("/metadata/labels");
    let own = metadata.labels.iter().filter(|(key, _)| SAME.iter().any(|end| key.ends_with(end)));
    let mut pairs = own.map(|(key, value)| (labels.and_then(|labels| labels.get(key)), value));
    pairs.all(|(found, value)| found.and_then(Value::as_str) == Some(value))
}

fn request_id(metadata: &ObjectMeta) -> &str {
    metadata.labels.iter().find(|(key, _)| key.ends_with("/request-id")).map_or("", |(_, value)| value)
}

/// An id that nobody else has.
fn random_id() -> Result<RequestId, CliError> {
    let mut bytes = [0_u8; 8];
    getrandom::fill(&mut bytes)
        .map_err(|error| CliError::trouble(format!("the operating system gives no random bytes: {error}")))?;
    RequestId::parse(&format!("cli-{:016x}", u64::from_be_bytes(bytes)))
        .map_err(|error| CliError::trouble(error.to_string()))
}
