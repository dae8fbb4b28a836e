//! Argo's `{{tags}}`, as far as Berth uses them: a Workflow's name, namespace and parameters.

use std::collections::BTreeMap;

use serde_json::Value;

use super::Invalid;
use super::when::STATUS;

/// What each tag stands for.
pub(super) type Tags = BTreeMap<String, String>;

/// Puts values in for tags in every string below `value`. The status is known only later: its tag may
/// stand in a step's `when`, and stays there.
pub(super) fn apply(value: &mut Value, tags: &Tags) -> Result<(), Invalid> {
    match value {
        Value::String(text) => *text = in_text(text, tags)?,
        Value::Array(items) => items.iter_mut().try_for_each(|item| apply(item, tags))?,
        Value::Object(fields) => {
            for (key, field) in fields {
                if key == "when" && field.as_str().is_some_and(|when| when.contains(STATUS)) {
                    continue;
                }
                apply(field, tags)?;
            }
        }
        _ => {}
    }
    Ok(())
}

fn in_text(text: &str, tags: &Tags) -> Result<String, Invalid> {
    let mut done = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, tagged)) = rest.split_once("{{") {
        // Without an end it is no tag.
        let Some((tag, after)) = tagged.split_once("}}") else { break };
        let value = tags.get(tag.trim()).ok_or_else(|| unknown(tag))?;
        done.push_str(before);
        done.push_str(value);
        rest = after;
    }
    done.push_str(rest);
    Ok(done)
}

fn unknown(tag: &str) -> Invalid {
    let shown: String = tag.chars().filter(|character| !character.is_control()).take(80).collect();
    match tag.trim().strip_prefix("workflow.parameters.") {
        Some(_) => Invalid(format!("failed to resolve {{{{{shown}}}}}")),
        None => Invalid::refused(&format!("the tag `{{{{{shown}}}}}`")),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn applied(mut value: Value) -> Result<Value, Invalid> {
        let tags = [("workflow.name", "berth-namespace-1"), ("workflow.parameters.team", "payments")];
        let tags = tags.map(|(tag, value)| (tag.to_owned(), value.to_owned())).into();
        apply(&mut value, &tags).map(|()| value)
    }

    #[test]
    fn values_are_put_in_wherever_a_tag_stands() {
        let template =
            json!({"args": ["--selector=team={{workflow.parameters.team}},by={{ workflow.name }}"], "n": 1});
        let done = json!({"args": ["--selector=team=payments,by=berth-namespace-1"], "n": 1});
        assert_eq!(applied(template), Ok(done));
        let status = json!({"when": "{{workflow.status}} != Succeeded", "data": "{\"a\":{\"b\":{}}}"});
        assert_eq!(applied(status.clone()), Ok(status));
    }

    #[test]
    fn other_tags_are_refused_by_name() {
        let message = |text: &str| applied(json!([text])).unwrap_err().0;
        assert_eq!(message("{{workflow.parameters.tier}}"), "failed to resolve {{workflow.parameters.tier}}");
        for tag in ["{{=1+1}}", "{{workflow.status}}", "{{inputs.parameters.x}}", "{{workflow.uid}}"] {
            assert!(message(tag).contains(tag), "{tag}");
        }
    }
}
