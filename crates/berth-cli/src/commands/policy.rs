//! `berth policy check`: what is probably not meant in the documents.

use std::io::{self, Write};

use berth_core::analysis::{CheckOptions, Coverage, Finding, FindingSeverity, Findings};

use crate::args::{Global, Output, PolicyArgs, PolicyCheckArgs, PolicyCommand};
use crate::documents::{self, Documents};
use crate::error::{CliError, Outcome};
use crate::output::{Console, Styles};
use crate::report::Notice;

pub(super) fn run(args: &PolicyArgs, global: &Global, console: &Console) -> Result<Outcome, CliError> {
    match &args.command {
        PolicyCommand::Check(args) => check(args, global, console),
    }
}

fn check(args: &PolicyCheckArgs, global: &Global, console: &Console) -> Result<Outcome, CliError> {
    let documents = documents::load(global)?;
    let options = CheckOptions { max_combinations: args.max_combinations, witnesses: args.examples };
    let findings = documents.berth.check_policy(options);
    if global.output() == Output::Text {
        print(&findings, &documents, console)?;
    } else {
        Console::answer(global.output(), &findings)?;
    }
    Ok(match findings.worst() {
        Some(FindingSeverity::Error | FindingSeverity::Warning) => Outcome::Invalid,
        Some(FindingSeverity::Note) | None => Outcome::Fine,
    })
}

fn print(findings: &Findings, documents: &Documents, console: &Console) -> io::Result<()> {
    let styles = console.styles();
    let mut writer = console.text();
    for finding in &findings.findings {
        writeln!(writer, "{}\n", excerpt(finding, documents, console))?;
    }
    for witness in &findings.witnesses {
        let example = serde_json::to_string(&witness.example)?;
        let faint = styles.faint;
        writeln!(writer, "{} {}: {faint}{example}{faint:#}", witness.field, witness.option)?;
    }
    for coverage in &findings.coverage {
        covered(&mut writer, coverage, &styles)?;
    }
    let count = |severity| findings.findings.iter().filter(|finding| finding.severity == severity).count();
    let (errors, warnings) = (count(FindingSeverity::Error), count(FindingSeverity::Warning));
    let Styles { good, bad, active, .. } = styles;
    if findings.findings.is_empty() {
        writeln!(writer, "{good}nothing was found{good:#}")?;
    } else {
        let notes = count(FindingSeverity::Note);
        writeln!(
            writer,
            "{bad}{errors} errors{bad:#}, {active}{warnings} warnings{active:#}, {notes} notes"
        )?;
    }
    writer.flush()
}

fn excerpt(finding: &Finding, documents: &Documents, console: &Console) -> String {
    let place = documents.place(finding.blueprint.as_deref(), &finding.pointer);
    let nowhere = format!(
        "{}:{}: {}",
        finding.blueprint.as_deref().unwrap_or("platform"),
        finding.pointer,
        finding.message
    );
    let message = if place.is_some() { &finding.message } else { &nowhere };
    let example = finding
        .example
        .as_ref()
        .and_then(|example| serde_json::to_string(example).ok())
        .map(|example| format!("for example {example}"));
    let notice = match finding.severity {
        FindingSeverity::Error => Notice::error(message),
        FindingSeverity::Warning => Notice::warning(message),
        FindingSeverity::Note => Notice::note(message),
    };
    notice
        .code(finding.code.as_str())
        .place(place.as_ref().map(documents::Found::place))
        .remark(example.as_deref())
        .hint(finding.hint.as_deref())
        .render(&console.out_renderer())
}

fn covered(writer: &mut impl Write, coverage: &Coverage, styles: &Styles) -> io::Result<()> {
    let Styles { faint, active, .. } = styles;
    let Coverage { blueprint, fields, combinations, .. } = coverage;
    write!(
        writer,
        "blueprint {blueprint}: {combinations} combinations of {} {faint}({}){faint:#}",
        if fields.len() == 1 { "1 parameter".to_owned() } else { format!("{} parameters", fields.len()) },
        fields.join(", ")
    )?;
    if coverage.exhaustive {
        return writeln!(writer, ": the answers hold for every request");
    }
    writeln!(writer, ": {active}some answers stay open{active:#}")?;
    coverage.gaps.iter().try_for_each(|gap| writeln!(writer, "  {gap}"))
}
