//! The report for people: a line for each check, then each finding with what follows and what mends it.

use std::io::Write;

use super::finding::Severity;
use super::report::{CheckResult, Report};
use crate::error::CliError;
use crate::output::{Console, Styles};
use crate::report::Notice;

/// Writes the report to standard output.
pub(crate) fn show(report: &Report, console: &Console) -> Result<(), CliError> {
    let mut writer = console.text();
    let Styles { faint, good, bad, .. } = console.styles();
    let widest = report.checks.iter().map(|check| check.name.len()).max().unwrap_or_default();
    for check in &report.checks {
        let (mark, style) = match check.result {
            CheckResult::Fine => ("✔", good),
            CheckResult::Found => ("✘", bad),
            CheckResult::Skipped => ("-", faint),
        };
        let pad = widest - check.name.len();
        writeln!(
            writer,
            "{style}{mark}{style:#} {}{:pad$}  {faint}{}{faint:#}",
            check.name, "", check.detail
        )?;
    }
    let renderer = console.out_renderer();
    for finding in &report.findings {
        let notice = match finding.severity {
            Severity::Error => Notice::error(&finding.message),
            Severity::Warning => Notice::warning(&finding.message),
            Severity::Note => Notice::note(&finding.message),
        };
        let notice =
            notice.code(finding.code.as_str()).remark(Some(&finding.consequence)).hint(Some(&finding.remedy));
        writeln!(writer, "\n{}", notice.render(&renderer))?;
    }
    Ok(writer.flush()?)
}
