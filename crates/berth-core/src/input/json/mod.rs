//! JSON text to a value, in one pass: `serde_json` reads, this visitor builds the value and checks keys, numbers and
//! limits on the way. Positions are left to `locate`, and bad syntax to `syntax`.

mod fractions;
mod syntax;

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::map::Entry;
use serde_json::{Map, Value};

use super::error::{Fault, Problem};
use super::limits::{Budget, deeper};
use super::number;
use super::pointer::Step;

/// Room for the fields of a flat request, made at once: growing with them costs a quarter of the time.
const FIELDS_OF_A_REQUEST: usize = 16;

/// Reads one JSON value.
pub(super) fn parse(text: &str) -> Result<Value, Fault> {
    let mut reading = Reading::default();
    let mut source = serde_json::Deserializer::from_str(text);
    let read = ValueSeed { reading: &mut reading, depth: 0 }
        .deserialize(&mut source)
        .and_then(|value| source.end().map(|()| value));
    let mut value = match read {
        Ok(value) => value,
        Err(error) => return Err(reading.fault(text, &error)),
    };
    if reading.has_fractions {
        fractions::settle(text, &mut value)?;
    }
    Ok(value)
}

/// What the visitors share. Serde's errors carry text only, so a problem of our own is left here.
#[derive(Debug, Default)]
struct Reading {
    budget: Budget,
    /// Whether some numbers are not settled yet.
    has_fractions: bool,
    problem: Option<Problem>,
    /// The way to the value that failed, the innermost step first.
    path: Vec<Step>,
}

impl Reading {
    #[cold]
    fn fail<E: serde::de::Error>(&mut self, problem: Problem) -> E {
        self.problem = Some(problem);
        E::custom("")
    }

    fn fault(self, text: &str, error: &serde_json::Error) -> Fault {
        match self.problem {
            Some(problem) => Fault { problem, path: self.path, range: None, document: 0 },
            None => syntax::fault(text, error, self.path),
        }
    }
}

/// Builds one value; `depth` counts the lists and maps around it.
struct ValueSeed<'r> {
    reading: &'r mut Reading,
    depth: usize,
}

impl<'de> DeserializeSeed<'de> for ValueSeed<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        if let Err(problem) = self.reading.budget.take(1) {
            return Err(self.reading.fail(problem));
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ValueSeed<'_> {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<Value, E> {
        number::integer(value, || value.to_string())
            .map(Value::Number)
            .map_err(|problem| self.reading.fail(problem))
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Value, E> {
        number::integer(i64::try_from(value).unwrap_or(i64::MAX), || value.to_string())
            .map(Value::Number)
            .map_err(|problem| self.reading.fail(problem))
    }

    fn visit_f64<E>(self, _nearly: f64) -> Result<Value, E> {
        self.reading.has_fractions = true;
        Ok(Value::Number(0.into()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let depth = deeper(self.depth).map_err(|problem| self.reading.fail(problem))?;
        let mut list = Vec::new();
        loop {
            match items.next_element_seed(ValueSeed { reading: self.reading, depth }) {
                Ok(Some(item)) => list.push(item),
                Ok(None) => return Ok(Value::Array(list)),
                Err(error) => {
                    self.reading.path.push(Step::Index(list.len()));
                    return Err(error);
                }
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let depth = deeper(self.depth).map_err(|problem| self.reading.fail(problem))?;
        let mut map = Map::with_capacity(if self.depth == 0 { FIELDS_OF_A_REQUEST } else { 0 });
        while let Some(key) = entries.next_key_seed(KeySeed)? {
            match map.entry(key) {
                Entry::Vacant(slot) => {
                    match entries.next_value_seed(ValueSeed { reading: self.reading, depth }) {
                        Ok(value) => {
                            slot.insert(value);
                        }
                        Err(error) => {
                            self.reading.path.push(Step::Key(slot.key().clone()));
                            return Err(error);
                        }
                    }
                }
                Entry::Occupied(slot) => {
                    let key = slot.key().clone();
                    self.reading.path.push(Step::Key(key.clone()));
                    return Err(self.reading.fail(Problem::DuplicateKey { key }));
                }
            }
        }
        Ok(Value::Object(map))
    }
}

/// Builds a key. `String` would do, but brings what says that something else is no text, and with it all of Rust's code
/// for printing floats.
struct KeySeed;

impl<'de> DeserializeSeed<'de> for KeySeed {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl Visitor<'_> for KeySeed {
    type Value = String;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a key")
    }

    fn visit_str<E>(self, key: &str) -> Result<String, E> {
        Ok(key.to_owned())
    }
}
