//! `berth policy check`: what is probably not meant in the documents, where, and what to do.

use std::io::{self, Write};

use annotate_snippets::Renderer;
use berth_core::analysis::{CheckOptions, Coverage, Finding, FindingSeverity, Findings, Witness};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::args::{Global, Output, PolicyArgs, PolicyCheckArgs, PolicyCommand};
use crate::documents::{self, Documents, Found};
use crate::error::{CliError, Outcome};
use crate::output::{Console, Styles};
use crate::report::{Notice, Position};

pub(super) fn run(args: &PolicyArgs, global: &Global, console: &Console) -> Result<Outcome, CliError> {
    match &args.command {
        PolicyCommand::Check(args) => check(args, global, console),
        PolicyCommand::Export(args) => super::export::run(args, global, console),
    }
}

fn check(args: &PolicyCheckArgs, global: &Global, console: &Console) -> Result<Outcome, CliError> {
    let documents = documents::load(global)?;
    let options = CheckOptions { max_combinations: args.max_combinations, witnesses: args.examples };
    let found = documents.berth.check_policy(options);
    let placed: Vec<Placed<'_>> =
        found.findings.iter().map(|finding| Placed::new(finding, &documents)).collect();
    if global.output() == Output::Text {
        let mut writer = console.text();
        let renderer = console.out_renderer();
        for placed in &placed {
            writeln!(writer, "{}\n", placed.render(&renderer))?;
        }
        let Styles { faint, .. } = console.styles();
        for witness in &found.witnesses {
            let example = json(&witness.example);
            writeln!(writer, "{} {}: {faint}{example}{faint:#}", witness.field, witness.option)?;
        }
        summary(&mut writer, &found, &console.styles())?;
        writer.flush()?;
    } else {
        Console::answer(global.output(), &Answer::new(&found, &placed))?;
    }
    let limit = if args.strict { FindingSeverity::Warning } else { FindingSeverity::Error };
    let bad = found.worst().is_some_and(|worst| worst <= limit);
    Ok(if bad { Outcome::Invalid } else { Outcome::Fine })
}

/// A finding, and where it stands in its file.
struct Placed<'f> {
    finding: &'f Finding,
    place: Option<Found<'f>>,
}

impl<'f> Placed<'f> {
    fn new(finding: &'f Finding, documents: &'f Documents) -> Self {
        Self { finding, place: documents.place(finding.blueprint.as_deref(), &finding.pointer) }
    }

    fn render(&self, renderer: &Renderer) -> String {
        let finding = self.finding;
        let notice = match finding.severity {
            FindingSeverity::Error => Notice::error(&finding.message),
            FindingSeverity::Warning => Notice::warning(&finding.message),
            FindingSeverity::Note => Notice::note(&finding.message),
        };
        let place = self.place.as_ref().map(Found::place);
        let nowhere = place.is_none().then(|| match &finding.blueprint {
            Some(name) => format!("it stands at {} of the blueprint `{name}`", finding.pointer),
            None => format!("it stands at {} of the platform document", finding.pointer),
        });
        let example = finding.example.as_ref().map(|example| format!("for example {}", json(example)));
        let remark: Vec<String> = nowhere.into_iter().chain(example).collect();
        let remark = (!remark.is_empty()).then(|| remark.join("; "));
        notice
            .code(finding.code.as_str())
            .hint(finding.hint.as_deref())
            .remark(remark.as_deref())
            .place(place)
            .render(renderer)
    }
}

/// The answer to a program.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Answer<'f> {
    findings: Vec<PlacedFinding<'f>>,
    coverage: &'f [Coverage],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    witnesses: &'f [Witness],
    policy_digest: &'f str,
    core_version: &'f str,
}

/// A finding with the name of its file and its place there, where it came from a file.
#[derive(Serialize)]
struct PlacedFinding<'f> {
    #[serde(flatten)]
    finding: &'f Finding,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'f str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    position: Option<Position>,
}

impl<'f> Answer<'f> {
    fn new(found: &'f Findings, placed: &'f [Placed<'f>]) -> Self {
        let finding = |placed: &'f Placed<'f>| PlacedFinding {
            finding: placed.finding,
            file: placed.place.as_ref().map(Found::name),
            position: placed.place.as_ref().map(Found::position),
        };
        Self {
            findings: placed.iter().map(finding).collect(),
            coverage: &found.coverage,
            witnesses: &found.witnesses,
            policy_digest: &found.policy_digest,
            core_version: found.core_version,
        }
    }
}

/// How much was looked at, what stayed open, and how it ended.
fn summary(writer: &mut impl Write, found: &Findings, styles: &Styles) -> io::Result<()> {
    let Styles { faint, good, active, bad, .. } = styles;
    for coverage in &found.coverage {
        let Coverage { blueprint, fields, combinations, exhaustive, gaps } = coverage;
        match (fields.is_empty(), exhaustive) {
            (true, _) => writeln!(writer, "{blueprint}: no conditions")?,
            (false, true) => write!(writer, "{blueprint}: all {}", plural(*combinations, "combination"))?,
            (false, false) => {
                write!(
                    writer,
                    "{blueprint}: {active}not exhaustive{active:#}, {}",
                    plural(*combinations, "combination")
                )?;
            }
        }
        if !fields.is_empty() {
            writeln!(writer, " of {}", fields.join(", "))?;
        }
        for gap in gaps {
            writeln!(writer, "  {faint}{gap}{faint:#}")?;
        }
    }
    let count =
        |severity| found.findings.iter().filter(|finding| finding.severity == severity).count() as u64;
    let counts = [FindingSeverity::Error, FindingSeverity::Warning, FindingSeverity::Note]
        .map(|severity| (count(severity), severity.to_string()));
    let said: Vec<String> =
        counts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| plural(*count, what)).collect();
    match found.worst() {
        None => writeln!(writer, "{good}nothing found{good:#}"),
        Some(FindingSeverity::Note) => writeln!(writer, "{good}fine{good:#}, {}", said.join(", ")),
        Some(FindingSeverity::Warning) => writeln!(writer, "{active}{}{active:#}", said.join(", ")),
        Some(FindingSeverity::Error) => writeln!(writer, "{bad}{}{bad:#}", said.join(", ")),
    }
}

fn json(example: &Map<String, Value>) -> String {
    // Text keys and plain values always serialize.
    serde_json::to_string(example).unwrap_or_default()
}

fn plural(count: u64, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
