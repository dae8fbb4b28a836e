//! What is known of a template before there is any request: what type its value has, whether it may be
//! missing, and which texts it can become.

use serde_json::Value;

use super::Compiler;
use crate::kubernetes::NameRule;
use crate::pattern::Shape;
use crate::policy::{Field, FieldKind, Problems, look_up_in};
use crate::template::{Part, Read, RequestField, TeamField, Template};

impl Compiler<'_> {
    pub(super) fn is_scalar(&self, read: &Read) -> bool {
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

    /// May it be a list? Of an item of another list that isn't known.
    pub(super) fn is_list(&self, read: &Read) -> bool {
        match read {
            Read::Parameter(field) => matches!(self.kind(*field), Some(FieldKind::Choices { .. })),
            Read::Column { field, path } => self.column(*field, path).all(Value::is_array),
            Read::Team(field) => matches!(field, TeamField::RbacGroups | TeamField::TokenGroups),
            Read::Request(_) => false,
            Read::Constant(value) => value.is_array(),
            Read::Item { .. } => true,
        }
    }

    pub(super) fn is_text(&self, read: &Read) -> bool {
        match read {
            Read::Parameter(field) => {
                matches!(self.kind(*field), Some(FieldKind::Text { .. } | FieldKind::Choice(_)))
            }
            Read::Column { field, path } => self.column(*field, path).all(Value::is_string),
            Read::Team(field) => matches!(field, TeamField::Title | TeamField::CatalogRef),
            Read::Request(_) => true,
            Read::Constant(_) | Read::Item { .. } => false,
        }
    }

    /// What the read may not find for some requests, as it is written.
    pub(super) fn may_be_missing(&self, read: &Read) -> Option<String> {
        let optional = |field: usize| {
            let field = self.vocabulary.fields.get(field)?;
            (!field.parameter.required && field.default.is_none()).then_some(field)
        };
        match read {
            Read::Parameter(field) => optional(*field).map(|field| format!("parameters.{}", field.name)),
            Read::Column { field, path } => optional(*field)
                .map(|field| format!("{}.{path}", field.parameter.row.as_deref().unwrap_or(&field.name))),
            Read::Request(RequestField::Requester) => Some("request.requester".to_owned()),
            _ => None,
        }
    }

    pub(super) fn check(&self, template: &Template, rule: NameRule, problems: &mut Problems) {
        if let Template::Literal(Value::String(text)) = template {
            return problems.obey(rule.check(text));
        }
        match self.shape(template) {
            Some(shape) => problems.obey(rule.admits(&shape)),
            None => problems.add(
                "what can stand here isn't known to be a valid name or label value",
                "read a parameter with a `pattern`, an option, a column of text, `${request.id}` or `${platform...}`",
            ),
        }
    }

    /// What the text can be; `None` where that isn't known.
    pub(super) fn shape(&self, template: &Template) -> Option<Shape> {
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

    pub(super) fn shape_of(&self, read: &Read) -> Option<Shape> {
        let union = |texts: Vec<&str>| texts.into_iter().map(Shape::of_literal).reduce(Shape::union);
        match read {
            Read::Parameter(field) => self.vocabulary.fields.get(*field)?.shape(),
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

    pub(super) fn kind(&self, field: usize) -> Option<&FieldKind> {
        self.vocabulary.fields.get(field).map(|field: &Field| &field.kind)
    }

    pub(super) fn column<'s>(&'s self, field: usize, path: &'s str) -> impl Iterator<Item = &'s Value> {
        let options = self.vocabulary.fields.get(field).and_then(Field::options);
        options
            .into_iter()
            .flat_map(|options| &options.list)
            .filter_map(move |choice| look_up_in(&choice.row, path))
    }
}

/// What a piece of text reads.
pub(super) fn reads(template: &Template) -> impl Iterator<Item = &Read> {
    let (alone, parts) = match template {
        Template::Read(read) => (Some(read), &[][..]),
        Template::Text(parts) => (None, parts.as_slice()),
        _ => (None, &[][..]),
    };
    let in_parts = parts.iter().filter_map(|part| match part {
        Part::Read(read) => Some(read),
        Part::Literal(_) => None,
    });
    alone.into_iter().chain(in_parts)
}
