//! Follows a Workflow until it has ended: redrawn in place on a terminal, else a line for each change.

use std::io::{self, BufWriter, Stdout, Write};
use std::sync::mpsc::RecvTimeoutError;
use std::time::{Duration, Instant};

use crate::argo::{self, Argo, Phase, Rollback, Run, Step};
use crate::dag::{clip, draw, sign};
use crate::error::CliError;
use crate::output::{Console, Styles};

/// How often a terminal is redrawn.
const TICK: Duration = Duration::from_millis(100);
/// How wide to draw where there is no terminal.
const WIDTH: usize = 120;
/// How much of a failed step's log is shown.
const LOG_LINES: usize = 12;
/// How long a Workflow may wait for Argo before people are told.
const UNUSUAL: Duration = Duration::from_secs(15);

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
    let mut screen = Screen { begun: fresh.then(Instant::now), ..Screen::new(console) };
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
    let mut screen = Screen { live: false, ..Screen::new(console) };
    let lines = screen.frame(run);
    screen.print(&lines)
}

/// Shows why a Workflow failed: the messages of its steps and the ends of their logs.
pub(crate) fn explain(console: &Console, argo: &Argo, namespace: &str, run: &Run) -> io::Result<()> {
    let Styles { bad, faint, good, .. } = console.styles();
    let mut writer = console.text();
    for step in run.failures() {
        let message = if step.message.is_empty() { "it failed" } else { &step.message };
        writeln!(writer, "\n{bad}{} failed{bad:#}: {message}", step.name)?;
        for line in log_tail(argo, namespace, run, step) {
            writeln!(writer, "  {faint}|{faint:#} {line}")?;
        }
    }
    match (run.rollback, run.phase.is_bad()) {
        (Rollback::Done, _) => writeln!(writer, "\n{good}rolled back{good:#}: nothing of it is left")?,
        (Rollback::Failed, _) => {
            writeln!(writer, "\n{bad}the rollback failed{bad:#}: something of it may be left")?;
        }
        (Rollback::None | Rollback::Running, true) if !run.message.is_empty() => {
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

/// Where a Workflow is drawn.
struct Screen {
    // Not stripped of escapes: they also move the cursor, and `styles` knows about colours.
    writer: BufWriter<Stdout>,
    styles: Styles,
    live: bool,
    /// How many lines of the last frame stand above the cursor.
    drawn: usize,
    frames: usize,
    /// When the Workflow began, if that was seen.
    begun: Option<Instant>,
}

impl Screen {
    fn new(console: &Console) -> Self {
        Self {
            writer: BufWriter::new(io::stdout()),
            styles: console.styles(),
            live: Console::is_live(),
            drawn: 0,
            frames: 0,
            begun: None,
        }
    }

    /// Where nothing can be redrawn, every change is a line.
    fn changed(&mut self, before: Option<&Run>, run: &Run) -> io::Result<()> {
        if self.live {
            return Ok(());
        }
        if before.is_none_or(|before| before.phase != run.phase || before.message != run.message) {
            let message = if run.message.is_empty() { String::new() } else { format!(": {}", run.message) };
            writeln!(self.writer, "{:?} {}{message}", run.phase, run.name)?;
        }
        let before = |name: &str, steps: fn(&Run) -> &Vec<Step>| {
            before
                .and_then(|before| steps(before).iter().find(|step| step.name == name))
                .map(|step| step.phase)
        };
        for (prefix, steps) in
            [("", (|run| &run.steps) as fn(&Run) -> &Vec<Step>), ("rollback ", |run| &run.rollback_steps)]
        {
            for step in steps(run) {
                let was = before(&step.name, steps).unwrap_or_default();
                if was != step.phase && !matches!(step.phase, Phase::Pending | Phase::Skipped) {
                    let (sign, style) = sign(step.phase, &self.styles, None);
                    writeln!(self.writer, "{style}{sign}{style:#} {prefix}{} {:?}", step.name, step.phase)?;
                }
            }
        }
        self.writer.flush()
    }

    fn tick(&mut self, run: &Run) -> io::Result<()> {
        if !self.live {
            return Ok(());
        }
        self.frames += 1;
        let lines = self.frame(run);
        self.redraw(&lines)
    }

    fn end(&mut self, run: &Run) -> io::Result<()> {
        let lines = self.frame(run);
        if self.live { self.redraw(&lines) } else { self.print(&lines) }
    }

    fn print(&mut self, lines: &[String]) -> io::Result<()> {
        for line in lines {
            writeln!(self.writer, "{line}")?;
        }
        self.writer.flush()
    }

    /// Writes the lines over those of the last frame.
    fn redraw(&mut self, lines: &[String]) -> io::Result<()> {
        let height = Console::size().map_or(usize::MAX, |(_, height)| height);
        let lines = lines.get(..lines.len().min(height.saturating_sub(1))).unwrap_or_default();
        if self.drawn > 0 {
            write!(self.writer, "\u{1b}[{}A\r", self.drawn)?;
        }
        for line in lines {
            writeln!(self.writer, "{line}\u{1b}[K")?;
        }
        write!(self.writer, "\u{1b}[J")?;
        self.drawn = lines.len();
        self.writer.flush()
    }

    fn frame(&self, run: &Run) -> Vec<String> {
        let Styles { strong, faint, .. } = self.styles;
        let width = Console::size().map_or(WIDTH, |(width, _)| width);
        let frame = self.live.then_some(self.frames);
        let (sign, style) = sign(run.phase, &self.styles, frame);
        let elapsed = self.begun.map(|begun| begun.elapsed());
        let time = match (elapsed, run.seconds()) {
            _ if run.phase == Phase::Pending => String::new(),
            (Some(elapsed), _) => format!(" {:.1} s", elapsed.as_secs_f32()),
            (None, Some(seconds)) => format!(" {seconds} s"),
            (None, None) => String::new(),
        };
        let phase = format!("{:?}", run.phase);
        let room = width.saturating_sub(phase.len() + time.len() + run.name.len() + 5);
        let title = clip(&run.title, room);
        let mut lines = vec![format!(
            "{style}{sign} {phase}{style:#}{faint}{time}{faint:#}  {strong}{title}{strong:#} {faint}{}{faint:#}",
            run.name
        )];
        let message = match (run.message.as_str(), run.phase, elapsed) {
            ("", Phase::Pending, Some(elapsed)) if elapsed > UNUSUAL => {
                "Argo has not begun it yet: does its controller run?"
            }
            (message, Phase::Pending | Phase::Running, _) => message,
            _ => "",
        };
        if !message.is_empty() {
            lines.push(format!("  {faint}{}{faint:#}", clip(message, width.saturating_sub(2))));
        }
        let indented = |steps: &[Step]| {
            let drawn = draw(steps, &self.styles, width.saturating_sub(3), frame);
            drawn.into_iter().map(|line| format!("  {line}")).collect::<Vec<_>>()
        };
        lines.extend(indented(&run.steps));
        if run.rollback != Rollback::None {
            lines.push(format!("{strong}rollback{strong:#}"));
            lines.extend(indented(&run.rollback_steps));
        }
        lines
    }
}
