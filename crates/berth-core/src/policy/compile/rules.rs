//! The rules of a blueprint: what must hold between parameters, and who must say yes.

use serde_json::Value;

use super::check_name;
use crate::document::{self, BlueprintSpec};
use crate::kubernetes::NameRule;
use crate::policy::blueprint::{ApprovalRule, Rule};
use crate::policy::condition::Vocabulary;
use crate::policy::platform::check_approvers;
use crate::policy::problems::Problems;

pub(super) fn compile(
    spec: &BlueprintSpec,
    vocabulary: &Vocabulary<'_>,
    problems: &mut Problems,
) -> Vec<Rule> {
    problems.inside("rules", |problems| {
        let compile = |(index, rule): (usize, &document::Rule)| {
            problems.inside(index, |problems| {
                check_name("id", &rule.id, NameRule::DnsLabel, problems);
                if spec.rules.iter().take(index).any(|other| other.id == rule.id) {
                    problems.add_at(
                        "id",
                        format!("`{}` is the id of another rule, too", rule.id),
                        "choose another id",
                    );
                }
                let when = vocabulary.when(rule.when.as_ref(), problems);
                let require =
                    problems.inside("require", |problems| vocabulary.compile(&rule.require, problems));
                let at = require.first_field().or_else(|| when.first_field()).unwrap_or(0);
                let fields = when.fields() | require.fields();
                Rule {
                    code: format!("rule.{}", rule.id),
                    id: rule.id.clone(),
                    when,
                    require,
                    at,
                    fields,
                    message: rule.message.clone(),
                    hint: rule.hint.clone(),
                    severity: rule.severity,
                }
            })
        };
        spec.rules.iter().enumerate().map(compile).collect()
    })
}

/// The rules of the `ClusterRole`s are RBAC's own: here only their form is looked at.
pub(super) fn check_cluster_roles(spec: &BlueprintSpec, problems: &mut Problems) {
    problems.inside("clusterRoles", |problems| {
        for (name, rules) in &spec.cluster_roles {
            problems.inside(name, |problems| {
                problems.obey_in_key(NameRule::DnsLabel.check(name));
                let rules = rules.as_array().filter(|rules| !rules.is_empty());
                if !rules.is_some_and(|rules| rules.iter().all(is_access_rule)) {
                    problems.add(
                        "these are not rules of RBAC",
                        "write a list like `- { apiGroups: [apps], resources: [deployments], verbs: [get, list] }`",
                    );
                }
            });
        }
    });
}

fn is_access_rule(rule: &Value) -> bool {
    let needed = ["apiGroups", "resources", "verbs"];
    let texts = |value: &Value| {
        value.as_array().is_some_and(|list| !list.is_empty() && list.iter().all(Value::is_string))
    };
    rule.as_object().is_some_and(|rule| {
        needed.iter().all(|key| rule.contains_key(*key))
            && rule.iter().all(|(key, value)| {
                (needed.contains(&key.as_str()) || key == "resourceNames") && texts(value)
            })
    })
}

pub(super) fn compile_approvals(
    spec: &BlueprintSpec,
    vocabulary: &Vocabulary<'_>,
    problems: &mut Problems,
) -> Vec<ApprovalRule> {
    problems.inside("approvals", |problems| {
        let compile = |(index, rule): (usize, &document::ApprovalRule)| {
            problems.inside(index, |problems| {
                check_name("id", &rule.id, NameRule::DnsLabel, problems);
                if spec.approvals.iter().take(index).any(|other| other.id == rule.id) {
                    problems.add_at(
                        "id",
                        format!("`{}` is the id of another approval, too", rule.id),
                        "choose another id",
                    );
                }
                check_approvers(&rule.by, rule.count, problems);
                ApprovalRule {
                    id: rule.id.clone(),
                    when: vocabulary.when(rule.when.as_ref(), problems),
                    by: rule.by.clone(),
                    count: rule.count,
                    reason: rule.reason.clone(),
                }
            })
        };
        spec.approvals.iter().enumerate().map(compile).collect()
    })
}
