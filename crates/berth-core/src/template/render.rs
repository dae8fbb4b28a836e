//! A template and its values, written by serde: no tree in between.

use std::fmt::Write as _;

use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};
use serde_json::Value;

use super::scope::{Frame, Resolved};
use super::{Item, Part, Read, Scope, Template};

/// A template with the values that fill it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rendered<'a> {
    template: &'a Template,
    scope: &'a Scope<'a>,
    frame: Option<&'a Frame<'a>>,
}

impl<'a> Rendered<'a> {
    /// Fills `template` from `scope`.
    pub(crate) fn new(template: &'a Template, scope: &'a Scope<'a>) -> Self {
        Self { template, scope, frame: None }
    }

    /// As text, where the template is text or one scalar.
    pub(crate) fn text(&self) -> Option<String> {
        let mut text = String::new();
        match self.template {
            Template::Literal(Value::String(literal)) => text.push_str(literal),
            Template::Read(read) => self.push(read, &mut text)?,
            Template::Text(parts) => self.push_parts(parts, &mut text)?,
            _ => return None,
        }
        Some(text)
    }

    fn with(&self, template: &'a Template) -> Self {
        Self { template, ..*self }
    }

    /// Is there anything to write? A missing value takes its key or item with it.
    fn present(&self) -> bool {
        match self.template {
            Template::When(condition, inner) => {
                condition.holds(self.scope.slots) && self.with(inner).present()
            }
            Template::Read(read) => !matches!(self.scope.read(read, self.frame), Resolved::Missing),
            Template::Text(parts) => parts.iter().all(|part| match part {
                Part::Literal(_) => true,
                Part::Read(read) => !matches!(self.scope.read(read, self.frame), Resolved::Missing),
            }),
            _ => true,
        }
    }

    fn push_parts(&self, parts: &'a [Part], text: &mut String) -> Option<()> {
        for part in parts {
            match part {
                Part::Literal(literal) => text.push_str(literal),
                Part::Read(read) => self.push(read, text)?,
            }
        }
        Some(())
    }

    fn push(&self, read: &'a Read, text: &mut String) -> Option<()> {
        match self.scope.read(read, self.frame) {
            Resolved::Text(part) => text.push_str(part),
            Resolved::Value(Value::String(part)) => text.push_str(part),
            // Writing to a String can't fail.
            Resolved::Value(scalar @ (Value::Number(_) | Value::Bool(_))) => drop(write!(text, "{scalar}")),
            _ => return None,
        }
        Some(())
    }

    fn items<S: SerializeSeq>(
        &self,
        list: &'a Read,
        item: &'a Template,
        out: &mut S,
    ) -> Result<(), S::Error> {
        let mut each = |value: Resolved<'_>| {
            let frame = Frame { item: value, outer: self.frame };
            let rendered = Rendered { template: item, scope: self.scope, frame: Some(&frame) };
            if rendered.present() { out.serialize_element(&rendered) } else { Ok(()) }
        };
        match self.scope.read(list, self.frame) {
            Resolved::Value(Value::Array(values)) => {
                values.iter().try_for_each(|value| each(Resolved::Value(value)))
            }
            Resolved::Texts(texts) => texts.iter().try_for_each(|text| each(Resolved::Text(text))),
            _ => Ok(()),
        }
    }
}

impl Serialize for Rendered<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.template {
            Template::Literal(value) => value.serialize(serializer),
            Template::Read(read) => match self.scope.read(read, self.frame) {
                Resolved::Value(value) => value.serialize(serializer),
                Resolved::Text(text) => serializer.serialize_str(text),
                Resolved::Texts(texts) => texts.serialize(serializer),
                Resolved::Missing => serializer.serialize_unit(),
            },
            Template::Text(_) => match self.text() {
                Some(text) => serializer.serialize_str(&text),
                None => serializer.serialize_unit(),
            },
            Template::Map(entries) => {
                let mut map = serializer.serialize_map(None)?;
                for (key, template) in entries {
                    let value = self.with(template);
                    if value.present() {
                        map.serialize_entry(key, &value)?;
                    }
                }
                map.end()
            }
            Template::List(items) => {
                let mut list = serializer.serialize_seq(None)?;
                for item in items {
                    match item {
                        Item::One(template) => {
                            let value = self.with(template);
                            if value.present() {
                                list.serialize_element(&value)?;
                            }
                        }
                        Item::Each { list: read, item } => self.items(read, item, &mut list)?,
                    }
                }
                list.end()
            }
            Template::When(_, inner) => self.with(inner).serialize(serializer),
        }
    }
}
