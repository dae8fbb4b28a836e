//! A value of a type as a JSON value.

use serde_json::{Map, Number, Value};

use crate::{Kind, Sink};

/// A value that is being built.
#[derive(Debug, Default)]
pub(crate) struct Values {
    /// The lists and maps that are not complete, the outermost first.
    open: Vec<Open>,
    /// What is complete.
    done: Value,
}

#[derive(Debug)]
enum Open {
    List(Vec<Value>),
    /// With the key whose value comes next.
    Map(Map<String, Value>, String),
}

impl Values {
    pub(crate) fn finish(self) -> Value {
        self.done
    }

    fn put(&mut self, value: Value) {
        match self.open.last_mut() {
            None => self.done = value,
            Some(Open::List(items)) => items.push(value),
            Some(Open::Map(entries, key)) => {
                entries.insert(std::mem::take(key), value);
            }
        }
    }
}

impl Sink for Values {
    fn null(&mut self) {
        self.put(Value::Null);
    }

    fn boolean(&mut self, value: bool) {
        self.put(Value::Bool(value));
    }

    fn integer(&mut self, negative: bool, size: u64) {
        let number =
            if negative { Number::from(0_i64.wrapping_sub_unsigned(size)) } else { Number::from(size) };
        self.put(Value::Number(number));
    }

    fn text(&mut self, text: &str) {
        self.put(Value::String(text.to_owned()));
    }

    fn begin(&mut self, kind: Kind) {
        self.open.push(match kind {
            Kind::List => Open::List(Vec::new()),
            Kind::Map => Open::Map(Map::new(), String::new()),
        });
    }

    fn item(&mut self) {}

    fn key(&mut self, key: &str) {
        if let Some(Open::Map(_, next)) = self.open.last_mut() {
            key.clone_into(next);
        }
    }

    fn end(&mut self, _: Kind) {
        match self.open.pop() {
            Some(Open::List(items)) => self.put(Value::Array(items)),
            Some(Open::Map(entries, _)) => self.put(Value::Object(entries)),
            None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::to_value;

    #[test]
    fn a_value_is_itself() {
        let value = json!({ "a": [1, -1, i64::MIN, u64::MAX, true, null, "text", [], {}], "b": { "c": { "d": [] } } });
        assert_eq!(to_value(&value), value);
        assert_eq!(to_value(&"payments"), json!("payments"));
    }
}
