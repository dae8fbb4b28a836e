//! `${path}` becomes a place to read from; a path that reads nothing is an error of the document.

use serde_json::Value;

use super::{Compiler, Names};
use crate::policy::{FieldKind, Problems, look_up, look_up_in};
use crate::template::{Read, RequestField, TeamField};

impl Compiler<'_> {
    pub(super) fn path(&self, path: &str, names: Names<'_>, problems: &mut Problems) -> Read {
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

    pub(super) fn row(&self, field: usize, path: &str, problems: &mut Problems) -> Read {
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

    pub(super) fn unknown(&self, path: &str, problems: &mut Problems) -> Read {
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
}
