//! The `fields` parameter: which fields of an answer are wanted, or with `-` which are not.

use serde_json::Value;

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

    fn prune(&self, value: &mut Value, path: &str) {
        match value {
            Value::Array(items) => items.iter_mut().for_each(|item| self.prune(item, path)),
            Value::Object(fields) => fields.retain(|key, field| {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                let named = self.paths.contains(&path);
                // As in Argo `status` also keeps `statusX`, as the start of a path that is wanted.
                let leads_on = named || self.paths.iter().any(|wanted| wanted.starts_with(&path));
                let keep = if self.exclude { !named } else { leads_on };
                if keep && !named {
                    self.prune(field, &path);
                }
                keep
            }),
            _ => {}
        }
    }
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
}
