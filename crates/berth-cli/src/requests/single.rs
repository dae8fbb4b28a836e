//! Exactly one document: the request of commands that take one, and the context.

use std::io;
use std::path::Path;

use berth_core::{Berth, Context, Current, Moment};
use serde_json::Value;

use super::{Piece, Text, pieces};
use crate::args::Output;
use crate::error::CliError;
use crate::output::Console;
use crate::report::{Judged, Notice, Place, excerpts, verdict};

/// A request and the text that it was read from.
#[derive(Debug)]
pub(crate) struct Single {
    pub(crate) text: Text,
    pub(crate) value: Value,
}

/// Reads the one document of a file or of standard input.
///
/// # Errors
/// Trouble when it can't be read or holds several; a syntax error is shown, to programs as a decision, and the request
/// refused.
pub(crate) fn single(
    path: &Path,
    berth: &Berth,
    output: Output,
    console: &Console,
) -> Result<Single, CliError> {
    let text = only_text(path)?;
    let several = |count: usize| {
        CliError::trouble(format!("`{}` holds {count} documents", text.name())).hint("this takes exactly one")
    };
    match text.documents() {
        Ok(mut documents) => match (documents.pop(), documents.len()) {
            (Some(value), 0) => Ok(Single { text, value }),
            (_, others) => Err(several(others + 1)),
        },
        Err(error) => {
            let judged = Judged::unread(berth, &Context::UNKNOWN, &text, &error);
            refuse(&judged, output, console)?;
            Err(CliError::Refused)
        }
    }
}

/// Says why a request is refused: to people on standard error, to programs as a decision.
pub(crate) fn refuse(judged: &Judged<'_>, output: Output, console: &Console) -> io::Result<()> {
    if output != Output::Text {
        return Console::answer(output, &judged.decision);
    }
    console.complain(&excerpts(judged, &console.err_renderer()));
    console.complain(&verdict(judged, &console.err_styles()));
    Ok(())
}

/// Reads the context that the command line gives, with `now` in it.
pub(crate) fn context(
    path: Option<&Path>,
    now: Option<&Moment>,
    console: &Console,
) -> Result<Context, CliError> {
    let mut context = match path {
        Some(path) => read_context(path, console)?,
        None => Context::default(),
    };
    if now.is_some() {
        context.now = now.cloned();
    }
    Ok(context)
}

/// The context of a change of the request in a file.
pub(crate) fn changing(
    context: Context,
    path: &Path,
    berth: &Berth,
    output: Output,
    console: &Console,
) -> Result<Context, CliError> {
    let stands = single(path, berth, output, console)?;
    let mut parameters = match stands.value {
        Value::Object(parameters) => parameters,
        other => {
            let judged = Judged::new(&stands.text, (0, 1), berth.decide(&other, &Context::UNKNOWN));
            refuse(&judged, output, console)?;
            return Err(CliError::Refused);
        }
    };
    // Of `{blueprint, parameters}` the context takes what is inside.
    if let Some(Value::Object(inside)) = parameters.shift_remove("parameters") {
        parameters = inside;
    }
    let used = context.current.as_ref().map(|current| current.used.clone()).unwrap_or_default();
    Ok(Context { current: Some(Current { parameters: Some(parameters), adopt: false, used }), ..context })
}

fn read_context(path: &Path, console: &Console) -> Result<Context, CliError> {
    let text = only_text(path)?;
    let complain = |message: &str, hint: Option<&str>, location: Option<&berth_core::input::Location>| {
        let place = location.map(|location| Place {
            name: Some(text.name()),
            text: &text.content,
            first_line: text.first_line,
            location,
            first: None,
        });
        console.complain(
            &Notice::error(message).code("context").hint(hint).place(place).render(&console.err_renderer()),
        );
        CliError::Refused
    };
    let documents = text.documents();
    let value = documents
        .map_err(|error| complain(&error.message, error.hint.as_deref(), error.location.as_ref()))?
        .into_iter()
        .next()
        .unwrap_or_default();
    Context::from_value(&value).map_err(|error| {
        let location = error.locate(&text.content, text.format);
        complain(&error.message, error.hint.as_deref(), location.as_ref())
    })
}

/// The one text of a file or of standard input.
pub(crate) fn only_text(path: &Path) -> Result<Text, CliError> {
    let mut all = pieces(std::slice::from_ref(&path.to_owned())).take(2).collect::<Vec<_>>().into_iter();
    let unreadable = |error: &io::Error| CliError::unreadable(path, error);
    match (all.next(), all.next()) {
        (Some(Piece::File { path, .. }), None) => Text::read(&path).map_err(|error| unreadable(&error)),
        (Some(Piece::Text(text)), None) => Ok(text),
        (Some(Piece::Trouble(error)), _) => Err(error),
        _ => Err(CliError::trouble(format!("`{}` holds several documents", path.display()))
            .hint("this takes exactly one")),
    }
}
