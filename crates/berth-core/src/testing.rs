//! Small documents for unit tests: only what the test is about has to be written.

use serde_json::Value;

use crate::Berth;
use crate::input::{Format, parse};

/// The default platform, changed where a test says so.
pub(crate) fn platform(changes: &[(&str, Value)]) -> Value {
    let mut document = parse(include_str!("../embedded/platform.json"), Format::Json).unwrap();
    for (pointer, value) in changes {
        *document.pointer_mut(pointer).unwrap_or_else(|| panic!("no {pointer}")) = value.clone();
    }
    document
}

/// A blueprint called `namespace` with a name, a team and an environment; `spec` adds more, as YAML.
pub(crate) fn blueprint(parameters: &str, spec: &str) -> Value {
    let mut document = parse(
        r#"
apiVersion: berth.dev/v1alpha1
kind: Blueprint
metadata: { name: namespace }
spec:
  scope: { name: name, team: team, environment: environment }
  parameters:
    name: { type: string, pattern: "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$", maxLength: 63, required: true }
    team: { type: string, pattern: "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$", maxLength: 32, required: true }
    environment: { type: string, optionsFrom: platform.environments, row: environment, required: true }
  steps:
    - id: namespace
      title: Namespace
      manifests: [{ apiVersion: v1, kind: Namespace, metadata: { name: "${parameters.name}" } }]
"#,
        Format::Yaml,
    )
    .unwrap();
    merge(document.pointer_mut("/spec/parameters").unwrap(), yaml(parameters));
    merge(document.pointer_mut("/spec").unwrap(), yaml(spec));
    document
}

/// Berth with the default platform and such a blueprint.
pub(crate) fn berth(parameters: &str, spec: &str) -> Berth {
    compile(&platform(&[]), &blueprint(parameters, spec))
        .unwrap_or_else(|errors| panic!("{}", errors.join("\n")))
}

/// Everything that is wrong with these documents.
pub(crate) fn compile(platform: &Value, blueprint: &Value) -> Result<Berth, Vec<String>> {
    let named = |name: &str, value: &Value| (name.to_owned(), value.clone());
    Berth::compile(&named("platform", platform), &[named("blueprint", blueprint)])
        .map_err(|found| found.errors.iter().map(ToString::to_string).collect())
}

/// A valid request of such a blueprint, with more parameters as YAML.
pub(crate) fn request(parameters: &str) -> Value {
    let mut request = yaml("{ name: payments-checkout, team: payments, environment: development }");
    merge(&mut request, yaml(parameters));
    request
}

/// A value, as YAML.
pub(crate) fn yaml(text: &str) -> Value {
    parse(text, Format::Yaml).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn merge(into: &mut Value, more: Value) {
    if let (Value::Object(into), Value::Object(more)) = (into, more) {
        into.extend(more);
    }
}
