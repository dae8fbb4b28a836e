//! Small blueprints, and what `decide` says of the examples that the analysis gives.

use berth_core::analysis::{CheckOptions, Finding, FindingCode, FindingSeverity, Findings};
use berth_core::input::Format;
use berth_core::{Berth, Context, Source, Usage};
use serde_json::{Map, Value, json};

/// The part of a blueprint that no test here is about.
const HEAD: &str = "
apiVersion: berth.dev/v1alpha1
kind: Blueprint
metadata: { name: namespace }
spec:
  scope: { name: name, team: team, environment: environment }
  parameters:
    name: { type: string, pattern: '^[a-z0-9]([a-z0-9-]*[a-z0-9])?$', maxLength: 63, required: true }
    team: { type: string, pattern: '^[a-z0-9]([a-z0-9-]*[a-z0-9])?$', maxLength: 32, required: true }
    environment: { type: string, optionsFrom: platform.environments, required: true }
";

const STEPS: &str = "
  steps:
    - id: namespace
      title: Namespace
      manifests: [{ apiVersion: v1, kind: Namespace, metadata: { name: '${parameters.name}' } }]
";

pub(crate) const PLATFORM: &str = include_str!("../../../../platform.yaml");

/// Documents, and what was found in them.
pub(crate) struct Checked {
    pub(crate) berth: Berth,
    pub(crate) findings: Findings,
}

/// A blueprint with these parameters (indented by 4), and what else its `spec` holds (indented by 2).
pub(crate) fn blueprint(parameters: &str, spec: &str) -> String {
    format!("{HEAD}{parameters}\n{spec}{STEPS}")
}

pub(crate) fn berth(platform: &str, blueprint: &str) -> Berth {
    let platform = Source { name: "platform.yaml", text: platform, format: Format::Yaml };
    let blueprint = Source { name: "blueprint.yaml", text: blueprint, format: Format::Yaml };
    Berth::load(Some(platform), Some(&[blueprint])).unwrap_or_else(|errors| panic!("{errors}"))
}

pub(crate) fn check_with(platform: &str, blueprint: &str, options: CheckOptions) -> Checked {
    let berth = berth(platform, blueprint);
    let findings = berth.check_policy(options);
    Checked { berth, findings }
}

pub(crate) fn check(parameters: &str, spec: &str) -> Checked {
    check_with(PLATFORM, &blueprint(parameters, spec), CheckOptions::default())
}

impl Checked {
    /// The codes, in their order.
    pub(crate) fn codes(&self) -> Vec<FindingCode> {
        self.findings.findings.iter().map(|finding| finding.code).collect()
    }

    /// The only finding of this kind.
    pub(crate) fn only(&self, code: FindingCode) -> &Finding {
        let of_code: Vec<&Finding> =
            self.findings.findings.iter().filter(|finding| finding.code == code).collect();
        let [finding] = of_code.as_slice() else { panic!("one {code}, found {:#?}", self.findings) };
        finding
    }

    /// The only finding at all.
    pub(crate) fn alone(&self, code: FindingCode, severity: FindingSeverity) -> &Finding {
        assert_eq!(self.codes(), [code], "{:#?}", self.findings);
        let finding = self.only(code);
        assert_eq!(finding.severity, severity);
        finding
    }

    /// The codes of the violations of a request.
    pub(crate) fn violations(&self, parameters: &Map<String, Value>) -> Vec<String> {
        let request = json!({ "blueprint": "namespace", "parameters": parameters });
        let context = Context { usage: Some(Usage::default()), ..Context::default() };
        let decision = self.berth.decide(&request, &context);
        decision.violations.iter().map(|violation| violation.code.to_string()).collect()
    }

    /// The codes of the violations of a finding's example.
    pub(crate) fn shown(&self, finding: &Finding) -> Vec<String> {
        self.violations(finding.example.as_ref().expect("an example"))
    }
}
