//! `berth render`: requests as Argo Workflows or as plain manifests. The same input gives the same bytes.

use std::collections::HashMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use annotate_snippets::Renderer;
use berth_core::plan::RequestId;
use berth_core::render::{Kind, Origin, RenderError, RenderOptions, Rendering, Target};
use berth_core::{Berth, Context};
use serde_json::Value;

use crate::args::{Global, KindArg, Output, RenderArgs, TargetArg};
use crate::documents;
use crate::error::{CliError, Outcome};
use crate::output::Console;
use crate::report::{Judged, Notice, excerpts};
use crate::requests::{self, Piece, Single, Text, in_order, pieces};

const LIST_BEGIN: &[u8] = b"{\"apiVersion\":\"v1\",\"kind\":\"List\",\"items\":[\n";
const LIST_END: &[u8] = b"\n]}\n";

pub(super) fn run(args: &RenderArgs, global: &Global, console: &Console) -> Result<Outcome, CliError> {
    let berth = documents::load(global)?.berth;
    let context = requests::context(args.context.context.as_deref(), None, console)?;
    let from = args
        .current
        .as_deref()
        .map(|path| requests::single(path, &berth, Output::Text, console))
        .transpose()?;
    let job = Job {
        berth: &berth,
        context: &context,
        args,
        from: from.as_ref(),
        several: !matches!(args.files.as_slice(), [file] if !file.is_dir()),
        json: global.output() == Output::Json,
        renderer: console.err_renderer(),
    };
    match &args.output_dir {
        Some(folder) => to_folder(&job, folder, console),
        None => to_stdout(&job, console),
    }
}

fn to_stdout(job: &Job<'_>, console: &Console) -> Result<Outcome, CliError> {
    let mut writer = Console::data();
    let mut count = 0;
    let mut in_list = job.json && job.several;
    if in_list {
        writer.write_all(LIST_BEGIN)?;
    }
    let outcome = each(job, console, |rendered| {
        if job.json && rendered.of_several && !in_list {
            in_list = true;
            writer.write_all(LIST_BEGIN)?;
        }
        if count > 0 {
            writer.write_all(if job.json { b",\n" } else { b"---\n" })?;
        }
        count += 1;
        Ok(writer.write_all(rendered.text.as_bytes())?)
    })?;
    if in_list {
        writer.write_all(LIST_END)?;
    }
    writer.flush()?;
    Ok(outcome)
}

fn to_folder(job: &Job<'_>, folder: &Path, console: &Console) -> Result<Outcome, CliError> {
    each(job, console, |rendered| {
        let path = folder.join(&rendered.file);
        let written = path.parent().map_or(Ok(()), fs::create_dir_all);
        written
            .and_then(|()| fs::write(&path, &rendered.text))
            .map_err(|error| CliError::unwritable(&path, &error))
    })
}

/// Renders everything and hands it on, in order; complaints go to standard error.
fn each(
    job: &Job<'_>,
    console: &Console,
    mut take: impl FnMut(Rendered) -> Result<(), CliError>,
) -> Result<Outcome, CliError> {
    let mut outcome = Outcome::Fine;
    // Two requests with one id would become one Workflow.
    let mut ids: HashMap<String, String> = HashMap::new();
    in_order(
        pieces(&job.args.files),
        |piece| job.piece(piece),
        |answer: Result<Answer, CliError>| {
            let answer = match answer {
                Ok(answer) => answer,
                Err(error) => {
                    outcome = outcome.max(error.report(console));
                    return Ok(());
                }
            };
            for complaint in &answer.complaints {
                outcome = outcome.max(Outcome::Invalid);
                console.complain(complaint);
            }
            for rendered in answer.rendered {
                if let Some(other) = ids.insert(rendered.request_id.clone(), rendered.source.clone()) {
                    let message = format!(
                        "`{other}` and `{}` would both have the id `{}`",
                        rendered.source, rendered.request_id
                    );
                    return Err(CliError::trouble(message).hint("give one of the files another name"));
                }
                take(rendered)?;
            }
            Ok(())
        },
    )?;
    Ok(outcome)
}

/// What is rendered, and how.
struct Job<'j> {
    berth: &'j Berth,
    context: &'j Context,
    args: &'j RenderArgs,
    from: Option<&'j Single>,
    /// Were several files or a folder named?
    several: bool,
    json: bool,
    renderer: Renderer,
}

/// What came of a piece: the renderings of its requests, and complaints about the others.
#[derive(Default)]
struct Answer {
    rendered: Vec<Rendered>,
    complaints: Vec<String>,
}

/// A rendering as text.
struct Rendered {
    request_id: String,
    /// What it was rendered from.
    source: String,
    /// Where it goes in a folder.
    file: PathBuf,
    text: String,
    of_several: bool,
}

impl Job<'_> {
    fn piece(&self, piece: Piece) -> Result<Answer, CliError> {
        match piece {
            Piece::File { path, below } => {
                let text = Text::read(&path).map_err(|error| CliError::unreadable(&path, &error))?;
                self.documents(&text, &below)
            }
            Piece::Text(text) => {
                let name = Path::new(&*text.file).file_name().filter(|name| *name != "-");
                self.documents(&text, name.map_or("stdin".as_ref(), Path::new))
            }
            Piece::Trouble(error) => Err(error),
        }
    }

    /// `below` is the name of the text below the folder that was named.
    fn documents(&self, text: &Text, below: &Path) -> Result<Answer, CliError> {
        let mut answer = Answer::default();
        match text.documents() {
            Ok(documents) => {
                for (index, document) in documents.iter().enumerate() {
                    let number = match (text.is_line, documents.len()) {
                        (true, _) => Some(text.first_line),
                        (false, 1) => None,
                        (false, _) => Some(index + 1),
                    };
                    let name = self.name(below, number)?;
                    match self.render(document, &name.0) {
                        Ok(rendered) => answer.rendered.push(Rendered {
                            request_id: name.0.as_str().to_owned(),
                            source: text.name().to_owned(),
                            file: name.1,
                            of_several: self.several || number.is_some(),
                            text: self.text(&rendered, self.several || number.is_some()),
                        }),
                        Err(RenderError::Refused(decision)) => {
                            let judged = Judged::new(text, (index, documents.len()), *decision);
                            answer.complaints.push(excerpts(&judged, &self.renderer));
                        }
                        Err(error) => {
                            let message = format!("{}: {error}", text.name());
                            answer
                                .complaints
                                .push(Notice::error(&message).code("render").render(&self.renderer));
                        }
                    }
                }
            }
            Err(error) => {
                let judged = Judged::unread(self.berth, self.context, text, &error);
                answer.complaints.push(excerpts(&judged, &self.renderer));
            }
        }
        Ok(answer)
    }

    /// The id of a request and its file in a folder. One of several is called after its file, so that it keeps its id
    /// when others come and go.
    fn name(&self, below: &Path, number: Option<usize>) -> Result<(RequestId, PathBuf), CliError> {
        let base = self.args.request_id.as_str();
        let stem = below.with_extension("");
        let suffix = number.map(|number| format!("-{number}")).unwrap_or_default();
        let file = format!("{}{suffix}.{}", stem.display(), if self.json { "json" } else { "yaml" });
        if self.args.kind != KindArg::Create && (self.several || number.is_some()) {
            return Err(CliError::trouble(
                "what is done to a namespace that stands takes exactly one request",
            )
            .hint("render one file at a time"));
        }
        let id = if self.several {
            let stem: Vec<_> = stem.iter().map(|part| part.to_string_lossy()).collect();
            format!("{base}-{}{suffix}", stem.join("-"))
        } else {
            format!("{base}{suffix}")
        };
        match RequestId::parse(&id) {
            Ok(id) => Ok((id, file.into())),
            Err(error) => Err(CliError::trouble(error.to_string())
                .hint("each request's id is made from `--request-id` and the name of its file")),
        }
    }

    fn render<'a>(&'a self, request: &'a Value, id: &RequestId) -> Result<Rendering, RenderError<'a>> {
        let args = self.args;
        let origin = || {
            Some(Origin {
                request_id: args.origin_id.as_ref()?,
                created_at: args.origin_time.as_ref()?,
                requester: args.origin_requester.as_deref(),
            })
        };
        // What each kind needs is asked for by the command line.
        let kind = match (args.kind, origin(), self.from) {
            (KindArg::Change, Some(origin), Some(from)) => Kind::Change { from: &from.value, origin },
            (KindArg::Adopt, ..) => Kind::Adopt,
            (KindArg::Freeze, Some(origin), _) => Kind::Freeze { origin },
            (KindArg::Delete, Some(origin), _) => Kind::Delete { origin },
            _ => Kind::Create,
        };
        let options = RenderOptions {
            target: args.target.into(),
            kind,
            request_id: id.clone(),
            now: args.now.clone(),
            attempt: args.attempt,
        };
        self.berth.render(request, self.context, &options)
    }

    /// As YAML, as JSON, or as items of a JSON list.
    fn text(&self, rendering: &Rendering, of_several: bool) -> String {
        // Text keys and plain values always serialize.
        let item = |value: &Value| serde_json::to_string(value).unwrap_or_default();
        match rendering {
            _ if !self.json => rendering.to_yaml(),
            Rendering::Manifests(list) if of_several && self.args.output_dir.is_none() => {
                list.items.iter().map(item).collect::<Vec<_>>().join(",\n")
            }
            _ if of_several && self.args.output_dir.is_none() => {
                serde_json::to_string(rendering).unwrap_or_default()
            }
            _ => serde_json::to_string_pretty(rendering).unwrap_or_default() + "\n",
        }
    }
}

impl From<TargetArg> for Target {
    fn from(target: TargetArg) -> Self {
        match target {
            TargetArg::Workflow => Self::Workflow,
            TargetArg::WorkflowRef => Self::WorkflowRef,
            TargetArg::WorkflowTemplate => Self::WorkflowTemplate,
            TargetArg::Manifests => Self::Manifests,
        }
    }
}
