//! A serde deserializer over a JSON value whose errors know where they happened.
//!
//! `serde_json::Value` can deserialize, too, but its errors are text: neither the path nor the keys
//! that would have been right can be read from them, and both are what a person needs.

use std::fmt;

use serde::de::{self, DeserializeOwned, DeserializeSeed, Deserializer, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::Value;

use super::error::{DocumentError, ErrorPlace};

/// Reads a model from a value.
///
/// # Errors
/// The first thing that is not as the model says, with its place.
pub(crate) fn from_value<T: DeserializeOwned>(value: &Value) -> Result<T, Box<DocumentError>> {
    T::deserialize(Node(value)).map_err(|failure| Box::new(failure.into_error()))
}

struct Node<'a>(&'a Value);

/// An error with its path, collected from the inside out.
#[derive(Debug)]
pub(crate) struct Failure {
    problem: Problem,
    path: Vec<String>,
}

#[derive(Debug)]
enum Problem {
    Custom(String),
    UnknownKey { key: String, expected: &'static [&'static str] },
    UnknownVariant { value: String, expected: &'static [&'static str] },
    MissingKey(&'static str),
    WrongType { found: String, expected: String, hint: Option<String> },
}

impl Failure {
    fn of(problem: Problem) -> Self {
        Self { problem, path: Vec::new() }
    }

    fn inside(mut self, key: impl Into<String>) -> Self {
        self.path.push(key.into());
        self
    }

    fn into_error(self) -> DocumentError {
        let mut pointer = String::new();
        for key in self.path.iter().rev() {
            pointer.push('/');
            pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
        }
        let at = |place: ErrorPlace| DocumentError::new(pointer.clone(), place);
        match self.problem {
            Problem::Custom(message) => at(ErrorPlace::Value).message(message),
            Problem::UnknownKey { key, expected } => {
                let error = DocumentError::new(
                    format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1")),
                    ErrorPlace::Key,
                );
                let error = error.message(format!("unknown key {}", Value::from(key.as_str())));
                error.hint(nearest_key(&key, expected))
            }
            Problem::UnknownVariant { value, expected } => {
                at(ErrorPlace::Value).message(format!("unknown value `{value}`")).hint(match expected {
                    [only] => format!("write `{only}`"),
                    several => crate::suggest::hint(&value, "values are", several.iter().copied()),
                })
            }
            Problem::MissingKey(key) => at(ErrorPlace::Key)
                .message(format!("missing key {}", Value::from(key)))
                .hint(format!("add `{key}:`")),
            Problem::WrongType { found, expected, hint } => DocumentError {
                hint,
                ..at(ErrorPlace::Value).message(format!("expected {expected}, found {found}"))
            },
        }
    }
}

fn nearest_key(given: &str, expected: &[&str]) -> String {
    match crate::suggest::nearest(given, expected.iter().copied()) {
        Some(near) => format!("did you mean {}?", Value::from(near)),
        None if expected.is_empty() => "nothing may stand here".to_owned(),
        None => format!("keys are `{}`", expected.join("`, `")),
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.problem)
    }
}

impl std::error::Error for Failure {}

impl de::Error for Failure {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::of(Problem::Custom(message.to_string()))
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        Self::of(Problem::UnknownKey { key: field.to_owned(), expected })
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        Self::of(Problem::UnknownVariant { value: variant.to_owned(), expected })
    }

    fn missing_field(field: &'static str) -> Self {
        Self::of(Problem::MissingKey(field))
    }

    fn invalid_type(unexpected: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        let expected = expected.to_string();
        let expected = match expected.as_str() {
            text if text.starts_with("struct ") => "a map",
            text if text.contains("string") => "text",
            text if text.contains("sequence") => "a list",
            "i64" | "u32" | "u8" => "a whole number",
            "a boolean" => "`true` or `false`",
            other => other,
        };
        let hint = match (expected, &unexpected) {
            ("text", de::Unexpected::Signed(_) | de::Unexpected::Bool(_)) => {
                "put quotes around it".to_owned()
            }
            ("a list", de::Unexpected::Str(text)) => format!("write `[\"{}\"]`", crate::text::excerpt(text)),
            ("a map", de::Unexpected::Unit) => "write keys and values below it".to_owned(),
            _ => String::new(),
        };
        Self::of(Problem::WrongType {
            found: found(&unexpected),
            expected: expected.to_owned(),
            hint: Some(hint).filter(|hint| !hint.is_empty()),
        })
    }

    fn invalid_value(unexpected: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        let range = match expected.to_string().as_str() {
            "u8" => "a whole number from 0 to 255".to_owned(),
            "u32" => "a whole number from 0 to 4294967295".to_owned(),
            other => other.to_owned(),
        };
        Self::of(Problem::WrongType { found: found(&unexpected), expected: range, hint: None })
    }
}

fn found(unexpected: &de::Unexpected<'_>) -> String {
    match unexpected {
        de::Unexpected::Str(text) => format!("the text `{}`", crate::text::excerpt(text)),
        de::Unexpected::Signed(number) => format!("the number `{number}`"),
        de::Unexpected::Bool(value) => format!("`{value}`"),
        de::Unexpected::Map => "a map".to_owned(),
        de::Unexpected::Seq => "a list".to_owned(),
        de::Unexpected::Unit => "nothing".to_owned(),
        // JSON has nothing else; to print a float would need more code than all that is here.
        _ => "something else".to_owned(),
    }
}

impl<'de> Deserializer<'de> for Node<'_> {
    type Error = Failure;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Number(number) => match number.as_i64() {
                Some(integer) => visitor.visit_i64(integer),
                None => Err(Failure::of(Problem::Custom(format!("`{number}` is not a whole number")))),
            },
            Value::String(text) => visitor.visit_str(text),
            Value::Array(items) => visitor.visit_seq(Items { items: items.iter().enumerate() }),
            Value::Object(entries) => visitor.visit_map(Entries { entries: entries.iter(), current: None }),
        }
    }

    // Whoever says what he takes gets that or an error: one call instead of six in the machine code of each model,
    // which is a third of the WebAssembly module.

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match self.0 {
            Value::Bool(value) => visitor.visit_bool(*value),
            other => Err(wrong_type(other, &visitor)),
        }
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match self.0.as_i64() {
            Some(integer) => visitor.visit_i64(integer),
            None => Err(wrong_type(self.0, &visitor)),
        }
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.deserialize_i64(visitor)
    }

    fn deserialize_u8<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.deserialize_i64(visitor)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match self.0 {
            Value::String(text) => visitor.visit_str(text),
            other => Err(wrong_type(other, &visitor)),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match self.0 {
            Value::Array(items) => visitor.visit_seq(Items { items: items.iter().enumerate() }),
            other => Err(wrong_type(other, &visitor)),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match self.0 {
            Value::Object(entries) => visitor.visit_map(Entries { entries: entries.iter(), current: None }),
            other => Err(wrong_type(other, &visitor)),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Failure> {
        visitor.visit_newtype_struct(self)
    }

    /// One of some words is text; one of some keys with a value is a map, and says so by `#[serde(expecting)]`.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failure> {
        let expected = expectation(&visitor);
        if expected == format!("enum {name}") {
            return match self.0 {
                Value::String(text) => visitor.visit_enum(text.as_str().into_deserializer()),
                other => Err(Failure::of(Problem::WrongType {
                    found: crate::text::kind(other).to_owned(),
                    expected: match variants {
                        [only] => format!("`{only}`"),
                        several => format!("one of `{}`", several.join("`, `")),
                    },
                    hint: None,
                })),
            };
        }
        match self.0 {
            Value::Object(entries) => match entries.iter().next() {
                Some((key, value)) if entries.len() == 1 => visitor.visit_enum(Tagged { key, value }),
                _ => Err(Failure::of(Problem::Custom(format!(
                    "expected exactly one of `{}`",
                    variants.join("`, `")
                )))),
            },
            other => Err(de::Error::invalid_type(unexpected(other), &visitor)),
        }
    }

    /// A list is no struct: serde would take it for the values of one, in order.
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failure> {
        self.deserialize_map(visitor)
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i128 u16 u64 u128 f32 f64 char str bytes byte_buf unit unit_struct tuple tuple_struct identifier ignored_any
    }
}

#[cold]
fn wrong_type(found: &Value, expected: &dyn de::Expected) -> Failure {
    match found {
        Value::Number(number) if !number.is_i64() => {
            Failure::of(Problem::Custom(format!("`{number}` is not a whole number")))
        }
        _ => de::Error::invalid_type(unexpected(found), expected),
    }
}

/// What a visitor says that it takes.
fn expectation<'de, V: Visitor<'de>>(visitor: &V) -> String {
    let expected: &dyn de::Expected = visitor;
    expected.to_string()
}

fn unexpected(value: &Value) -> de::Unexpected<'_> {
    match value {
        Value::Null => de::Unexpected::Unit,
        Value::Bool(value) => de::Unexpected::Bool(*value),
        Value::Number(number) => de::Unexpected::Signed(number.as_i64().unwrap_or_default()),
        Value::String(text) => de::Unexpected::Str(text),
        Value::Array(_) => de::Unexpected::Seq,
        Value::Object(_) => de::Unexpected::Map,
    }
}

struct Items<'a> {
    items: std::iter::Enumerate<std::slice::Iter<'a, Value>>,
}

impl<'de> de::SeqAccess<'de> for Items<'_> {
    type Error = Failure;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Failure> {
        match self.items.next() {
            Some((index, item)) => {
                seed.deserialize(Node(item)).map(Some).map_err(|failure| failure.inside(index.to_string()))
            }
            None => Ok(None),
        }
    }
}

struct Entries<'a> {
    entries: serde_json::map::Iter<'a>,
    current: Option<(&'a String, &'a Value)>,
}

impl<'de> de::MapAccess<'de> for Entries<'_> {
    type Error = Failure;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Failure> {
        self.current = self.entries.next();
        match self.current {
            Some((key, _)) => seed.deserialize(key.as_str().into_deserializer()).map(Some),
            None => Ok(None),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Failure> {
        match self.current {
            Some((key, value)) => {
                seed.deserialize(Node(value)).map_err(|failure| failure.inside(key.as_str()))
            }
            None => Err(Failure::of(Problem::Custom("a value without a key".to_owned()))),
        }
    }
}

/// `{ key: value }` read as an enum's variant and its content.
struct Tagged<'a> {
    key: &'a str,
    value: &'a Value,
}

impl<'de> de::EnumAccess<'de> for Tagged<'_> {
    type Error = Failure;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Failure> {
        let unknown_key = |failure: Failure| match failure.problem {
            Problem::UnknownVariant { value, expected } => {
                Failure { problem: Problem::UnknownKey { key: value, expected }, ..failure }
            }
            _ => failure,
        };
        let variant = seed.deserialize(self.key.into_deserializer()).map_err(unknown_key)?;
        Ok((variant, self))
    }
}

impl<'de> de::VariantAccess<'de> for Tagged<'_> {
    type Error = Failure;

    fn unit_variant(self) -> Result<(), Failure> {
        Err(Failure::of(Problem::Custom(format!("`{}` takes no value", self.key))))
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Failure> {
        seed.deserialize(Node(self.value)).map_err(|failure| failure.inside(self.key))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _len: usize, visitor: V) -> Result<V::Value, Failure> {
        Node(self.value).deserialize_any(visitor).map_err(|failure| failure.inside(self.key))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failure> {
        Node(self.value).deserialize_any(visitor).map_err(|failure| failure.inside(self.key))
    }
}
