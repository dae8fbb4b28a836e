//! Patterns: the regular expressions that a blueprint may use, in the one subset that ECMAScript with the `u`
//! flag (JSON Schema), RE2 (CEL) and Rust's `regex` read alike.
//!
//! What may be written is settled in `parse`, how text is matched in `automaton`, and what is known about every
//! matching text in [`Shape`]. Which fields have a pattern, and what a request hears when it doesn't match, is
//! left to the caller.
//!
//! The subset: printable ASCII characters, positive classes such as `[a-z0-9-]`, groups `( )` and `(?: )`, `|`,
//! the repeats `*`, `+`, `?`, `{2}`, `{2,}` and `{2,5}`, and a backslash before a syntax character. A pattern
//! begins with `^`, ends with `$` and has no other anchors. Where the three languages differ, or only one of them
//! knows a construct, the pattern is refused.

mod automaton;
mod byte_set;
mod parse;
mod refusal;
mod shape;

use std::fmt;

pub use byte_set::ByteSet;
pub use shape::Shape;

use automaton::Automaton;

/// A compiled pattern. Matching takes time linear in the text, whatever the pattern.
///
/// ```
/// use berth_core::pattern::Pattern;
///
/// let name = Pattern::parse("^[a-z0-9]([a-z0-9-]*[a-z0-9])?$")?;
/// assert!(name.matches("payments-checkout"));
/// assert!(!name.matches("payments-"));
/// assert!(!name.matches("payments\n"), "`$` is the very end of the text");
/// # Ok::<(), berth_core::pattern::PatternError>(())
/// ```
#[derive(Clone)]
pub struct Pattern {
    source: String,
    automaton: Automaton,
    shape: Shape,
}

impl Pattern {
    /// Reads a pattern of the subset.
    ///
    /// # Errors
    /// When the pattern leaves the subset, or needs more than 128 positions (characters and classes, counted
    /// after bounded repeats are written out). The error says where, why and what to write instead.
    pub fn parse(source: &str) -> Result<Self, PatternError> {
        let node = parse::parse(source)?;
        Ok(Self { source: source.to_owned(), automaton: Automaton::new(&node), shape: node.shape() })
    }

    /// Whether the whole text matches.
    pub fn matches(&self, text: &str) -> bool {
        self.automaton.matches(text)
    }

    /// How far a text has come that has one more character than `before`.
    pub(crate) fn read(&self, before: Progress, character: char) -> Progress {
        Progress(Some(self.automaton.read(before.0, character)))
    }

    /// Whether a text that has come so far matches.
    pub(crate) fn accepts(&self, progress: Progress) -> bool {
        self.automaton.accepts(progress.0)
    }

    /// The pattern as it was written.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// What holds for every text that matches.
    pub fn shape(&self) -> Shape {
        self.shape
    }
}

/// How far a text has come in a pattern; the default is its beginning. Two texts that have come equally far go on
/// alike, whatever follows: so all texts can be looked at, a state each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Progress(Option<u128>);

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.source)
    }
}

impl fmt::Debug for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Pattern").field(&self.source).finish()
    }
}

/// Patterns are equal when they are written alike.
impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source
    }
}

impl Eq for Pattern {}

/// Why a pattern is refused, where, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct PatternError {
    at: usize,
    message: String,
    hint: String,
}

impl PatternError {
    fn new(at: usize, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { at, message: message.into(), hint: hint.into() }
    }

    /// Where in the pattern, in bytes from its beginning.
    pub fn at(&self) -> usize {
        self.at
    }

    /// What is wrong.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What to write instead.
    pub fn hint(&self) -> &str {
        &self.hint
    }
}
