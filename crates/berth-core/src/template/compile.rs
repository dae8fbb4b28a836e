//! Templates are compiled when the document is loaded: every path is resolved, and what lands in a
//! name or a label is proved to be one for every request that can be valid.

use serde_json::{Map, Value};

use super::{Item, Part, Read, RequestField, TeamField, Template};
use crate::kubernetes::NameRule;
use crate::pattern::Shape;
use crate::policy::{Field, FieldKind, Problems, Vocabulary, look_up, look_up_in};

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

    /// Compiles text that must obey `rule` for every request.
    pub(crate) fn text(&self, text: &str, rule: NameRule, problems: &mut Problems) -> Template {
        let template = self.string(text, &[], problems);
        self.check(&template, rule, problems);
        template
    }

    /// A key: only constants of the platform may stand in it.
    pub(crate) fn key(&self, key: &str, problems: &mut Problems) -> String {
        match self.string(key, &[], problems) {
            Template::Literal(Value::String(text)) => text,
            _ => {
                problems.add(
                    format!("the key `{key}` reads a request"),
                    "only `${platform...}` may stand in a key",
                );
                key.to_owned()
            }
        }
    }

    /// Compiles a map of labels: keys and values are checked as Kubernetes does.
    pub(crate) fn labels(
        &self,
        labels: &Map<String, Value>,
        problems: &mut Problems,
    ) -> Vec<(String, Template)> {
        let mut compiled = Vec::with_capacity(labels.len());
        for (key, value) in labels {
            problems.inside(key, |problems| {
                let name = self.key(key, problems);
                problems.obey(NameRule::QualifiedKey.check(&name));
                let template = self.template(value, &[], problems);
                self.check(&template, NameRule::LabelValue, problems);
                compiled.push((name, template));
            });
        }
        compiled
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
            .map(|(key, value)| {
                problems
                    .inside(key, |problems| (self.key(key, problems), self.template(value, names, problems)))
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
            return Item::One(self.template(item, names, problems));
        };
        let list = problems.inside("each", |problems| self.path(list, names, problems));
        if let Read::Constant(constant) = &list
            && !constant.is_array()
        {
            problems.add_at("each", "this is not a list", "`each` repeats its item for a list");
        }
        let mut inner = names.to_vec();
        inner.push(name);
        let item = problems.inside("item", |problems| self.template(body, &inner, problems));
        Item::Each { list, item }
    }

    fn condition(&self, when: &Value, problems: &mut Problems) -> crate::policy::Condition {
        match crate::document::from_value(when) {
            Ok(condition) => self.vocabulary.compile(&condition, problems),
            Err(error) => {
                problems.add(error.message, error.hint.unwrap_or_default());
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

    fn is_scalar(&self, read: &Read) -> bool {
        match read {
            Read::Parameter(field) => !matches!(self.kind(*field), Some(FieldKind::Choices { .. })),
            Read::Column { field, path } => {
                self.column(*field, path).all(|value| !value.is_array() && !value.is_object())
            }
            Read::Team(TeamField::RbacGroups | TeamField::TokenGroups) => false,
            Read::Constant(value) => !value.is_array() && !value.is_object(),
            Read::Team(_) | Read::Request(_) | Read::Item { .. } => true,
        }
    }

    fn path(&self, path: &str, names: Names<'_>, problems: &mut Problems) -> Read {
        let (head, rest) = path.split_once('.').unwrap_or((path, ""));
        if let Some(level) = names.iter().rev().position(|name| *name == head) {
            return Read::Item { level, path: rest.to_owned() };
        }
        let nothing = Read::Constant(Value::String(String::new()));
        match head {
            "platform" => match look_up(self.vocabulary.platform, rest) {
                Some(value) if !rest.is_empty() => Read::Constant(value.clone()),
                _ => {
                    problems.add(
                        format!("the platform document has no `{rest}`"),
                        "add it there, for example under `settings`",
                    );
                    nothing
                }
            },
            "parameters" => match self.vocabulary.fields.iter().position(|field| field.name == rest) {
                Some(field) => Read::Parameter(field),
                None => self.unknown(path, problems),
            },
            "team" => match rest {
                "title" => Read::Team(TeamField::Title),
                "catalogRef" => Read::Team(TeamField::CatalogRef),
                "rbacGroups" => Read::Team(TeamField::RbacGroups),
                "tokenGroups" => Read::Team(TeamField::TokenGroups),
                _ => self.unknown(path, problems),
            },
            "request" => match rest {
                "id" => Read::Request(RequestField::Id),
                "createdAt" => Read::Request(RequestField::CreatedAt),
                "requester" => Read::Request(RequestField::Requester),
                _ => self.unknown(path, problems),
            },
            row => match self
                .vocabulary
                .fields
                .iter()
                .position(|field| field.parameter.row.as_deref() == Some(row))
            {
                Some(field) => self.row(field, rest, problems),
                None => self.unknown(path, problems),
            },
        }
    }

    fn row(&self, field: usize, path: &str, problems: &mut Problems) -> Read {
        if let Some(FieldKind::Choice(options)) = self.kind(field)
            && let Some(choice) = options.list.iter().find(|choice| look_up_in(&choice.row, path).is_none())
        {
            problems.add(
                format!("the row `{}` has no column `{path}`", choice.value),
                "every row that may be chosen needs it: add the column, or mend the name",
            );
        }
        Read::Column { field, path: path.to_owned() }
    }

    fn unknown(&self, path: &str, problems: &mut Problems) -> Read {
        let mut known: Vec<String> =
            self.vocabulary.fields.iter().map(|field| format!("parameters.{}", field.name)).collect();
        let columns =
            self.vocabulary.fields.iter().filter_map(|field| Some((field.parameter.row.as_deref()?, field)));
        for (row, field) in columns {
            let first = field.options().and_then(|options| options.list.first());
            known.extend(
                first.into_iter().flat_map(|choice| choice.row.keys().map(move |key| format!("{row}.{key}"))),
            );
        }
        known.extend(
            ["team.title", "team.catalogRef", "team.rbacGroups", "team.tokenGroups"].map(str::to_owned),
        );
        known.extend(["request.id", "request.createdAt", "request.requester"].map(str::to_owned));
        let hint = match crate::suggest::nearest(path, known.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `${{{near}}}`?"),
            None => {
                "it can start with `parameters.`, `team.`, `request.`, `platform.`, or the name of a `row`"
                    .to_owned()
            }
        };
        problems.add(format!("`${{{path}}}` reads nothing"), hint);
        Read::Constant(Value::String(String::new()))
    }

    fn kind(&self, field: usize) -> Option<&FieldKind> {
        self.vocabulary.fields.get(field).map(|field: &Field| &field.kind)
    }

    fn column<'s>(&'s self, field: usize, path: &'s str) -> impl Iterator<Item = &'s Value> {
        let options = self.vocabulary.fields.get(field).and_then(Field::options);
        options
            .into_iter()
            .flat_map(|options| &options.list)
            .filter_map(move |choice| look_up_in(&choice.row, path))
    }

    fn check(&self, template: &Template, rule: NameRule, problems: &mut Problems) {
        match self.shape(template) {
            Some(shape) => {
                problems.obey(rule.admits(&shape));
            }
            None => problems.add(
                "what can stand here isn't known to be a valid name or label value",
                "read a parameter with a `pattern`, an option, a column of text, `${request.id}` or `${platform...}`",
            ),
        }
    }

    /// What the text can be; `None` where that isn't known.
    fn shape(&self, template: &Template) -> Option<Shape> {
        match template {
            Template::Literal(Value::String(text)) => Some(Shape::of_literal(text)),
            Template::Read(read) => self.shape_of(read),
            Template::Text(parts) => parts
                .iter()
                .map(|part| match part {
                    Part::Literal(text) => Some(Shape::of_literal(text)),
                    Part::Read(read) => self.shape_of(read),
                })
                .reduce(|left, right| Some(Shape::concat(left?, right?)))
                .flatten(),
            Template::When(_, inner) => self.shape(inner),
            _ => None,
        }
    }

    fn shape_of(&self, read: &Read) -> Option<Shape> {
        let union = |texts: Vec<&str>| texts.into_iter().map(Shape::of_literal).reduce(Shape::union);
        match read {
            Read::Parameter(field) => match self.kind(*field)? {
                FieldKind::Text { min, max, pattern: Some(pattern), .. } => {
                    Some(pattern.shape().bounded(*min, *max))
                }
                FieldKind::Choice(options) => union(options.values().collect()),
                FieldKind::Boolean => union(vec!["true", "false"]),
                _ => None,
            },
            Read::Column { field, path } => {
                union(self.column(*field, path).map(Value::as_str).collect::<Option<_>>()?)
            }
            Read::Request(RequestField::Id | RequestField::Provisioning) => {
                // Request ids are checked to be label values before anything is rendered.
                Some(crate::plan::request_id_shape())
            }
            Read::Constant(Value::String(text)) => Some(Shape::of_literal(text)),
            _ => None,
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
