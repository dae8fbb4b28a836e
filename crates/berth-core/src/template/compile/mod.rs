//! Templates are compiled when the document is loaded: every path is resolved, and what lands in a
//! name or a label is proved to be one for every request that can be valid.

mod known;
mod path;

use serde_json::{Map, Value};

use super::{Item, Part, Read, Template};
use crate::kubernetes::NameRule;
use crate::policy::{Problems, Vocabulary};
use known::reads;

/// Compiles templates of one blueprint.
pub(crate) struct Compiler<'a> {
    /// Parameters and platform.
    pub(crate) vocabulary: &'a Vocabulary<'a>,
}

/// The names that `each` gave to its items, outermost first.
type Names<'n> = &'n [&'n str];

impl Compiler<'_> {
    /// Compiles a value of a manifest.
    pub(crate) fn value(&self, value: &Value, problems: &mut Problems) -> Template {
        self.template(value, &[], problems)
    }

    /// Compiles text that must be there and obey `rule` for every request.
    pub(crate) fn text(&self, text: &str, rule: NameRule, problems: &mut Problems) -> Template {
        let template = self.string(text, &[], problems);
        let missing = reads(&template).find_map(|read| self.may_be_missing(read));
        if let Some(missing) = missing {
            problems.add(
                format!("`{missing}` may be missing, and then there would be nothing here"),
                "read what is always there: a parameter with `required: true` or a `default`",
            );
            return template;
        }
        let template = self.always_text(template, problems);
        self.check(&template, rule, problems);
        template
    }

    /// Text that is the same for every request, such as a key: only constants of the platform may stand in it.
    pub(crate) fn constant(&self, text: &str, problems: &mut Problems) -> Option<String> {
        match self.string(text, &[], problems) {
            Template::Literal(Value::String(text)) => Some(text),
            _ => {
                problems.add(format!("`{text}` reads a request"), "only `${platform...}` may stand here");
                None
            }
        }
    }

    /// Compiles a map of labels: keys and values are checked as Kubernetes does.
    pub(crate) fn labels(
        &self,
        labels: &Map<String, Value>,
        problems: &mut Problems,
    ) -> Vec<(String, Template)> {
        self.texts(labels, problems, &|template, problems| {
            self.check(template, NameRule::LabelValue, problems);
        })
    }

    /// Compiles a map of annotations: keys are checked as Kubernetes does, values are any text.
    pub(crate) fn annotations(
        &self,
        annotations: &Map<String, Value>,
        problems: &mut Problems,
    ) -> Vec<(String, Template)> {
        self.texts(annotations, problems, &|_, _| {})
    }

    fn texts(
        &self,
        entries: &Map<String, Value>,
        problems: &mut Problems,
        check: &dyn Fn(&Template, &mut Problems),
    ) -> Vec<(String, Template)> {
        let compile = |(key, value): (&String, &Value)| {
            problems.inside(key, |problems| {
                let name = self.constant(key, problems).unwrap_or_default();
                if !name.is_empty() || key.is_empty() {
                    problems.obey_in_key(NameRule::QualifiedKey.check(&name));
                }
                let template = match value {
                    Value::Number(_) | Value::Bool(_) => {
                        problems.add("labels and annotations are text", "put quotes around it");
                        Template::Literal(Value::String(String::new()))
                    }
                    other => self.template(other, &[], problems),
                };
                let template = self.always_text(template, problems);
                check(&template, problems);
                (name, template)
            })
        };
        entries.iter().map(compile).collect()
    }

    /// The template as one that gives text, whatever it reads: Kubernetes takes nothing else in names,
    /// labels and annotations.
    fn always_text(&self, template: Template, problems: &mut Problems) -> Template {
        match template {
            Template::Literal(Value::String(_)) | Template::Text(_) => template,
            Template::Read(read) if self.is_text(&read) => Template::Read(read),
            Template::Read(read) if self.is_scalar(&read) => Template::Text(vec![Part::Read(read)]),
            Template::Literal(scalar @ (Value::Number(_) | Value::Bool(_))) => {
                Template::Literal(scalar.to_string().into())
            }
            Template::When(condition, inner) => {
                Template::When(condition, Box::new(self.always_text(*inner, problems)))
            }
            _ => {
                problems.add("only text can stand here", "write text, or read one value with `${...}`");
                Template::Literal(Value::String(String::new()))
            }
        }
    }

    fn template(&self, value: &Value, names: Names<'_>, problems: &mut Problems) -> Template {
        match value {
            Value::String(text) => self.string(text, names, problems),
            Value::Array(items) => {
                let items: Vec<Item> = items
                    .iter()
                    .enumerate()
                    .map(|(index, item)| problems.inside(index, |problems| self.item(item, names, problems)))
                    .collect();
                literal_list(items)
            }
            Value::Object(entries) => match (entries.get("when"), entries.get("value"), entries.len()) {
                (Some(when), Some(value), 2) => {
                    let condition = problems.inside("when", |problems| self.condition(when, problems));
                    let inner = problems.inside("value", |problems| self.template(value, names, problems));
                    Template::When(condition, Box::new(inner))
                }
                _ => self.map(entries, names, problems),
            },
            other => Template::Literal(other.clone()),
        }
    }

    fn map(&self, entries: &Map<String, Value>, names: Names<'_>, problems: &mut Problems) -> Template {
        let entries: Vec<(String, Template)> = entries
            .iter()
            .filter_map(|(key, value)| {
                problems.inside(key, |problems| {
                    Some((self.constant(key, problems)?, self.template(value, names, problems)))
                })
            })
            .collect();
        if entries.iter().all(|(_, template)| matches!(template, Template::Literal(_))) {
            return Template::Literal(Value::Object(
                entries
                    .into_iter()
                    .filter_map(|(key, template)| match template {
                        Template::Literal(value) => Some((key, value)),
                        _ => None,
                    })
                    .collect(),
            ));
        }
        Template::Map(entries)
    }

    fn item(&self, item: &Value, names: Names<'_>, problems: &mut Problems) -> Item {
        let Some((list, name, body)) = each_of(item) else {
            if item.get("each").is_some() && (item.get("item").is_some() || item.get("as").is_some()) {
                problems.add(
                    "an item that repeats has `each`, `as` and `item`, and nothing else",
                    "write `{ each: team.rbacGroups, as: group, item: \"${group}\" }`",
                );
            }
            return Item::One(self.template(item, names, problems));
        };
        let list = problems.inside("each", |problems| {
            let list = self.path(list, names, problems);
            if !self.is_list(&list) {
                problems.add("this is not a list", "`each` repeats its item for a list");
            }
            list
        });
        let mut inner = names.to_vec();
        inner.push(name);
        let item = problems.inside("item", |problems| self.template(body, &inner, problems));
        Item::Each { list, item }
    }

    fn condition(&self, when: &Value, problems: &mut Problems) -> crate::policy::Condition {
        match crate::document::from_value(when) {
            Ok(condition) => self.vocabulary.compile(&condition, problems),
            Err(error) => {
                problems.push_below(*error);
                crate::policy::Condition::Constant(false)
            }
        }
    }

    fn string(&self, text: &str, names: Names<'_>, problems: &mut Problems) -> Template {
        let mut parts: Vec<Part> = Vec::new();
        let mut rest = text;
        let literal = |text: &str, parts: &mut Vec<Part>| match parts.last_mut() {
            _ if text.is_empty() => {}
            Some(Part::Literal(last)) => last.push_str(text),
            _ => parts.push(Part::Literal(text.to_owned())),
        };
        while let Some(at) = rest.find("${") {
            let (before, hole) = rest.split_at(at);
            if let Some(before) = before.strip_suffix('$') {
                literal(before, &mut parts);
                literal("${", &mut parts);
                rest = hole.strip_prefix("${").unwrap_or_default();
                continue;
            }
            literal(before, &mut parts);
            let Some((path, after)) = hole.strip_prefix("${").and_then(|hole| hole.split_once('}')) else {
                problems
                    .add(format!("`{text}` opens `${{` and never closes it"), "write `$${` for a plain `${`");
                return Template::Literal(Value::Null);
            };
            parts.push(Part::Read(self.path(path, names, problems)));
            rest = after;
        }
        literal(rest, &mut parts);
        self.fold(parts, problems)
    }

    /// Constants become literals; one hole alone keeps the type of its value.
    fn fold(&self, parts: Vec<Part>, problems: &mut Problems) -> Template {
        if let [Part::Read(read)] = parts.as_slice() {
            return match read {
                Read::Constant(value) => Template::Literal(value.clone()),
                other => Template::Read(other.clone()),
            };
        }
        let mut folded: Vec<Part> = Vec::new();
        for part in parts {
            let text = match part {
                Part::Literal(text) | Part::Read(Read::Constant(Value::String(text))) => text,
                Part::Read(Read::Constant(scalar @ (Value::Number(_) | Value::Bool(_)))) => {
                    scalar.to_string()
                }
                Part::Read(read) => {
                    if !self.is_scalar(&read) {
                        problems.add(
                            "a list or a map can't stand inside a longer text",
                            "let it stand alone, or repeat over it with `each`",
                        );
                    }
                    folded.push(Part::Read(read));
                    continue;
                }
            };
            match folded.last_mut() {
                Some(Part::Literal(last)) => last.push_str(&text),
                _ => folded.push(Part::Literal(text)),
            }
        }
        match folded.as_slice() {
            [] => Template::Literal(Value::String(String::new())),
            [Part::Literal(text)] => Template::Literal(Value::String(text.clone())),
            _ => Template::Text(folded),
        }
    }
}

/// `each`, `as` and `item` of a list item that repeats.
fn each_of(item: &Value) -> Option<(&str, &str, &Value)> {
    let entries = item.as_object().filter(|entries| entries.len() == 3)?;
    Some((entries.get("each")?.as_str()?, entries.get("as")?.as_str()?, entries.get("item")?))
}

/// A list without holes is a literal.
fn literal_list(items: Vec<Item>) -> Template {
    if items.iter().all(|item| matches!(item, Item::One(Template::Literal(_)))) {
        return Template::Literal(Value::Array(
            items
                .into_iter()
                .filter_map(|item| match item {
                    Item::One(Template::Literal(value)) => Some(value),
                    _ => None,
                })
                .collect(),
        ));
    }
    Template::List(items)
}
