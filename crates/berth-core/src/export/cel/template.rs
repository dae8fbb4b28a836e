//! What a blueprint would write, as CEL over what is known of a namespace: its name, its labels, and the documents.
//!
//! A parameter is known when the blueprint's Namespace carries it as a label. What isn't known there (a description,
//! the features) may be anything: then the expression compares the rest.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{Conditions, Tests, list, literal, map, text, texts};
use crate::policy::{Blueprint, Check, FieldKind, Platform, bit, look_up_in};
use crate::template::{Item, Part, Read, RequestField, TeamField, Template};

/// Which labels of a namespace hold which parameters of a blueprint.
pub(in super::super) struct Labels<'a> {
    pub(in super::super) blueprint: &'a Blueprint,
    keys: BTreeMap<usize, &'a str>,
}

impl<'a> Labels<'a> {
    /// As the blueprint's Namespace says.
    pub(in super::super) fn of(blueprint: &'a Blueprint) -> Self {
        let mut keys = BTreeMap::new();
        for (key, value) in namespace_labels(blueprint) {
            if let Template::Read(Read::Parameter(field)) = value
                && *field != blueprint.name_field
            {
                keys.entry(*field).or_insert(key.as_str());
            }
        }
        Self { blueprint, keys }
    }

    /// The expression of a parameter's text; `None` where no label holds it.
    fn value(&self, field: usize) -> Option<String> {
        if field == self.blueprint.name_field {
            return Some("variables.name".to_owned());
        }
        self.keys.get(&field).map(|key| format!("variables.labels[?{}].orValue('')", text(key)))
    }
}

/// The labels of the blueprint's Namespace.
pub(in super::super) fn namespace_labels(blueprint: &Blueprint) -> &[(String, Template)] {
    let body = blueprint.steps.first().and_then(|step| step.objects.first()).map(|object| &object.body);
    match body.and_then(|body| entry(body, "metadata")).and_then(|metadata| entry(metadata, "labels")) {
        Some(Template::Map(labels)) => labels,
        _ => &[],
    }
}

/// What stands below a key of a map.
pub(in super::super) fn entry<'t>(template: &'t Template, key: &str) -> Option<&'t Template> {
    match template {
        Template::Map(entries) => entries.iter().find(|(name, _)| name == key).map(|(_, template)| template),
        _ => None,
    }
}

impl Tests for Labels<'_> {
    fn test(&self, field: usize, check: &Check) -> Option<String> {
        let value = self.value(field)?;
        let field = self.blueprint.fields.get(field)?;
        Some(match check {
            Check::Given => format!("{value} != ''"),
            Check::OneOf(mask) => {
                let values = field.options()?.values().enumerate();
                let chosen = values.filter(|(index, _)| mask & bit(*index) != 0).map(|(_, value)| value);
                format!("{value} in {}", texts(chosen))
            }
            Check::TextIn(list) => format!("{value} in {}", texts(list.iter().map(String::as_str))),
            Check::Matches(pattern) => format!("{value}.matches({})", text(pattern.source())),
            Check::Is(wanted) => format!("{value} == '{wanted}'"),
            Check::SameAs(other) => format!("{value} != '' && {value} == {}", self.value(*other)?),
            Check::StartsWith(other) => {
                let other = self.value(*other)?;
                format!("{other} != '' && {value}.startsWith({other})")
            }
            Check::Has(_) | Check::Between(..) => return None,
        })
    }
}

/// Turns templates of a blueprint into expressions.
pub(in super::super) struct Templates<'a> {
    pub(in super::super) platform: &'a Platform,
    pub(in super::super) labels: &'a Labels<'a>,
}

impl Templates<'_> {
    /// An expression for what the template becomes; `None` where something in it isn't known.
    pub(in super::super) fn value(&self, template: &Template) -> Option<String> {
        self.value_in(template, 0)
    }

    fn value_in<'t>(&self, template: &'t Template, depth: usize) -> Option<String> {
        match template {
            Template::Literal(value) => Some(literal(value)),
            Template::Read(read) => self.read(read, depth),
            Template::Text(parts) => {
                let part = |part: &Part| match part {
                    Part::Literal(literal) => Some(text(literal)),
                    Part::Read(read) => self.read(read, depth),
                };
                Some(parts.iter().map(part).collect::<Option<Vec<_>>>()?.join(" + "))
            }
            Template::Map(entries) => {
                let entry =
                    |(key, value): &'t (String, Template)| Some((key.as_str(), self.value_in(value, depth)?));
                Some(map(entries.iter().map(entry).collect::<Option<Vec<_>>>()?.into_iter()))
            }
            Template::List(items) => {
                let item = |item: &Item| match item {
                    Item::One(Template::When(condition, inner)) => {
                        let condition = Conditions(self.labels).exact(condition)?;
                        let item = list(std::iter::once(self.value_in(inner, depth)?));
                        Some(format!("({condition} ? {item} : [])"))
                    }
                    Item::One(template) => Some(list(std::iter::once(self.value_in(template, depth)?))),
                    Item::Each { list, item } => {
                        let (list, inner) = (self.read(list, depth)?, self.value_in(item, depth + 1)?);
                        Some(format!("{list}.map(item{depth}, dyn({inner}))"))
                    }
                };
                Some(items.iter().map(item).collect::<Option<Vec<_>>>()?.join(" + "))
            }
            Template::When(..) => None,
        }
    }

    fn read(&self, read: &Read, depth: usize) -> Option<String> {
        match read {
            Read::Parameter(field) => self.labels.value(*field),
            Read::Column { field, path } => {
                let value = self.labels.value(*field)?;
                let FieldKind::Choice(options) = &self.labels.blueprint.fields.get(*field)?.kind else {
                    return None;
                };
                let cell = |row| look_up_in(row, path).cloned();
                let rows = options.list.iter().map(|choice| Some((choice.value.clone(), cell(&choice.row)?)));
                let rows: Map<String, Value> = rows.collect::<Option<_>>()?;
                Some(format!("{}[?{value}].orValue(dyn(''))", literal(&rows.into())))
            }
            Read::Constant(value) => Some(literal(value)),
            Read::Team(field) => self.team(*field),
            Read::Request(RequestField::Id) => Some("variables.request_id".to_owned()),
            Read::Item { level, path } if path.is_empty() => {
                Some(format!("item{}", depth.checked_sub(level + 1)?))
            }
            Read::Request(_) | Read::Item { .. } => None,
        }
    }

    fn team(&self, field: TeamField) -> Option<String> {
        let team = self.labels.value(self.labels.blueprint.team_field)?;
        let known = |value: &dyn Fn(&str) -> Value| {
            let teams = self.platform.document.spec.teams.keys();
            literal(&teams.map(|name| (name.clone(), value(name))).collect::<Map<_, _>>().into())
        };
        let found = |table: String, otherwise: &str| Some(format!("{table}[?{team}].orValue({otherwise})"));
        match field {
            TeamField::Title => found(known(&|name| self.platform.team(name).title().into()), &team),
            TeamField::CatalogRef => found(
                known(&|name| self.platform.team(name).catalog_ref.into_owned().into()),
                &format!("'group:default/' + {team}"),
            ),
            TeamField::RbacGroups => {
                found(known(&|name| self.platform.team(name).rbac_groups().into()), "[]")
            }
            TeamField::TokenGroups => {
                found(known(&|name| self.platform.team(name).token_groups().into()), "[]")
            }
        }
    }

    /// Conditions for "`object` is what the template becomes", as far as that is known.
    pub(in super::super) fn is(&self, object: &str, template: &Template) -> Vec<String> {
        if let Some(value) = self.value(template) {
            return vec![format!("{object} == {value}")];
        }
        let Template::Map(entries) = template else { return Vec::new() };
        let keys = texts(entries.iter().map(|(key, _)| key.as_str()));
        let mut conditions = vec![format!("dyn({object}).all(key, key in {keys})")];
        for (key, template) in entries {
            let (key, inner) = (text(key), format!("{object}[{}]", text(key)));
            let there = format!("{key} in {object}");
            match template {
                Template::When(condition, template) => {
                    let holds = self.is(&inner, template);
                    let absent = format!("!({there})");
                    let may = Conditions(self.labels).possible(condition);
                    let present = super::all(&[vec![may], holds].concat());
                    conditions.push(format!("{absent} || ({present})"));
                    if let Some(must) = Conditions(self.labels).exact(condition) {
                        conditions.push(format!("!({must}) || {there}"));
                    }
                }
                Template::Read(Read::Request(_)) => {}
                template => {
                    let holds = self.is(&inner, template);
                    let known = self.value(template).is_some() || matches!(template, Template::Map(_));
                    conditions.extend(known.then(|| there.clone()));
                    conditions.extend(holds);
                }
            }
        }
        conditions
    }
}
