//! What can be wrong with a text, in words for the person who wrote it: what, why, where, and what to do.

use std::ops::Range;

use super::Format;
use super::limits::{MAX_BYTES, MAX_DEPTH, MAX_INTEGER, MAX_NODES};
use super::locate::{Location, Occurrence, Target, find};
use super::pointer::{self, Step};

/// Why a text is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct InputError {
    /// A name for machines that stays the same, such as `duplicate-key`.
    pub code: &'static str,
    /// What is wrong. One line.
    pub message: Box<str>,
    /// What to do about it.
    pub hint: Option<Box<str>>,
    /// The JSON pointer to the value, if the text could be read that far.
    pub pointer: Option<Box<str>>,
    /// Where it stands.
    pub location: Option<Location>,
    /// Where the first of two equal keys stands; `location` is the second.
    pub first: Option<Box<Location>>,
}

/// The kinds of [`InputError`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum Problem {
    /// How long it is isn't said: what comes in a stream is not read to its end.
    #[error("the text is longer than the {MAX_BYTES} bytes that are read")]
    TooLong,
    #[error("lists and maps are nested more than {MAX_DEPTH} deep")]
    TooDeep,
    #[error("the text holds more than {MAX_NODES} values")]
    TooManyNodes,
    #[error("the text holds no document")]
    Empty,
    #[error("not valid {language}: {why}")]
    Syntax { language: &'static str, why: String, hint: Option<&'static str> },
    #[error("duplicate key `{}`", shown(key))]
    DuplicateKey { key: String },
    #[error("`{}` is not a whole number", shown(text))]
    NumberNotWhole { text: String },
    #[error(
        "`{}` is beyond ±{MAX_INTEGER}, the largest integer that every reader keeps exactly",
        shown(text)
    )]
    NumberTooLarge { text: String },
    #[cfg(feature = "yaml")]
    #[error(transparent)]
    Yaml(#[from] super::yaml::YamlProblem),
    #[cfg(not(feature = "yaml"))]
    #[error("this build of Berth reads JSON only")]
    YamlLeftOut,
}

impl Problem {
    fn code(&self) -> &'static str {
        match self {
            Self::TooLong => "too-long",
            Self::TooDeep => "too-deep",
            Self::TooManyNodes => "too-many-values",
            Self::Empty => "no-document",
            Self::Syntax { .. } => "syntax",
            Self::DuplicateKey { .. } => "duplicate-key",
            Self::NumberNotWhole { .. } => "not-whole",
            Self::NumberTooLarge { .. } => "number-too-large",
            #[cfg(feature = "yaml")]
            Self::Yaml(problem) => problem.code(),
            #[cfg(not(feature = "yaml"))]
            Self::YamlLeftOut => "yaml-left-out",
        }
    }

    /// Whether a number is the problem.
    #[cfg(feature = "yaml")]
    pub(super) fn is_number(&self) -> bool {
        matches!(self, Self::NumberNotWhole { .. } | Self::NumberTooLarge { .. })
    }

    /// Whether it is about one value or key, and not about the text or the way it is written.
    fn is_of_a_value(&self) -> bool {
        match self {
            Self::DuplicateKey { .. } | Self::NumberNotWhole { .. } | Self::NumberTooLarge { .. } => true,
            #[cfg(feature = "yaml")]
            Self::Yaml(problem) => problem.is_of_a_value(),
            _ => false,
        }
    }

    fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::TooLong => "split it into several files",
            Self::TooDeep => "write it flatter",
            Self::TooManyNodes => "split it into several files; every copy that an alias makes counts, too",
            Self::Empty => "write one document: a map of keys and values",
            Self::Syntax { hint, .. } => return hint.map(str::to_owned),
            Self::DuplicateKey { .. } => "remove one of the two; readers disagree about which one counts",
            Self::NumberNotWhole { text } => {
                return Some(format!("write a whole number, or \"{}\" if it is text", shown(text)));
            }
            Self::NumberTooLarge { text } => {
                return Some(format!("write a smaller number, or \"{}\" if it is text", shown(text)));
            }
            #[cfg(feature = "yaml")]
            Self::Yaml(problem) => return Some(problem.hint()),
            #[cfg(not(feature = "yaml"))]
            Self::YamlLeftOut => "give the document as JSON",
        };
        Some(hint.to_owned())
    }
}

/// A problem and where it was met, before its position is known.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) problem: Problem,
    /// The way to the value, the innermost step first.
    pub(super) path: Vec<Step>,
    /// The bytes it is about, in the text without its byte-order mark; else the pointer says where it is.
    pub(super) range: Option<Range<usize>>,
    /// The place of its document among the documents of the text.
    pub(super) document: usize,
}

impl Fault {
    /// A problem of the text as a whole.
    pub(super) fn of(problem: Problem) -> Self {
        Self { problem, path: Vec::new(), range: None, document: 0 }
    }

    /// A problem of some bytes of the text.
    pub(super) fn at(problem: Problem, range: Range<usize>) -> Self {
        Self { range: Some(range), ..Self::of(problem) }
    }

    /// The same problem, seen from the list or map around it.
    pub(super) fn under(mut self, step: Step) -> Self {
        self.path.push(step);
        self
    }

    /// Adds the position, by a second pass over `text` if need be.
    #[cold]
    pub(super) fn into_error(mut self, text: &str, format: Format) -> InputError {
        let pointer = pointer::from_innermost(&self.path);
        let seek = |target| find(text, format, self.document, &pointer, target);
        let (location, first) = match &self.problem {
            Problem::DuplicateKey { .. } => {
                (seek(Target::Key(Occurrence::Second)), seek(Target::Key(Occurrence::First)))
            }
            Problem::TooLong | Problem::Empty => (None, None),
            _ => match self.range.take() {
                Some(range) => (Some(Location::new(text, range)), None),
                None => (seek(Target::Value), None),
            },
        };
        InputError {
            code: self.problem.code(),
            message: self.problem.to_string().into(),
            hint: self.problem.hint().map(Into::into),
            pointer: self.problem.is_of_a_value().then(|| pointer.into()),
            location,
            first: first.map(Box::new),
        }
    }
}

/// Both readers meet it, and say it in one way.
pub(super) const LONE_SURROGATE: &str = "an escape is half of a surrogate pair, which is no character";
pub(super) const WRITE_BOTH_HALVES: &str =
    "write both halves, such as `\\ud83d\\ude80`, or the character itself";

/// What somebody wrote, fit for a message: one line, and not too long.
pub(super) fn shown(text: &str) -> String {
    const LONGEST: usize = 60;
    let mut shown: String = text.chars().take(LONGEST).flat_map(printable).collect();
    if text.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    shown
}

fn printable(character: char) -> impl Iterator<Item = char> {
    let escaped = character.is_control().then(|| character.escape_default());
    let plain = escaped.is_none().then_some(character);
    escaped.into_iter().flatten().chain(plain)
}
