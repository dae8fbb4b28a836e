//! What can be written on the command line. Names, flags and exit codes are fixed: scripts rely on them.

mod diff;
mod doctor;
mod policy;

use std::path::PathBuf;
use std::time::Duration;

use anstream::ColorChoice;
use berth_core::Moment;
use berth_core::kubernetes::NameRule;
use berth_core::plan::RequestId;
use berth_sandbox::Fault;
use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};

pub(crate) use diff::DiffArgs;
pub(crate) use doctor::DoctorArgs;
pub(crate) use policy::{ExportFormat, PolicyArgs, PolicyCheckArgs, PolicyCommand, PolicyExportArgs};

const ABOUT: &str = "Self-service requests, decided in one place and carried out by Argo Workflows.";

const AFTER_HELP: &str = "\
Examples:
  berth demo
  berth validate examples/namespace.yaml
  berth plan examples/production.json
  berth policy check

Exit codes:
  0  fine
  1  a request or a document is invalid, or the Workflow that was waited for failed
  2  wrong usage, or a file or the network failed";

/// The whole command line.
#[derive(Debug, Parser)]
#[command(name = "berth", version, about = ABOUT, after_help = AFTER_HELP, arg_required_else_help = true)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What every command takes.
#[derive(Args, Debug)]
#[command(next_help_heading = "Global options")]
pub(crate) struct Global {
    /// The platform document; the one that comes with Berth when left out
    #[arg(long, global = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) platform: Option<PathBuf>,
    /// The folder of blueprints (*.yaml, *.yml, *.json); those that come with Berth when left out
    #[arg(long, global = true, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) blueprints: Option<PathBuf>,
    /// How to answer: text for people, json or yaml for programs
    #[arg(long, short, global = true, value_name = "FORMAT", hide_possible_values = true)]
    pub(crate) output: Option<Output>,
    /// When to use colours: auto, always or never
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        hide_possible_values = true,
        hide_default_value = true
    )]
    pub(crate) color: Color,
}

impl Global {
    /// How to answer; text unless something else was asked for.
    pub(crate) fn output(&self) -> Output {
        self.output.unwrap_or(Output::Text)
    }
}

/// How to answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Output {
    Text,
    Json,
    Yaml,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

impl From<Color> for ColorChoice {
    fn from(color: Color) -> Self {
        match color {
            Color::Auto => Self::Auto,
            Color::Always => Self::Always,
            Color::Never => Self::Never,
        }
    }
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Validate(ValidateArgs),
    Plan(PlanArgs),
    Diff(DiffArgs),
    Render(RenderArgs),
    Schema(SchemaArgs),
    Policy(PolicyArgs),
    Submit(SubmitArgs),
    Status(StatusArgs),
    Doctor(DoctorArgs),
    Sandbox(SandboxArgs),
    Demo(DemoArgs),
    Completions(CompletionsArgs),
}

/// What is known besides the request.
#[derive(Args, Debug, Default)]
pub(crate) struct ContextArgs {
    /// What is known besides the request: now, requester, usage, nameTaken (JSON or YAML)
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) context: Option<PathBuf>,
}

/// Judge requests: what is wrong, where, and what to write instead
///
/// FILE is a file (JSON or YAML, also with several documents), a folder (its *.json, *.yaml and *.yml, in
/// alphabetical order), or `-` for standard input (one document, several YAML documents, or one JSON document a
/// line, as many as there are). Files named *.ndjson or *.jsonl hold one document a line, too.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  berth validate examples/namespace.yaml
  berth validate requests/ --output json
  berth validate --context usage.yaml --now 2026-01-01T00:00:00Z request.json
  kubectl get configmap request -o jsonpath='{.data.request}' | berth validate -")]
pub(crate) struct ValidateArgs {
    /// Files, folders, or `-` for standard input
    #[arg(required = true, value_name = "FILE", value_hint = ValueHint::AnyPath)]
    pub(crate) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) context: ContextArgs,
    /// The moment of the decision, such as `2026-01-01T00:00:00Z`; without it moments are not compared
    #[arg(long, value_name = "TIME", value_parser = Moment::parse)]
    pub(crate) now: Option<Moment>,
    /// The request as it stands: FILE is judged as a change of it
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) current: Option<PathBuf>,
    /// Also say which options may still be chosen, and why the others may not
    #[arg(long)]
    pub(crate) options: bool,
}

/// Show what a request will create or change: steps, objects, cost and approval
///
/// With `--change`, `--adopt`, `--freeze` or `--delete` it shows what becomes of each object of a namespace that stands.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  berth plan examples/production.json
  berth plan --change examples/namespace.yaml larger.yaml
  berth plan --delete examples/namespace.yaml
  kubectl get namespace,quota,limitrange --namespace shop --output json | berth plan --adopt - shop.yaml
  berth plan examples/namespace.yaml --manifests
  berth plan examples/namespace.yaml --output json | jq '.steps[].id'")]
pub(crate) struct PlanArgs {
    /// The request, or `-` for standard input; with `--freeze` and `--delete`, the one that stands
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) file: PathBuf,
    /// The request as it stands: show what a change of it to FILE does
    #[arg(long, value_name = "CURRENT", value_hint = ValueHint::FilePath, group = "what")]
    pub(crate) change: Option<PathBuf>,
    /// The objects of a namespace that Berth did not make, as they stand: show what taking it over does
    #[arg(long, value_name = "OBJECTS", value_hint = ValueHint::FilePath, group = "what")]
    pub(crate) adopt: Option<PathBuf>,
    /// Show what freezing does: every quota is set to nothing
    #[arg(long, group = "what")]
    pub(crate) freeze: bool,
    /// Show what goes, also outside the namespace
    #[arg(long, group = "what")]
    pub(crate) delete: bool,
    #[command(flatten)]
    pub(crate) context: ContextArgs,
    /// The moment of the request, such as `2026-01-01T00:00:00Z`, by which it is judged; the plan says `assigned-on-submit` without it
    #[arg(long, value_name = "TIME", value_parser = Moment::parse)]
    pub(crate) now: Option<Moment>,
    /// The id of the request; the plan says `assigned-on-submit` without it
    #[arg(long, value_name = "ID", value_parser = RequestId::parse)]
    pub(crate) request_id: Option<RequestId>,
    /// Also show every object in full
    #[arg(long)]
    pub(crate) manifests: bool,
    /// Also show what would change on this cluster, as `berth diff` does
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with = "what")]
    pub(crate) kubeconfig: Option<PathBuf>,
}

/// Render a request for Argo or for GitOps: the same input gives the same bytes
///
/// Several requests become several YAML documents, or one List with `--output json`. Each then has an id of its
/// own: ID, a hyphen and the file's name without its ending (the number of the document on standard input), so that
/// another request beside it changes nothing. What is not valid is reported and left out.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  berth render examples/namespace.yaml --target workflow --request-id r1 --now 2026-01-01T00:00:00Z
  berth render examples/namespace.yaml --target manifests --request-id r1 \\
    --now 2026-01-01T00:00:00Z | kubectl apply -f -
  berth render requests/ --target manifests --request-id shop \\
    --now 2026-01-01T00:00:00Z --output-dir rendered/
  berth render larger.yaml --target workflow --request-id r2 --now 2026-02-01T00:00:00Z \\
    --kind change --current examples/namespace.yaml --origin-id r1 --origin-time 2026-01-01T00:00:00Z")]
pub(crate) struct RenderArgs {
    /// Files, folders, or `-` for standard input
    #[arg(required = true, value_name = "FILE", value_hint = ValueHint::AnyPath)]
    pub(crate) files: Vec<PathBuf>,
    /// What to render
    #[arg(long)]
    pub(crate) target: TargetArg,
    /// The id of the request: lower-case letters, digits, `.` and `-`
    #[arg(long, value_name = "ID", value_parser = RequestId::parse)]
    pub(crate) request_id: RequestId,
    /// The moment of the request, such as `2026-01-01T00:00:00Z`, by which it is judged
    #[arg(long, value_name = "TIME", value_parser = Moment::parse)]
    pub(crate) now: Moment,
    /// 1 at first; a retry is the next attempt
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) attempt: u32,
    /// Make a namespace; change, freeze or delete one that stands; or take one over
    #[arg(long, value_name = "KIND", default_value = "create")]
    pub(crate) kind: KindArg,
    /// The request as it was carried out last (for `--kind change`)
    #[arg(long, alias = "from", value_name = "FILE", required_if_eq("kind", "change"), value_hint = ValueHint::FilePath)]
    pub(crate) current: Option<PathBuf>,
    /// The id of the request that made the namespace (for `--kind change`, `freeze` and `delete`)
    #[arg(long, value_name = "ID", value_parser = RequestId::parse, required_if_eq_any([("kind", "change"), ("kind", "freeze"), ("kind", "delete")]))]
    pub(crate) origin_id: Option<RequestId>,
    /// When the namespace was made, such as `2026-01-01T00:00:00Z` (for `--kind change`, `freeze` and `delete`)
    #[arg(long, value_name = "TIME", value_parser = Moment::parse, required_if_eq_any([("kind", "change"), ("kind", "freeze"), ("kind", "delete")]))]
    pub(crate) origin_time: Option<Moment>,
    /// Who asked for the namespace, such as `user:default/ada` (for `--kind change`, `freeze` and `delete`)
    #[arg(long, value_name = "REF")]
    pub(crate) origin_requester: Option<String>,
    /// Write one file for each request into this folder, named like the request's file
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) output_dir: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) context: ContextArgs,
}

/// What to render.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum TargetArg {
    /// An Argo Workflow that holds everything
    Workflow,
    /// A thin Workflow that names a `WorkflowTemplate`
    WorkflowRef,
    /// The `WorkflowTemplate` that thin Workflows name
    WorkflowTemplate,
    /// The objects themselves, for GitOps
    Manifests,
}

/// What the Workflow does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum KindArg {
    /// Makes a namespace, and takes it back when that fails
    Create,
    /// Changes a namespace that stands
    Change,
    /// Takes over a namespace that stands and that Berth did not make
    Adopt,
    /// Sets the quotas of a namespace that stands to nothing; a change takes it back
    Freeze,
    /// Deletes a namespace that stands
    Delete,
}

/// Print a JSON Schema, for editors and other validators
///
/// NAME is `request` (all blueprints), `<blueprint>.request` (one of them, such as `namespace.request`), `platform`,
/// `blueprint`, `decision`, or the name of another answer. Rules are `if` and `then` in it; what a schema can't say is
/// listed in it.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  berth schema request
  berth schema namespace.request > namespace.request.schema.json
  berth schema platform --output yaml")]
pub(crate) struct SchemaArgs {
    /// Which schema
    #[arg(value_name = "NAME")]
    pub(crate) name: String,
}

/// Where Argo Server is.
#[derive(Args, Debug)]
pub(crate) struct ArgoArgs {
    /// The address of Argo Server; a token is taken from the environment variable `ARGO_TOKEN`
    #[arg(long, value_name = "URL", value_hint = ValueHint::Url)]
    pub(crate) argo: String,
    /// Believe any certificate of Argo Server
    #[arg(long)]
    pub(crate) insecure_skip_verify: bool,
}

/// Submit a request to Argo
///
/// The request is judged first: what is not valid, or needs an approval, is refused. Submitting twice with the same id,
/// attempt and moment makes one Workflow.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  berth submit examples/namespace.yaml --argo http://127.0.0.1:2746 --wait
  ARGO_TOKEN=\"$(argo auth token)\" berth submit request.yaml --argo https://argo.company.com")]
pub(crate) struct SubmitArgs {
    /// The request, or `-` for standard input
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) server: ArgoArgs,
    /// Follow the Workflow until it has ended; exit code 1 says that it failed
    #[arg(long)]
    pub(crate) wait: bool,
    /// A Workflow that holds everything, or a thin one that names a `WorkflowTemplate`
    #[arg(long, default_value = "workflow", value_parser = ["workflow", "workflow-ref"])]
    pub(crate) target: String,
    /// The id of the request; a random one when left out
    #[arg(long, value_name = "ID", value_parser = RequestId::parse)]
    pub(crate) request_id: Option<RequestId>,
    /// The moment of the request, such as `2026-01-01T00:00:00Z`; the clock's when left out
    #[arg(long, value_name = "TIME", value_parser = Moment::parse)]
    pub(crate) now: Option<Moment>,
    /// 1 at first; a retry is the next attempt
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) attempt: u32,
    #[command(flatten)]
    pub(crate) context: ContextArgs,
}

/// Show how far a Workflow has come: its steps, and why it failed
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  berth status berth-namespace-0ec546f41b106977 --argo http://127.0.0.1:2746
  berth status berth-namespace-0ec546f41b106977 --argo http://127.0.0.1:2746 --watch")]
pub(crate) struct StatusArgs {
    /// The name of the Workflow, as `berth submit` prints it
    #[arg(value_name = "NAME", value_parser = workflow_name)]
    pub(crate) name: String,
    #[command(flatten)]
    pub(crate) server: ArgoArgs,
    /// Follow it until it has ended
    #[arg(long)]
    pub(crate) watch: bool,
}

/// Start a small stand-in for Argo Server on this machine
///
/// It is not Argo: it runs the Workflows that Berth renders and refuses everything else by name. It keeps a cluster in
/// memory, or writes to a real one with `--kubeconfig`; then callers need the token that it prints.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  berth sandbox
  berth sandbox --port 0 --step-delay 300ms --fail quotas:2
  berth sandbox --kubeconfig ~/.kube/config")]
pub(crate) struct SandboxArgs {
    /// Where to listen on 127.0.0.1; 0 takes any free port
    #[arg(long, default_value_t = 2746)]
    pub(crate) port: u16,
    /// Write to this cluster through `kubectl`
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) kubeconfig: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) pace: PaceArgs,
}

/// How the sandbox runs steps.
#[derive(Args, Debug)]
pub(crate) struct PaceArgs {
    /// How long each step waits before it does its work, such as `300ms` or `2s`
    #[arg(long, value_name = "TIME", value_parser = duration)]
    pub(crate) step_delay: Option<Duration>,
    /// Make a step fail so many times: `quotas:2`; `@pod:1` loses a pod
    #[arg(long, value_name = "STEP:TIMES")]
    pub(crate) fail: Vec<Fault>,
}

/// See it all at work in one process: a request, its decision and plan, and a live Workflow
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  berth demo
  berth demo --fail quotas:3        # a step that fails, and what becomes of the namespace")]
pub(crate) struct DemoArgs {
    #[command(flatten)]
    pub(crate) pace: PaceArgs,
}

/// Print the completions of a shell
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  berth completions bash > /etc/bash_completion.d/berth
  berth completions zsh > \"${fpath[1]}/_berth\"
  berth completions fish > ~/.config/fish/completions/berth.fish")]
pub(crate) struct CompletionsArgs {
    /// The shell
    pub(crate) shell: clap_complete::Shell,
}

/// A time such as `300ms` or `2s`.
fn duration(text: &str) -> Result<Duration, String> {
    let split = text.find(|character: char| !character.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(split);
    let number: u32 = number.parse().map_err(|_| "write it like `300ms` or `2s`".to_owned())?;
    match unit {
        "ms" => Ok(Duration::from_millis(number.into())),
        "s" => Ok(Duration::from_secs(number.into())),
        _ => Err("write it like `300ms` or `2s`".to_owned()),
    }
}

/// A name that can stand in a URL.
fn workflow_name(text: &str) -> Result<String, String> {
    match NameRule::DnsSubdomain.check(text) {
        Ok(()) => Ok(text.to_owned()),
        Err(error) => Err(error.to_string()),
    }
}
