//! The part of kubectl's `JSONPath` that waits use: a chain of fields, dots in a name escaped.

use std::str::FromStr;

use serde_json::Value;

/// A chain of fields, such as `{.spec.hard.requests\.cpu}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldPath(Vec<String>);

/// Why a text is not such a chain.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("`{0}` is not a chain of fields such as `{{.status.phase}}`")]
pub struct FieldPathError(String);

impl FieldPath {
    /// What stands there; `None` while it does not.
    pub fn find<'a>(&self, object: &'a Value) -> Option<&'a Value> {
        self.0.iter().try_fold(object, |value, field| value.get(field))
    }
}

impl FromStr for FieldPath {
    type Err = FieldPathError;

    fn from_str(text: &str) -> Result<Self, FieldPathError> {
        let error = || FieldPathError(text.to_owned());
        let inner = text.strip_prefix("{.").and_then(|rest| rest.strip_suffix('}')).ok_or_else(error)?;
        let mut fields = vec![String::new()];
        let mut characters = inner.chars();
        while let Some(character) = characters.next() {
            let Some(field) = fields.last_mut() else { return Err(error()) };
            match character {
                '.' => fields.push(String::new()),
                '\\' => {
                    field
                        .push(characters.next().filter(|escaped| "./".contains(*escaped)).ok_or_else(error)?);
                }
                'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '_' | '/' => field.push(character),
                _ => return Err(error()),
            }
        }
        if fields.iter().any(String::is_empty) { Err(error()) } else { Ok(Self(fields)) }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_dot_in_a_field_name_is_escaped() {
        let quota = json!({"spec": {"hard": {"requests.cpu": "2"}}});
        let path: FieldPath = r"{.spec.hard.requests\.cpu}".parse().unwrap();
        assert_eq!(path.find(&quota), Some(&json!("2")));
        assert_eq!("{.status.phase}".parse::<FieldPath>().unwrap().find(&quota), None);
    }

    #[test]
    fn filters_indexes_and_wildcards_are_refused() {
        for text in
            [".status.phase", "{.items[0]}", "{.items[*].x}", "{..x}", "{}", "{.}", "{.a.}", r"{.a\b}"]
        {
            assert!(text.parse::<FieldPath>().is_err(), "{text}");
        }
    }
}
