//! `berth validate`: judges requests and says what is wrong, where, and what to write instead.

use std::io::{self, Write};
use std::ops::AddAssign;

use annotate_snippets::Renderer;
use berth_core::decide::Decision;
use berth_core::input::InputError;
use berth_core::{Berth, Context};
use serde::Serialize;

use crate::args::{Global, Output, ValidateArgs};
use crate::documents;
use crate::error::{CliError, Outcome};
use crate::output::{Console, Styles};
use crate::report::{Judged, Position, excerpts, options, verdict};
use crate::requests::{self, Piece, Text, in_order, pieces};

pub(super) fn run(args: &ValidateArgs, global: &Global, console: &Console) -> Result<Outcome, CliError> {
    let berth = documents::load(global)?.berth;
    let mut context = requests::context(args.context.context.as_deref(), args.now.as_ref(), console)?;
    if let Some(current) = &args.current {
        context = requests::changing(context, current, &berth, global.output(), console)?;
    }
    let judge = Judge {
        berth,
        context,
        options: args.options,
        output: global.output(),
        renderer: console.out_renderer(),
        styles: console.styles(),
    };
    let pieces = pieces(&args.files);
    let (total, trouble) = match global.output() {
        Output::Text => {
            let mut writer = console.text();
            let done = print(&judge, pieces, &mut writer, console)?;
            summary(&mut writer, &done.0, &judge.styles)?;
            writer.flush()?;
            done
        }
        Output::Json => {
            let mut writer = Console::data();
            writer.write_all(b"[")?;
            let done = print(&judge, pieces, &mut writer, console)?;
            writer.write_all(if done.0.requests == 0 { b"]\n" } else { b"\n]\n" })?;
            writer.flush()?;
            done
        }
        Output::Yaml => {
            let mut writer = Console::data();
            let done = print(&judge, pieces, &mut writer, console)?;
            writer.flush()?;
            done
        }
    };
    Ok(match (trouble, total.requests - total.valid) {
        (true, _) => Outcome::Trouble,
        (false, 0) => Outcome::Fine,
        (false, _) => Outcome::Invalid,
    })
}

/// Everything that is needed to judge a piece.
struct Judge {
    berth: Berth,
    context: Context,
    options: bool,
    output: Output,
    renderer: Renderer,
    styles: Styles,
}

/// A piece, judged.
struct Answer {
    text: String,
    total: Total,
}

/// What was judged so far.
#[derive(Default)]
struct Total {
    files: usize,
    requests: usize,
    valid: usize,
    warnings: usize,
    /// The verdict of the last request in a line, for when it was the only one.
    last: String,
}

impl AddAssign for Total {
    fn add_assign(&mut self, other: Self) {
        self.files += other.files;
        self.requests += other.requests;
        self.valid += other.valid;
        self.warnings += other.warnings;
        self.last = other.last;
    }
}

/// A decision with where its request stands.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Entry<'a> {
    file: &'a str,
    /// The line of a stream.
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    /// The place among several documents of a file, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    document: Option<usize>,
    #[serde(flatten)]
    decision: &'a Decision<'a>,
    /// For each violation, where it stands.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    positions: Vec<Option<Position>>,
}

/// Judges and prints every piece. What can't be read is reported at once, and said in the second answer.
fn print(
    judge: &Judge,
    pieces: impl Iterator<Item = Piece>,
    writer: &mut impl Write,
    console: &Console,
) -> Result<(Total, bool), CliError> {
    let mut total = Total::default();
    let mut trouble = false;
    let work = |piece| judge.piece(piece);
    let sink = |answer: Result<Answer, CliError>| -> Result<(), io::Error> {
        match answer {
            Ok(answer) => {
                let separator: &[u8] = match judge.output {
                    Output::Json if total.requests > 0 => b",\n",
                    Output::Json => b"\n",
                    Output::Yaml if total.requests > 0 => b"---\n",
                    Output::Yaml | Output::Text => b"",
                };
                writer.write_all(separator)?;
                writer.write_all(answer.text.as_bytes())?;
                total += answer.total;
            }
            Err(error) => {
                trouble = true;
                // So that both streams tell one story on a terminal.
                writer.flush()?;
                error.report(console);
            }
        }
        Ok(())
    };
    in_order(pieces, work, sink)?;
    Ok((total, trouble))
}

impl Judge {
    fn piece(&self, piece: Piece) -> Result<Answer, CliError> {
        match piece {
            Piece::File { path, .. } => {
                let text = Text::read(&path).map_err(|error| CliError::unreadable(&path, &error))?;
                Ok(self.text(&text))
            }
            Piece::Text(text) => Ok(self.text(&text)),
            Piece::Trouble(error) => Err(error),
        }
    }

    fn text(&self, text: &Text) -> Answer {
        let mut answer = Answer {
            text: String::new(),
            total: Total { files: usize::from(!text.is_line), ..Total::default() },
        };
        match text.documents() {
            Ok(documents) => {
                for (index, document) in documents.iter().enumerate() {
                    let decision = if self.options {
                        self.berth.decide_with_options(document, &self.context)
                    } else {
                        self.berth.decide(document, &self.context)
                    };
                    self.add(&Judged::new(text, (index, documents.len()), decision), &mut answer);
                }
            }
            Err(error) => self.unread(text, &error, &mut answer),
        }
        answer
    }

    fn unread(&self, text: &Text, error: &InputError, answer: &mut Answer) {
        self.add(&Judged::unread(&self.berth, &self.context, text, error), answer);
    }

    fn add(&self, judged: &Judged<'_>, answer: &mut Answer) {
        let out = &mut answer.text;
        match self.output {
            Output::Text => {
                out.push_str(&excerpts(judged, &self.renderer));
                if self.options {
                    out.push_str(&options(judged, &self.styles));
                }
                answer.total.last = verdict(judged, &self.styles);
            }
            Output::Json => {
                if answer.total.requests > 0 {
                    out.push_str(",\n");
                }
                // Text keys and plain values always serialize.
                out.push_str(&serde_json::to_string(&Entry::new(judged)).unwrap_or_default());
            }
            Output::Yaml => {
                if answer.total.requests > 0 {
                    out.push_str("---\n");
                }
                out.push_str(&berth_core::emit::to_yaml(&Entry::new(judged)));
            }
        }
        answer.total.requests += 1;
        answer.total.valid += usize::from(judged.decision.valid);
        answer.total.warnings += judged.warnings();
    }
}

impl<'a> Entry<'a> {
    fn new(judged: &'a Judged<'a>) -> Self {
        let (index, count) = judged.document;
        Self {
            file: &judged.text.file,
            line: judged.text.is_line.then_some(judged.text.first_line),
            document: (count > 1).then_some(index + 1),
            decision: &judged.decision,
            positions: judged.positions(),
        }
    }
}

fn summary(writer: &mut impl Write, total: &Total, styles: &Styles) -> io::Result<()> {
    let (valid, invalid) = (total.valid, total.requests - total.valid);
    match total.requests {
        0 => return Ok(()),
        1 => return writeln!(writer, "{}", total.last),
        _ => {}
    }
    let plural = |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
    let what = match total.files {
        files if files == total.requests => plural(files, "file"),
        0 => plural(total.requests, "request"),
        files => format!("{}, {}", plural(files, "file"), plural(total.requests, "request")),
    };
    let Styles { good, bad, active, .. } = styles;
    write!(writer, "{what}: {good}{valid} valid{good:#}")?;
    if invalid > 0 {
        write!(writer, ", {bad}{invalid} invalid{bad:#}")?;
    }
    if total.warnings > 0 {
        write!(writer, ", {active}{}{active:#}", plural(total.warnings, "warning"))?;
    }
    writeln!(writer)
}
