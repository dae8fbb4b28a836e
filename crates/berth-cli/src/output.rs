//! Where answers and complaints go: standard output and error, with colours where somebody can see them.

use std::io::{self, BufWriter, IsTerminal, Write};

use annotate_snippets::Renderer;
use annotate_snippets::renderer::DEFAULT_TERM_WIDTH;
use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use serde::Serialize;

use crate::args::Output;

/// The narrowest and the widest that excerpts are made for.
const NARROWEST: usize = 40;
const WIDEST: usize = 200;

/// Standard output and standard error, and how each may be written to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Console {
    out: ColorChoice,
    err: ColorChoice,
    width: Option<usize>,
}

/// Text for people.
pub(crate) type TextWriter = BufWriter<AutoStream<io::Stdout>>;

impl Console {
    /// `choice` as the user made it.
    pub(crate) fn new(choice: ColorChoice) -> Self {
        choice.write_global();
        Self {
            out: AutoStream::choice(&io::stdout()),
            err: AutoStream::choice(&io::stderr()),
            width: Self::size().map(|(width, _)| width),
        }
    }

    /// Text for people on standard output.
    pub(crate) fn text(&self) -> TextWriter {
        BufWriter::new(AutoStream::new(io::stdout(), self.out))
    }

    /// Data for programs on standard output.
    pub(crate) fn data() -> BufWriter<io::StdoutLock<'static>> {
        BufWriter::with_capacity(1 << 16, io::stdout().lock())
    }

    /// Answers a program with one value.
    pub(crate) fn answer(output: Output, value: &impl Serialize) -> io::Result<()> {
        let mut writer = Self::data();
        if output == Output::Json {
            serde_json::to_writer_pretty(&mut writer, value)?;
            writeln!(writer)?;
        } else {
            writer.write_all(berth_core::emit::to_yaml(value).as_bytes())?;
        }
        writer.flush()
    }

    /// How excerpts look on standard output.
    pub(crate) fn out_renderer(&self) -> Renderer {
        self.renderer(self.out)
    }

    /// How excerpts look on standard error.
    pub(crate) fn err_renderer(&self) -> Renderer {
        self.renderer(self.err)
    }

    /// The colours of standard output.
    pub(crate) fn styles(&self) -> Styles {
        Styles::of(self.out)
    }

    /// The colours of standard error.
    pub(crate) fn err_styles(&self) -> Styles {
        Styles::of(self.err)
    }

    /// How wide and how high the terminal is, if there is one.
    pub(crate) fn size() -> Option<(usize, usize)> {
        terminal_size::terminal_size().map(|(width, height)| (width.0.into(), height.0.into()))
    }

    /// Is standard output a terminal, where text can be written over?
    pub(crate) fn is_live() -> bool {
        io::stdout().is_terminal()
    }

    /// Writes to standard error. When even that is gone, nobody is left to be told.
    pub(crate) fn complain(&self, text: &str) {
        let mut stream = AutoStream::new(io::stderr(), self.err);
        let _ = writeln!(stream, "{text}");
    }

    fn renderer(&self, choice: ColorChoice) -> Renderer {
        let renderer = if has_colors(choice) { Renderer::styled() } else { Renderer::plain() };
        let width = self.width.map_or(DEFAULT_TERM_WIDTH, |width| width.clamp(NARROWEST, WIDEST));
        renderer.term_width(width)
    }
}

fn has_colors(choice: ColorChoice) -> bool {
    matches!(choice, ColorChoice::Always | ColorChoice::AlwaysAnsi)
}

/// What text looks like: `{style}text{style:#}`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Styles {
    /// Headings and names.
    pub(crate) strong: Style,
    /// What matters less.
    pub(crate) faint: Style,
    /// What went well.
    pub(crate) good: Style,
    /// What goes on, or needs somebody.
    pub(crate) active: Style,
    /// What went wrong.
    pub(crate) bad: Style,
}

impl Styles {
    fn of(choice: ColorChoice) -> Self {
        if has_colors(choice) { Self::COLORS } else { Self::PLAIN }
    }

    /// No colours.
    pub(crate) const PLAIN: Self = Self {
        strong: Style::new(),
        faint: Style::new(),
        good: Style::new(),
        active: Style::new(),
        bad: Style::new(),
    };
    const COLORS: Self = Self {
        strong: Style::new().bold(),
        faint: Style::new().dimmed(),
        good: AnsiColor::Green.on_default(),
        active: AnsiColor::Yellow.on_default(),
        bad: AnsiColor::Red.on_default(),
    };
}
