//! Follows a Workflow until it has ended: redrawn in place on a terminal, else a line for each change.

use std::io::{self, Write};
use std::sync::mpsc::RecvTimeoutError;
use std::time::Duration;

use crate::argo::{self, Argo, Rollback, Run, Step};
use crate::error::CliError;
use crate::output::{Console, Styles};
use crate::screen::Screen;

/// How often a terminal is redrawn.
const TICK: Duration = Duration::from_millis(100);
/// How much of a failed step's log is shown.
const LOG_LINES: usize = 12;

/// Follows a Workflow, and gives what became of it. `fresh` says that it begins just now.
///
/// # Errors
/// When Argo Server can't be asked any more, or nobody reads the answer.
pub(crate) fn follow(
    console: &Console,
    argo: &Argo,
    namespace: &str,
    name: &str,
    fresh: bool,
) -> Result<Run, CliError> {
    let mut screen = Screen::new(console, fresh);
    let updates = argo::watch(argo, namespace, name);
    let mut last: Option<Run> = None;
    loop {
        match updates.recv_timeout(TICK) {
            Ok(Ok(run)) => {
                screen.changed(last.as_ref(), &run)?;
                last = Some(run);
            }
            Ok(Err(error)) => return Err(error.into()),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
        if let Some(run) = &last {
            screen.tick(run)?;
        }
    }
    let run = last.ok_or_else(|| CliError::trouble(format!("nothing is known of the Workflow `{name}`")))?;
    screen.end(&run)?;
    Ok(run)
}

/// Shows a Workflow as it stands.
pub(crate) fn show(console: &Console, run: &Run) -> io::Result<()> {
    Screen::new(console, false).end(run)
}

/// Shows why a Workflow failed: the messages of its steps and the ends of their logs.
pub(crate) fn explain(console: &Console, argo: &Argo, namespace: &str, run: &Run) -> io::Result<()> {
    let Styles { bad, faint, good, .. } = console.styles();
    let mut writer = console.text();
    for step in run.failures() {
        let message = if step.message.is_empty() { "it failed" } else { &step.message };
        writeln!(writer, "\n{bad}{} failed{bad:#}: {message}", step.name)?;
        let lines = log_tail(argo, namespace, run, step);
        if lines.is_empty() {
            writeln!(writer, "  {faint}its log is gone{faint:#}")?;
        }
        for line in lines {
            writeln!(writer, "  {faint}|{faint:#} {line}")?;
        }
    }
    match (run.rollback, run.phase.is_bad()) {
        (Rollback::Done, _) => writeln!(writer, "\n{good}rolled back{good:#}: nothing of it is left")?,
        (Rollback::Failed, _) => {
            writeln!(writer, "\n{bad}the rollback failed{bad:#}: something of it may be left")?;
        }
        (Rollback::None | Rollback::Running, true) if run.failures().next().is_none() => {
            writeln!(writer, "\n{bad}{:?}{bad:#}: {}", run.phase, run.message)?;
        }
        _ => {}
    }
    writer.flush()
}

fn log_tail(argo: &Argo, namespace: &str, run: &Run, step: &Step) -> Vec<String> {
    let lines = argo.log(namespace, &run.name, &step.name);
    // Containers of other pods may have the same name: Argo calls pods after their template.
    let own = format!("-{}-", step.template);
    let is_own = |pod: &str| {
        pod == run.name || pod.strip_prefix(&*run.name).is_some_and(|rest| rest.starts_with(&own))
    };
    let lines: Vec<String> = lines
        .into_iter()
        .filter(|(pod, _)| is_own(pod))
        .map(|(_, line)| line.chars().filter(|character| !character.is_control()).collect())
        .collect();
    let skipped = lines.len().saturating_sub(LOG_LINES);
    lines.into_iter().skip(skipped).collect()
}
