//! What must hold of a platform document, besides the types of its values.

use crate::document::{Environment, Image, Lifetime, Limits, PlatformSpec, Team, WorkflowSettings};
use crate::kubernetes::{NameRule, is_quantity};
use crate::policy::problems::Problems;

/// Says everything that is wrong with the `spec`.
pub(super) fn check(spec: &PlatformSpec, problems: &mut Problems) {
    name("labelPrefix", &spec.label_prefix, problems);
    name("emailDomain", &spec.email_domain, problems);
    problems.inside("currency", |problems| {
        let code = &spec.currency.code;
        if code.len() != 3 || !code.bytes().all(|byte| byte.is_ascii_uppercase()) {
            problems.add_at(
                "code",
                format!("`{code}` is not a currency of ISO 4217"),
                "write three capitals, such as `USD`",
            );
        }
        if spec.currency.decimals > 4 {
            problems.add_at(
                "decimals",
                "more than 4 decimals",
                "write the digits of the minor unit: 2 for cents",
            );
        }
    });
    problems.inside("environments", |problems| {
        if spec.environments.is_empty() {
            problems.add("there is no environment", "add at least one");
        }
        for (key, environment) in &spec.environments {
            key_name(key, problems);
            problems.inside(key, |problems| check_environment(environment, spec, problems));
        }
    });
    problems.inside("clusters", |problems| spec.clusters.keys().for_each(|key| key_name(key, problems)));
    problems.inside("teamDefaults", |problems| {
        let Limits { monthly_budget, .. } = spec.team_defaults.limits;
        check_budget(Some(monthly_budget), problems);
    });
    problems.inside("teams", |problems| {
        for (key, team) in &spec.teams {
            key_name(key, problems);
            problems.inside(key, |problems| check_team(team, problems));
        }
    });
    problems.inside("kinds", |problems| check_kinds(spec, problems));
    problems.inside("expiry", |problems| {
        problems.inside("warnDays", |problems| {
            spec.expiry
                .warn_days
                .iter()
                .enumerate()
                .for_each(|(index, days)| check_days(index, *days, problems));
        });
    });
    problems.inside("workflow", |problems| check_workflow(&spec.workflow, problems));
}

/// A hundred years: with more, a moment could leave what RFC 3339 writes.
const MOST_DAYS: u32 = 36_500;

fn check_days(place: impl std::fmt::Display, days: u32, problems: &mut Problems) {
    if days == 0 || days > MOST_DAYS {
        problems.add_at(place, format!("{days} days"), format!("write 1 to {MOST_DAYS}"));
    }
}

fn check_lifetime(lifetime: Lifetime, problems: &mut Problems) {
    let (default, maximum) = (lifetime.default, lifetime.maximum);
    for (key, days) in [("default", default), ("maximum", maximum)] {
        if let Some(days) = days {
            check_days(key, days, problems);
        }
    }
    match (default, maximum) {
        (None, None) => problems.add(
            "a lifetime without any days",
            "write `default`, `maximum` or both, or leave the lifetime out",
        ),
        (Some(default), Some(maximum)) if default > maximum => problems.add_at(
            "default",
            format!("{default} days are more than the `maximum` of {maximum}"),
            "write at most as many",
        ),
        _ => {}
    }
}

/// An approval that nobody can give would hold a request for ever.
pub(in crate::policy) fn check_approvers(by: &[String], count: u32, problems: &mut Problems) {
    if by.is_empty() {
        problems.add_at("by", "nobody may approve", "name a group, such as `group:default/platform-admins`");
    }
    if count == 0 {
        problems.add_at("count", "an approval by 0 people", "write at least 1, or leave the approval out");
    }
}

/// A name of Kubernetes.
fn name(key: &str, value: &str, problems: &mut Problems) {
    problems.inside(key, |problems| problems.obey(NameRule::DnsSubdomain.check(value)));
}

/// A key that becomes a label's value or part of a name.
fn key_name(key: &str, problems: &mut Problems) {
    problems.inside(key, |problems| problems.obey_in_key(NameRule::DnsLabel.check(key)));
}

fn check_environment(environment: &Environment, spec: &PlatformSpec, problems: &mut Problems) {
    if !spec.clusters.contains_key(&environment.cluster) {
        let clusters = spec.clusters.keys().map(String::as_str);
        problems.add_at(
            "cluster",
            format!("there is no cluster `{}`", environment.cluster),
            crate::suggest::hint(&environment.cluster, "clusters are", clusters),
        );
    }
    if let Some(approval) = &environment.approval {
        problems.inside("approval", |problems| check_approvers(&approval.by, approval.count, problems));
    }
    if let Some(lifetime) = environment.lifetime {
        problems.inside("lifetime", |problems| check_lifetime(lifetime, problems));
    }
}

fn check_team(team: &Team, problems: &mut Problems) {
    if let Some(given) = &team.catalog_ref
        && !given.split_once(':').is_some_and(|(kind, name)| !kind.is_empty() && name.contains('/'))
    {
        problems.add_at(
            "catalogRef",
            format!("`{given}` is not a reference to an entity of the catalog"),
            "write it like `group:default/payments`",
        );
    }
    check_budget(team.limits.monthly_budget, problems);
}

fn check_budget(monthly_budget: Option<i64>, problems: &mut Problems) {
    if monthly_budget.is_some_and(|budget| budget < 0) {
        problems.inside("limits", |problems| {
            problems.add_at(
                "monthlyBudget",
                "a budget is at least 0",
                "write minor units: 200000 for 2000.00",
            );
        });
    }
}

fn check_kinds(spec: &PlatformSpec, problems: &mut Problems) {
    for (key, resource) in &spec.kinds {
        problems.inside(key, |problems| {
            let (kind, group) = key.split_once('.').unwrap_or((key, ""));
            if kind.is_empty() || !kind.bytes().all(|byte| byte.is_ascii_alphanumeric()) || group.is_empty() {
                problems.add_to_key(
                    format!("`{key}` is not a kind with its group"),
                    "write it like `Instance.databases.example.com`",
                );
            }
            problems.obey(NameRule::DnsLabel.check(resource));
        });
    }
}

fn check_workflow(workflow: &WorkflowSettings, problems: &mut Problems) {
    name("namespace", &workflow.namespace, problems);
    problems.inside("serviceAccounts", |problems| {
        name("create", &workflow.service_accounts.create, problems);
        name("change", &workflow.service_accounts.change, problems);
        name("delete", &workflow.service_accounts.delete, problems);
    });
    problems.inside("image", |problems| check_image(&workflow.image, problems));
    problems.inside("resources", |problems| {
        for (key, amount) in [("cpu", &workflow.resources.cpu), ("memory", &workflow.resources.memory)] {
            if !is_quantity(amount) {
                problems.add_at(
                    key,
                    format!("`{amount}` is not a quantity of Kubernetes"),
                    "write it like `10m` or `32Mi`",
                );
            }
        }
    });
    if workflow.active_deadline_seconds < 60 {
        problems.add_at(
            "activeDeadlineSeconds",
            format!(
                "{} seconds: Argo would give up before a request is done",
                workflow.active_deadline_seconds
            ),
            "write at least 60",
        );
    }
    if workflow.ttl_seconds < 86_400 {
        problems.add_at(
            "ttlSeconds",
            format!("{} seconds: a finished Workflow would be gone before it is read", workflow.ttl_seconds),
            "keep it for at least a day: 86400",
        );
    }
}

fn check_image(image: &Image, problems: &mut Problems) {
    let hexadecimal =
        |hex: &str| hex.len() == 64 && hex.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    if let Some(digest) = &image.digest
        && !digest.strip_prefix("sha256:").is_some_and(hexadecimal)
    {
        problems.add_at(
            "digest",
            format!("`{digest}` is not a digest"),
            "write `sha256:` and 64 hexadecimal digits in lower case",
        );
    }
    if image.tag.is_none() && image.digest.is_none() {
        problems.add("the image has neither tag nor digest", "pin it with `digest`, or name a `tag`");
    }
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-/:".contains(&byte);
    for (key, value) in [
        ("repository", Some(&image.repository)),
        ("tag", image.tag.as_ref()),
        ("mirror", image.mirror.as_ref()),
    ] {
        if let Some(value) = value
            && (value.is_empty() || !value.bytes().all(plain))
        {
            problems.add_at(
                key,
                format!("{} can't be part of an image name", crate::text::quoted(value)),
                "use letters, digits and `._-/:`",
            );
        }
    }
}
