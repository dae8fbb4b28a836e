//! Text becomes one JSON value here, whether it is YAML or JSON; what the value means is left to `document` and `decide`.
//!
//! This is the one place where the two formats meet, so that the command line, HTTP and WebAssembly can't read one
//! request in two ways: YAML 1.2 core schema, integers within ±(2^53−1) only, and no key twice. Positions are
//! worked out on demand by [`locate`], so that reading stays fast.

mod error;
mod json;
mod limits;
mod locate;
mod number;
mod pointer;
#[cfg(feature = "yaml")]
mod yaml;

pub use error::InputError;
pub use limits::{MAX_BYTES, MAX_DEPTH, MAX_INTEGER, MAX_NODES};
pub use locate::{Location, locate, locate_key};

use error::{Fault, Problem};
use serde_json::Value;

/// The notation of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// One JSON value (RFC 8259).
    Json,
    /// YAML 1.2 with the core schema; `---` separates documents.
    Yaml,
}

impl Format {
    /// The format that a file's name stands for: `.json` and `.ndjson` are JSON, everything else is YAML.
    pub fn of_file_name(name: &str) -> Self {
        let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
        if ["json", "ndjson"].iter().any(|json| extension.eq_ignore_ascii_case(json)) {
            Self::Json
        } else {
            Self::Yaml
        }
    }

    /// The format of a text without a name, such as standard input: JSON if it starts with `{` or `[`.
    pub fn sniff(text: &str) -> Self {
        if without_bom(text).trim_start().starts_with(['{', '[']) { Self::Json } else { Self::Yaml }
    }
}

/// Reads a text that holds exactly one document.
///
/// # Errors
/// If the text is no valid JSON or YAML, holds no or several documents, goes beyond a limit
/// ([`MAX_BYTES`], [`MAX_DEPTH`], [`MAX_NODES`]), or holds what the two formats would not read alike: a number that
/// is not an integer within ±[`MAX_INTEGER`], a duplicate key, a key that is not text, a tag of one's own.
///
/// ```
/// use berth_core::input::{Format, parse};
/// let from_yaml = parse("team: payments\nonCall: on\nreplicas: 0o17\n", Format::Yaml)?;
/// let from_json = parse(r#"{"team": "payments", "onCall": "on", "replicas": 15.0}"#, Format::Json)?;
/// assert_eq!(from_yaml, from_json);
/// # Ok::<(), berth_core::input::InputError>(())
/// ```
pub fn parse(text: &str, format: Format) -> Result<Value, InputError> {
    check_size(text)?;
    match format {
        Format::Json => json::parse(without_bom(text)).map_err(|fault| fault.into_error(text, format)),
        Format::Yaml => {
            let mut documents = read_yaml(text, Documents::One)?;
            documents.pop().ok_or_else(|| Fault::of(Problem::Empty).into_error(text, format))
        }
    }
}

/// Reads every document of a text, in order; empty documents are left out. JSON holds one value.
///
/// # Errors
/// As [`parse`]; but a text without any document gives an empty list if it is YAML.
pub fn parse_all(text: &str, format: Format) -> Result<Vec<Value>, InputError> {
    match format {
        Format::Json => parse(text, format).map(|value| vec![value]),
        Format::Yaml => {
            check_size(text)?;
            read_yaml(text, Documents::All)
        }
    }
}

/// How many documents a caller takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Documents {
    One,
    All,
}

#[cfg(feature = "yaml")]
fn read_yaml(text: &str, documents: Documents) -> Result<Vec<Value>, InputError> {
    yaml::parse(without_bom(text), documents).map_err(|fault| fault.into_error(text, Format::Yaml))
}

#[cfg(not(feature = "yaml"))]
fn read_yaml(text: &str, _documents: Documents) -> Result<Vec<Value>, InputError> {
    Err(Fault::of(Problem::YamlLeftOut).into_error(text, Format::Yaml))
}

fn check_size(text: &str) -> Result<(), InputError> {
    if text.len() > MAX_BYTES {
        return Err(Fault::of(Problem::TooLong).into_error("", Format::Json));
    }
    Ok(())
}

/// Editors on Windows put a byte-order mark before the text; it is no part of it.
fn without_bom(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

#[cfg(test)]
mod tests;
