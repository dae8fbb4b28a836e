//! JSON text to a value, in one pass: `serde_json` reads, this visitor builds the value and checks keys, numbers and
//! limits on the way. Positions are left to `locate`, and bad syntax to `syntax`.

mod syntax;

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::map::Entry;
use serde_json::{Map, Value};

use super::error::{Fault, Problem};
use super::limits::{Budget, deeper};
use super::number;
use super::pointer::Step;

/// Reads one JSON value.
pub(super) fn parse(text: &str) -> Result<Value, Fault> {
    let mut reading = Reading::default();
    let mut source = serde_json::Deserializer::from_str(text);
    ValueSeed { reading: &mut reading, depth: 0 }
        .deserialize(&mut source)
        .and_then(|value| source.end().map(|()| value))
        .map_err(|error| reading.fault(text, &error))
}

/// What the visitors share. Serde's errors carry text only, so a problem of our own is left here.
#[derive(Debug, Default)]
struct Reading {
    budget: Budget,
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

impl ValueSeed<'_> {
    fn integer<E: serde::de::Error>(self, value: i64) -> Result<Value, E> {
        number::from_integer(value, || value.to_string())
            .map(Value::Number)
            .map_err(|problem| self.reading.fail(problem))
    }
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
        self.integer(value)
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Value, E> {
        self.integer(i64::try_from(value).unwrap_or(i64::MAX))
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Value, E> {
        number::from_float(value, || value.to_string())
            .map(Value::Number)
            .map_err(|problem| self.reading.fail(problem))
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
        let mut map = Map::new();
        while let Some(key) = entries.next_key::<String>()? {
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
