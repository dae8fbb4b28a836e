//! Why documents can't be exported although they are sound.

/// Everything that stands in the way of an export; at least one problem.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
pub struct ExportError {
    /// In the order of the documents.
    pub problems: Vec<ExportProblem>,
}

/// Something that an export needs to know and the documents don't say.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ExportProblem {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: String,
}

impl ExportProblem {
    pub(super) fn new(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { message: message.into(), hint: hint.into() }
    }
}

/// `value`, unless there are problems; each is said once.
pub(super) fn unless<T>(problems: Vec<ExportProblem>, value: T) -> Result<T, ExportError> {
    if problems.is_empty() {
        return Ok(value);
    }
    let mut once: Vec<ExportProblem> = Vec::with_capacity(problems.len());
    for problem in problems {
        if !once.contains(&problem) {
            once.push(problem);
        }
    }
    Err(ExportError { problems: once })
}
