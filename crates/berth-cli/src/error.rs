//! How a command ends: fine, with something invalid, or in trouble; and what it says then.

use std::io;
use std::path::Path;
use std::process::ExitCode;

use crate::argo::ArgoError;
use crate::documents::Broken;
use crate::output::Console;
use crate::report::Notice;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Outcome {
    /// All is well.
    Fine,
    /// A request or a document is invalid.
    Invalid,
    /// A file or the network failed, or the command was not used as it is meant.
    Trouble,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(outcome as u8)
    }
}

/// Why a command ended early.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CliError {
    /// A platform or blueprint document is wrong.
    #[error(transparent)]
    Documents(#[from] Box<Broken>),
    /// A request is invalid, which the user has been told.
    #[error("the request is not valid")]
    Refused,
    /// The request is fine but can't be carried out as asked.
    #[error("{message}")]
    Declined {
        /// Why.
        message: String,
        /// What to do.
        hint: String,
    },
    /// A file or the network failed, or the command was not used as it is meant.
    #[error("{message}")]
    Trouble {
        /// What failed, and why.
        message: String,
        /// What to do.
        hint: Option<String>,
    },
    /// The answer could not be written.
    #[error("can't write the answer: {0}")]
    Output(#[from] io::Error),
}

impl CliError {
    pub(crate) fn trouble(message: impl Into<String>) -> Self {
        Self::Trouble { message: message.into(), hint: None }
    }

    pub(crate) fn hint(self, hint: impl Into<String>) -> Self {
        match self {
            Self::Trouble { message, .. } => Self::Trouble { message, hint: Some(hint.into()) },
            other => other,
        }
    }

    /// A file that can't be read.
    pub(crate) fn unreadable(path: &Path, error: &io::Error) -> Self {
        Self::trouble(format!("can't read `{}`: {}", path.display(), reason(error)))
    }

    /// A file that can't be written.
    pub(crate) fn unwritable(path: &Path, error: &io::Error) -> Self {
        Self::trouble(format!("can't write `{}`: {}", path.display(), reason(error)))
    }

    /// Tells the user.
    pub(crate) fn report(&self, console: &Console) -> Outcome {
        let (outcome, text) = match self {
            Self::Documents(broken) => (Outcome::Invalid, broken.render(&console.err_renderer())),
            Self::Refused => return Outcome::Invalid,
            Self::Declined { message, hint } => {
                (Outcome::Invalid, Notice::error(message).hint(Some(hint)).render(&console.err_renderer()))
            }
            // Whoever read the answer has enough of it.
            Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => return Outcome::Trouble,
            Self::Trouble { message, hint } => (
                Outcome::Trouble,
                Notice::error(message).hint(hint.as_deref()).render(&console.err_renderer()),
            ),
            Self::Output(_) => {
                (Outcome::Trouble, Notice::error(&self.to_string()).render(&console.err_renderer()))
            }
        };
        console.complain(&text);
        outcome
    }
}

impl From<ArgoError> for CliError {
    fn from(error: ArgoError) -> Self {
        Self::trouble(error.to_string()).hint(error.hint())
    }
}

/// What the operating system said, without its number.
pub(crate) fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or_default();
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
