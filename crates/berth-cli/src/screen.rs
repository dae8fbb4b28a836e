//! Draws a Workflow: again and again in place on a terminal, else a line for each change and the whole in the end.

use std::io::{self, BufWriter, Stdout, Write};
use std::time::{Duration, Instant};

use crate::argo::{Phase, Rollback, Run, Step};
use crate::dag::{clip, draw, sign};
use crate::output::{Console, Styles};

/// How wide to draw where there is no terminal.
const WIDTH: usize = 120;
/// How long a Workflow may wait for Argo before people are told.
const UNUSUAL: Duration = Duration::from_secs(15);
const NOT_BEGUN: &str = "Argo has not begun it yet: does its controller run?";

/// Where a Workflow is drawn.
pub(crate) struct Screen {
    // Not stripped of escapes: they also move the cursor, and `styles` knows about colours.
    writer: BufWriter<Stdout>,
    styles: Styles,
    live: bool,
    /// How many lines of the last frame stand above the cursor.
    drawn: usize,
    frames: usize,
    since: Instant,
    /// Did the Workflow begin when the watch did?
    fresh: bool,
    /// Have people been told that nothing happens?
    told: bool,
}

impl Screen {
    /// A screen for a Workflow. `fresh` says that it begins just now.
    pub(crate) fn new(console: &Console, fresh: bool) -> Self {
        Self {
            writer: BufWriter::new(io::stdout()),
            styles: console.styles(),
            live: Console::is_live(),
            drawn: 0,
            frames: 0,
            since: Instant::now(),
            fresh,
            told: false,
        }
    }

    /// Notes a change: a line each, where nothing can be redrawn.
    pub(crate) fn changed(&mut self, before: Option<&Run>, run: &Run) -> io::Result<()> {
        if self.live {
            return Ok(());
        }
        if before.is_none_or(|before| before.phase != run.phase || before.message != run.message) {
            let message = if run.message.is_empty() { String::new() } else { format!(": {}", run.message) };
            writeln!(self.writer, "{:?} {}{message}", run.phase, run.name)?;
        }
        let lists = [
            ("", before.map(|before| &before.steps), &run.steps),
            ("rollback ", before.map(|before| &before.rollback_steps), &run.rollback_steps),
        ];
        for (prefix, before, steps) in lists {
            for step in steps {
                let known = before.into_iter().flatten().find(|known| known.name == step.name);
                let was = known.map(|known| known.phase).unwrap_or_default();
                if was != step.phase && !matches!(step.phase, Phase::Pending | Phase::Skipped) {
                    let (sign, style) = sign(step.phase, &self.styles, None);
                    writeln!(self.writer, "{style}{sign}{style:#} {prefix}{} {:?}", step.name, step.phase)?;
                }
            }
        }
        self.writer.flush()
    }

    /// Time goes by.
    pub(crate) fn tick(&mut self, run: &Run) -> io::Result<()> {
        if !self.live {
            if self.waits_for_argo(run) && !self.told {
                self.told = true;
                writeln!(self.writer, "{NOT_BEGUN}")?;
                self.writer.flush()?;
            }
            return Ok(());
        }
        self.frames += 1;
        let lines = self.frame(run);
        self.redraw(&lines)
    }

    /// Draws the whole for the last time.
    pub(crate) fn end(&mut self, run: &Run) -> io::Result<()> {
        let lines = self.frame(run);
        if self.live {
            return self.redraw(&lines);
        }
        for line in lines {
            writeln!(self.writer, "{line}")?;
        }
        self.writer.flush()
    }

    /// Has nothing happened for longer than it should?
    fn waits_for_argo(&self, run: &Run) -> bool {
        run.phase == Phase::Pending && run.message.is_empty() && self.since.elapsed() > UNUSUAL
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
        let time = match (self.fresh, run.seconds()) {
            _ if run.phase == Phase::Pending => String::new(),
            (true, _) => format!(" {:.1} s", self.since.elapsed().as_secs_f32()),
            (false, Some(seconds)) => format!(" {seconds} s"),
            (false, None) => String::new(),
        };
        let phase = format!("{:?}", run.phase);
        let room = width.saturating_sub(phase.len() + time.len() + run.name.len() + 5);
        let title = clip(&run.title, room);
        let mut lines = vec![format!(
            "{style}{sign} {phase}{style:#}{faint}{time}{faint:#}  {strong}{title}{strong:#} {faint}{}{faint:#}",
            run.name
        )];
        let message = match run.phase {
            _ if self.waits_for_argo(run) => NOT_BEGUN,
            Phase::Pending | Phase::Running => &run.message,
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
