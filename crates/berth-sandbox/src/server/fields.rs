//! The `fields` parameter: which fields of an answer are wanted, or with `-` which are not.

use serde_json::Value;

use crate::registry::Workflow;

/// Dotted paths; lists on the way are passed through.
#[derive(Debug)]
pub(super) struct Fields {
    paths: Vec<String>,
    exclude: bool,
}

impl Fields {
    pub(super) fn parse(text: &str) -> Self {
        let (exclude, paths) = text.strip_prefix('-').map_or((false, text), |paths| (true, paths));
        let paths = paths.split(',').filter(|path| !path.is_empty()).map(str::to_owned).collect();
        Self { paths, exclude }
    }

    /// The answer with only the fields that are wanted; all of them when none is named.
    pub(super) fn of(&self, mut answer: Value) -> Value {
        if !self.paths.is_empty() {
            self.prune(&mut answer, "");
        }
        answer
    }

    /// A Workflow that stands at `path` in an answer, with only the fields that are wanted.
    pub(super) fn of_workflow(&self, path: &str, workflow: &Workflow) -> Value {
        if self.paths.is_empty() {
            return workflow.to_json();
        }
        workflow.to_json_with(self.picked(&workflow.spec, &below(path, "spec")))
    }

    fn prune(&self, value: &mut Value, path: &str) {
        match value {
            Value::Array(items) => items.iter_mut().for_each(|item| self.prune(item, path)),
            Value::Object(fields) => fields.retain(|key, field| {
                let path = below(path, key);
                let wanted = self.wants(&path);
                if let Wanted::Some = wanted {
                    self.prune(field, &path);
                }
                !matches!(wanted, Wanted::Nothing)
            }),
            _ => {}
        }
    }

    /// A copy of what is wanted of a value; `null` when nothing is. Nothing else of it is copied.
    fn picked(&self, value: &Value, path: &str) -> Value {
        match self.wants(path) {
            Wanted::All => value.clone(),
            Wanted::Some => self.picked_within(value, path),
            Wanted::Nothing => Value::Null,
        }
    }

    fn picked_within(&self, value: &Value, path: &str) -> Value {
        match value {
            Value::Array(items) => items.iter().map(|item| self.picked_within(item, path)).collect(),
            Value::Object(fields) => {
                let paths = fields.iter().map(|(key, field)| (key, field, below(path, key)));
                let wanted = paths.filter(|(_, _, path)| !matches!(self.wants(path), Wanted::Nothing));
                let picked = wanted.map(|(key, field, path)| (key.clone(), self.picked(field, &path)));
                Value::Object(picked.collect())
            }
            scalar => scalar.clone(),
        }
    }

    fn wants(&self, path: &str) -> Wanted {
        let named = self.paths.iter().any(|wanted| wanted == path);
        // As in Argo `status` also keeps `statusX`, as the start of a path that is wanted.
        let leads_on = || self.paths.iter().any(|wanted| wanted.starts_with(path));
        match (self.exclude, named) {
            (false, true) => Wanted::All,
            (true, false) => Wanted::Some,
            (false, false) if leads_on() => Wanted::Some,
            (true, true) | (false, false) => Wanted::Nothing,
        }
    }
}

/// How much of a field is wanted.
#[derive(Clone, Copy, Debug)]
enum Wanted {
    All,
    /// What is in it decides.
    Some,
    Nothing,
}

fn below(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn fields_are_kept_or_left_out() {
        let list = json!({"metadata": {}, "items": [{"metadata": {"name": "a", "uid": "u"}, "status": {"phase": "Running"}}]});
        let kept = Fields::parse("items.metadata.name,items.status").of(list.clone());
        assert_eq!(kept, json!({"items": [{"metadata": {"name": "a"}, "status": {"phase": "Running"}}]}));
        let left = Fields::parse("-items.status,metadata").of(list.clone());
        assert_eq!(left, json!({"items": [{"metadata": {"name": "a", "uid": "u"}}]}));
        assert_eq!(Fields::parse("").of(list.clone()), list);
    }

    #[test]
    fn of_a_spec_only_what_is_wanted_is_copied() {
        let spec =
            json!({"entrypoint": "main", "templates": [{"name": "main", "script": {"source": "long"}}]});
        let picked = |fields: &str| {
            let fields = Fields::parse(fields);
            fields.picked(&spec, "items.spec")
        };
        let names = json!({"entrypoint": "main", "templates": [{"name": "main"}]});
        assert_eq!(picked("items.spec.entrypoint,items.spec.templates.name"), names);
        assert_eq!(picked("items.spec"), spec);
        assert_eq!(picked("-items.spec.templates"), json!({"entrypoint": "main"}));
    }
}
