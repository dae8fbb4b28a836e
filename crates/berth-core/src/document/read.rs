//! Reads models from a JSON value, with errors that say where they happened and what to write instead.
//!
//! A model lists its keys and takes its fields from them; that is also all there is to do for a new one:
//!
//! ```text
//! let [name, title] = node.fields(["name", "title"])?;
//! Ok(Self { name: name.required()?, title: title.optional()? })
//! ```
//!
//! By hand and not by serde's derive: what that writes for each model was a quarter of the WebAssembly module, and its
//! errors know neither the path nor the keys that would have been right.

use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::error::{DocumentError, ErrorPlace};
use crate::{emit, text};

/// Something that is read from a JSON value.
pub(crate) trait Model: Sized {
    /// Reads it.
    ///
    /// # Errors
    /// The first thing that is not as the model says; its pointer begins at `node`.
    fn read(node: Node<'_>) -> Read<Self>;
}

/// A model, or the first thing that is wrong.
pub(crate) type Read<T> = Result<T, Box<DocumentError>>;

/// Reads a model from a value.
///
/// # Errors
/// The first thing that is not as the model says, with its place.
pub(crate) fn from_value<T: Model>(value: &Value) -> Read<T> {
    T::read(Node(value))
}

/// A value of a document that is being read.
#[derive(Clone, Copy)]
pub(crate) struct Node<'v>(&'v Value);

/// What stands under a key of a model, if anything does.
#[derive(Clone, Copy)]
pub(crate) struct Field<'v> {
    key: &'static str,
    value: Option<&'v Value>,
}

impl<'v> Node<'v> {
    /// The fields of a map that has these keys and no other.
    pub(crate) fn fields<const N: usize>(self, keys: [&'static str; N]) -> Read<[Field<'v>; N]> {
        let mut fields = keys.map(|key| Field { key, value: None });
        self.fill(&mut fields)?;
        Ok(fields)
    }

    fn fill(self, fields: &mut [Field<'v>]) -> Read<()> {
        for (key, value) in self.map()? {
            match fields.iter_mut().find(|field| field.key == key) {
                Some(field) => field.value = Some(value),
                None => {
                    let keys: Vec<&str> = fields.iter().map(|field| field.key).collect();
                    return Err(unknown_key(key, &keys));
                }
            }
        }
        Ok(())
    }

    /// The entries of a map.
    pub(crate) fn map(self) -> Read<&'v Map<String, Value>> {
        self.map_of("a map")
    }

    /// The entries of a map that has keys of its own; `expected` says what it is.
    pub(crate) fn map_of(self, expected: &str) -> Read<&'v Map<String, Value>> {
        self.0.as_object().ok_or_else(|| wrong_type(self.0, expected))
    }

    /// One of some words.
    pub(crate) fn word<T: Copy, const N: usize>(self, words: [(&str, T); N]) -> Read<T> {
        let given = self.0.as_str();
        let found = words.iter().find(|(word, _)| given == Some(word));
        found.map(|(_, meaning)| *meaning).ok_or_else(|| self.other_word(&words.map(|(word, _)| word)))
    }

    #[cold]
    fn other_word(self, words: &[&str]) -> Box<DocumentError> {
        let Some(given) = self.0.as_str() else {
            let expected = match words {
                [only] => format!("`{only}`"),
                several => format!("one of `{}`", several.join("`, `")),
            };
            return wrong(format!("expected {expected}, found {}", text::kind(self.0)));
        };
        let hint = match words {
            [only] => format!("write `{only}`"),
            several => crate::suggest::hint(given, "values are", several.iter().copied()),
        };
        Box::new(DocumentError::at("", format!("unknown value `{given}`")).hint(hint))
    }

    fn text(self) -> Read<&'v str> {
        self.0.as_str().ok_or_else(|| wrong_type(self.0, "text"))
    }

    fn integer(self) -> Read<i64> {
        self.0.as_i64().ok_or_else(|| wrong_type(self.0, "a whole number"))
    }

    /// A number that counts, as far as its type goes.
    fn count(self, most: u32) -> Read<u32> {
        let number = self.integer()?;
        u32::try_from(number).ok().filter(|count| *count <= most).ok_or_else(|| {
            wrong(format!("expected a whole number from 0 to {most}, found the number `{number}`"))
        })
    }

    /// The values of a list.
    fn list(self) -> Read<&'v [Value]> {
        self.0.as_array().map(Vec::as_slice).ok_or_else(|| wrong_type(self.0, "a list"))
    }
}

impl Field<'_> {
    /// Reads a field that must be there.
    pub(crate) fn required<T: Model>(self) -> Read<T> {
        self.optional()?.ok_or_else(|| missing(self.key))
    }

    /// Reads a field that may be left out.
    pub(crate) fn optional<T: Model>(self) -> Read<Option<T>> {
        self.value.map(|value| read_inside(self.key, value)).transpose()
    }

    /// Reads a field that has a value when it is left out.
    pub(crate) fn or_default<T: Model + Default>(self) -> Read<T> {
        Ok(self.optional()?.unwrap_or_default())
    }
}

/// Reads what stands under a key of a map.
pub(crate) fn read_inside<T: Model>(key: &str, value: &Value) -> Read<T> {
    T::read(Node(value)).map_err(|error| inside(key, error))
}

#[cold]
fn inside(key: &str, mut error: Box<DocumentError>) -> Box<DocumentError> {
    error.pointer.insert_str(0, &text::pointer(key));
    error
}

/// The error of a value.
#[cold]
pub(crate) fn wrong(message: impl Into<String>) -> Box<DocumentError> {
    Box::new(DocumentError::at("", message))
}

/// The error of a key that the map around it doesn't have.
#[cold]
pub(crate) fn unknown_key(key: &str, known: &[&str]) -> Box<DocumentError> {
    let hint = match crate::suggest::nearest(key, known.iter().copied()) {
        Some(near) => format!("did you mean {}?", emit::to_json(&near)),
        None if known.is_empty() => "nothing may stand here".to_owned(),
        None => format!("keys are `{}`", known.join("`, `")),
    };
    let error = DocumentError::new(text::pointer(key), ErrorPlace::Key);
    Box::new(error.message(format!("unknown key {}", emit::to_json(&key))).hint(hint))
}

#[cold]
fn missing(key: &str) -> Box<DocumentError> {
    let error =
        DocumentError::new("", ErrorPlace::Key).message(format!("missing key {}", emit::to_json(&key)));
    Box::new(error.hint(format!("add `{key}:`")))
}

#[cold]
fn wrong_type(found: &Value, expected: &str) -> Box<DocumentError> {
    let hint = match (expected, found) {
        ("text", Value::Number(_) | Value::Bool(_)) => Some("put quotes around it".to_owned()),
        ("a list", Value::String(text)) => Some(format!("write `[\"{}\"]`", text::excerpt(text))),
        ("a map", Value::Null) => Some("write keys and values below it".to_owned()),
        _ => None,
    };
    let found = match found {
        Value::String(text) => format!("the text `{}`", text::excerpt(text)),
        Value::Number(number) => match number.as_i64() {
            Some(number) => format!("the number `{number}`"),
            None => A_FRACTION.to_owned(),
        },
        Value::Bool(value) => format!("`{value}`"),
        Value::Object(_) => "a map".to_owned(),
        Value::Array(_) => "a list".to_owned(),
        Value::Null => "nothing".to_owned(),
    };
    let error = DocumentError::at("", format!("expected {expected}, found {found}"));
    Box::new(DocumentError { hint, ..error })
}

/// Only a value that `crate::input` has not read can hold one: code that prints it would be larger than all that is here.
const A_FRACTION: &str = "a number that is not whole";

impl Model for String {
    fn read(node: Node<'_>) -> Read<Self> {
        node.text().map(str::to_owned)
    }
}

impl Model for bool {
    fn read(node: Node<'_>) -> Read<Self> {
        node.0.as_bool().ok_or_else(|| wrong_type(node.0, "`true` or `false`"))
    }
}

impl Model for i64 {
    fn read(node: Node<'_>) -> Read<Self> {
        node.integer()
    }
}

impl Model for u32 {
    fn read(node: Node<'_>) -> Read<Self> {
        node.count(Self::MAX)
    }
}

impl Model for u8 {
    fn read(node: Node<'_>) -> Read<Self> {
        let count = node.count(Self::MAX.into())?;
        Ok(Self::try_from(count).unwrap_or(Self::MAX))
    }
}

/// Anything, as it is written; its numbers are whole.
impl Model for Value {
    fn read(node: Node<'_>) -> Read<Self> {
        whole(node.0)?;
        Ok(node.0.clone())
    }
}

fn whole(value: &Value) -> Read<()> {
    match value {
        Value::Number(number) if !number.is_i64() => Err(wrong_type(value, "a whole number")),
        Value::Array(items) => {
            let mut items = items.iter().enumerate();
            items.try_for_each(|(index, item)| whole(item).map_err(|error| inside(&index.to_string(), error)))
        }
        Value::Object(entries) => {
            entries.iter().try_for_each(|(key, value)| whole(value).map_err(|error| inside(key, error)))
        }
        _ => Ok(()),
    }
}

impl Model for Map<String, Value> {
    fn read(node: Node<'_>) -> Read<Self> {
        let entries = node.map()?;
        whole(node.0)?;
        Ok(entries.clone())
    }
}

impl<T: Model> Model for Box<T> {
    fn read(node: Node<'_>) -> Read<Self> {
        T::read(node).map(Self::new)
    }
}

impl<T: Model> Model for Vec<T> {
    fn read(node: Node<'_>) -> Read<Self> {
        let items = node.list()?;
        let mut list = Self::with_capacity(items.len());
        for item in items {
            let item = T::read(Node(item)).map_err(|error| inside(&list.len().to_string(), error))?;
            list.push(item);
        }
        Ok(list)
    }
}

impl<T: Model> Model for IndexMap<String, T> {
    fn read(node: Node<'_>) -> Read<Self> {
        let entries = node.map()?;
        let mut map = Self::with_capacity(entries.len());
        for (key, value) in entries {
            map.insert(key.clone(), read_inside(key, value)?);
        }
        Ok(map)
    }
}
