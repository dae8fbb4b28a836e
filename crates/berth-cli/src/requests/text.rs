//! A text with its name and format. What it says is settled by `berth_core::input`.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use berth_core::input::{self, Format, InputError, Location, MAX_BYTES};
use serde_json::Value;

/// What standard input is called on the command line.
pub(crate) const STDIN: &str = "-";

/// A text that holds requests or other data.
#[derive(Debug)]
pub(crate) struct Text {
    /// As the command line names it.
    pub(crate) file: Arc<str>,
    /// The same, for people.
    name: Arc<str>,
    pub(crate) content: String,
    pub(crate) format: Format,
    /// The number of the first line: a line of a stream is a text of its own.
    pub(crate) first_line: usize,
    /// Is it one line of a stream?
    pub(crate) is_line: bool,
    /// Why it is no text at all.
    broken: Option<Box<InputError>>,
}

impl Text {
    /// Reads a file, up to the length that is looked at.
    pub(crate) fn read(path: &Path) -> io::Result<Self> {
        let name = path.to_string_lossy();
        // Other names say nothing, such as `/dev/fd/63`.
        let format = super::is_document(path).then(|| Format::of_file_name(&name));
        let mut file = File::open(path)?;
        let metadata = file.metadata()?;
        // Where the length is known, the end need not be looked for. Pipes and the like say 0.
        let known =
            Some(metadata.len()).filter(|length| metadata.is_file() && (1..too_many()).contains(length));
        let mut bytes =
            Vec::with_capacity(known.and_then(|length| usize::try_from(length).ok()).unwrap_or_default());
        Read::by_ref(&mut file).take(known.unwrap_or(too_many())).read_to_end(&mut bytes)?;
        Ok(Self::new(name.into(), bytes, format))
    }

    /// A text from bytes; without a format its first character tells.
    pub(crate) fn new(file: Arc<str>, bytes: Vec<u8>, format: Option<Format>) -> Self {
        let mut broken = (bytes.len() > MAX_BYTES).then(too_long);
        let content = String::from_utf8(bytes).unwrap_or_else(|error| {
            broken.get_or_insert_with(|| not_utf8(error.as_bytes(), error.utf8_error().valid_up_to()));
            // As many bytes as before up to the fault, so that its position is right.
            String::from_utf8_lossy(error.as_bytes()).into_owned()
        });
        let format = format.unwrap_or_else(|| Format::sniff(&content));
        Self {
            name: shown(&file),
            file,
            content,
            format,
            first_line: 1,
            is_line: false,
            broken: broken.map(Box::new),
        }
    }

    /// A line of a stream of JSON documents.
    pub(crate) fn of_line(file: Arc<str>, bytes: Vec<u8>, number: usize) -> Self {
        Self { first_line: number, is_line: true, ..Self::new(file, bytes, Some(Format::Json)) }
    }

    /// What it is called in messages.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The documents in it, at least one.
    pub(crate) fn documents(&self) -> Result<Vec<Value>, InputError> {
        if let Some(error) = &self.broken {
            return Err(InputError::clone(error));
        }
        let documents = input::parse_all(&self.content, self.format)?;
        // The same error as for any other text that must hold one.
        if documents.is_empty() {
            input::parse(&self.content, self.format).map(|value| vec![value])
        } else {
            Ok(documents)
        }
    }
}

/// A file's name as messages show it: a name can hold anything, also what would move the cursor.
fn shown(file: &Arc<str>) -> Arc<str> {
    if &**file == STDIN {
        return "<stdin>".into();
    }
    if file.chars().any(char::is_control) {
        return file
            .chars()
            .map(|character| if character.is_control() { '\u{fffd}' } else { character })
            .collect::<String>()
            .into();
    }
    Arc::clone(file)
}

/// One byte more than is looked at: enough to know.
pub(crate) fn too_many() -> u64 {
    MAX_BYTES as u64 + 1
}

fn too_long() -> InputError {
    InputError {
        code: "too-long",
        message: format!("the text is longer than the {MAX_BYTES} bytes that are read").into(),
        hint: Some("split it into several files".into()),
        pointer: None,
        location: None,
        first: None,
    }
}

fn not_utf8(bytes: &[u8], valid: usize) -> InputError {
    let before = String::from_utf8_lossy(bytes.get(..valid).unwrap_or_default());
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let location = Location {
        line: before.matches('\n').count() + 1,
        column: before.get(line_start..).unwrap_or_default().chars().count() + 1,
        start: valid,
        // What stands there in the text is the replacement character.
        end: valid + char::REPLACEMENT_CHARACTER.len_utf8(),
        exact: true,
    };
    InputError {
        code: "not-utf8",
        message: "the text is not UTF-8".into(),
        hint: Some("save it as UTF-8".into()),
        pointer: None,
        location: Some(location),
        first: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> Text {
        Text::new("request.yaml".into(), bytes.to_vec(), Some(Format::Yaml))
    }

    #[test]
    fn bytes_that_are_no_text_are_pointed_at() {
        let error = text(b"team: payments\nname: caf\xe9\n").documents().unwrap_err();
        assert_eq!(error.code, "not-utf8");
        let at = error.location.unwrap();
        assert_eq!((at.line, at.column), (2, 10));
    }

    #[test]
    fn a_text_without_a_document_is_an_error() {
        assert_eq!(text(b"# nothing\n").documents().unwrap_err().code, "no-document");
        assert_eq!(text(b"a: 1\n---\nb: 2\n").documents().unwrap().len(), 2);
    }
}
