//! What a Workflow says that it was asked for, judged as `decide` judges a request without a context.

use super::policy::Policy;
use crate::berth::Berth;
use crate::decide::NEEDS_CONTEXT;
use crate::document::Severity;
use crate::export::cel::{Conditions, JsonTests, any, text, texts};
use crate::policy::{Blueprint, Field, FieldKind};

/// The parameters of a Workflow.
pub(super) const PARAMETERS: &str = "has(object.spec.arguments) && has(object.spec.arguments.parameters) ? object.spec.arguments.parameters : []";

impl Berth {
    /// The policy over requests of a blueprint. What stands may be frozen and deleted whatever today's rules say.
    pub(super) fn request_policy(&self, blueprint: &Blueprint) -> Policy {
        let name = format!("berth-request-{}", blueprint.name);
        let mut policy = Policy::about(&name, "argoproj.io", &["workflows"], &["CREATE"]);
        policy.in_namespace(&self.platform.document.spec.workflow.namespace);
        let label = |key: &str| format!("object.metadata.?labels[?{}].orValue('')", text(&self.label(key)));
        policy.only("of-this-blueprint", format!("{} == {}", label("blueprint"), text(&blueprint.name)));
        policy.only("asks-for-something", format!("!({} in ['delete', 'freeze'])", label("workflow-kind")));
        policy.set("given", PARAMETERS);
        for field in &blueprint.fields {
            let given = format!("given_{}", field.name);
            policy.set(&given, format!("variables.given.filter(p, p.name == {})", text(&field.name)));
            policy.set(
                &JsonTests::variable(field),
                format!(
                    "variables.{given}.size() == 0 ? {} : (has(variables.{given}[0].value) ? variables.{given}[0].value : 'null')",
                    text(&JsonTests::default(field))
                ),
            );
        }
        fields(blueprint, &mut policy);
        self.reserved_names(blueprint, &mut policy);
        rules(blueprint, &mut policy);
        if blueprint.fields.iter().any(|field| field.parameter.future) {
            policy.leaves_out("past");
        }
        for code in NEEDS_CONTEXT {
            policy.leaves_out(code);
        }
        policy
    }

    fn reserved_names(&self, blueprint: &Blueprint, policy: &mut Policy) {
        let Some(field) = blueprint.fields.get(blueprint.name_field) else { return };
        let variable = format!("variables.{}", JsonTests::variable(field));
        let (names, prefixes) = self.platform.reserved_names();
        let quoted = names.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>();
        let mut conditions = vec![format!("{variable} in {}", texts(quoted.iter().map(String::as_str)))];
        let prefix = |prefix: &&str| format!("{variable}.startsWith({})", text(&format!("\"{prefix}")));
        conditions.extend(prefixes.iter().map(prefix));
        policy.must(format!("!({})", any(&conditions)), format!("the name in `{}` is reserved", field.name));
    }
}

fn fields(blueprint: &Blueprint, policy: &mut Policy) {
    let names = texts(blueprint.fields.iter().map(|field| field.name.as_str()));
    // A Workflow by reference also carries what its template reads, which `reference` judges; a parameter of a
    // request has no hyphen in its name.
    policy.must(
        format!("variables.given.all(p, p.name in {names} || (has(object.spec.workflowTemplateRef) && p.name.contains('-')))"),
        format!("an argument is no parameter of the blueprint `{}`", blueprint.name),
    );
    for field in &blueprint.fields {
        let name = &field.name;
        policy.must(
            format!("variables.given_{name}.size() {} 1", if field.must_be_given() { "==" } else { "<=" }),
            if field.must_be_given() {
                format!("`{name}` must be given, once")
            } else {
                format!("`{name}` may be given once")
            },
        );
        let variable = format!("variables.{}", JsonTests::variable(field));
        match JsonTests::takes(field, &variable) {
            Some(takes) => {
                policy.must(format!("variables.given_{name}.size() == 0 || ({takes})"), wanted(field));
            }
            None => policy.leaves_out(&format!("pattern of {name}")),
        }
    }
}

fn rules(blueprint: &Blueprint, policy: &mut Policy) {
    let tests = JsonTests { fields: &blueprint.fields };
    let conditions = Conditions(&tests);
    for rule in blueprint.rules.iter().filter(|rule| rule.severity == Severity::Error) {
        match (conditions.exact(&rule.when), conditions.exact(&rule.require)) {
            (Some(when), Some(_)) if when == "false" => {}
            (_, Some(require)) if require == "true" => {}
            (Some(when), Some(require)) => {
                let hint = rule.hint.as_ref().map(|hint| format!("; {hint}")).unwrap_or_default();
                policy.must(
                    format!("!({when}) || ({require})"),
                    format!("{}{hint} ({})", rule.message, rule.code),
                );
            }
            _ => policy.leaves_out(&rule.code),
        }
    }
}

/// What a parameter takes, for people.
fn wanted(field: &Field) -> String {
    let name = &field.name;
    let bounds = |least: Option<String>, most: Option<String>, of: &str| match (least, most) {
        (Some(least), Some(most)) => format!(" with {least} to {most}{of}"),
        (Some(least), None) => format!(" with at least {least}{of}"),
        (None, Some(most)) => format!(" with at most {most}{of}"),
        (None, None) => String::new(),
    };
    let least = |min: &usize| (*min > 0).then(|| min.to_string());
    match &field.kind {
        FieldKind::Text { min, max, pattern, format, .. } => {
            let length = bounds(least(min), max.map(|max| max.to_string()), " characters");
            let like = pattern.as_ref().map(|pattern| format!(", like `{pattern}`")).unwrap_or_default();
            let what = match format {
                Some(format) => format!("{} such as {}", format.title(), format.example()),
                None => "text".to_owned(),
            };
            format!("`{name}` must be {what}{length}{like}")
        }
        FieldKind::Choice(options) => {
            format!("`{name}` must be one of {}", options.values().collect::<Vec<_>>().join(", "))
        }
        FieldKind::Choices { options, unique, min, max } => {
            let count = bounds(least(min), max.map(|max| max.to_string()), " items");
            let once = if *unique { ", each once" } else { "" };
            format!(
                "`{name}` must be a list{count} of {}{once}",
                options.values().collect::<Vec<_>>().join(", ")
            )
        }
        FieldKind::Integer { min, max } => format!("`{name}` must be a whole number from {min} to {max}"),
        FieldKind::Boolean => format!("`{name}` must be true or false"),
    }
}
