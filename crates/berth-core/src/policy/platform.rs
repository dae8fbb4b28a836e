//! The platform document, checked: constants for blueprints, tables of environments, teams and roles.

use std::borrow::Cow;

use serde_json::Value;

use super::problems::Problems;
use crate::document::{Limits, PlatformDocument, Role, Table, Team};
use crate::kubernetes::NameRule;

/// The organisation.
#[derive(Clone, Debug)]
pub(crate) struct Platform {
    /// What was written, with the catalog group of every listed team filled in.
    pub(crate) document: PlatformDocument,
    /// Its `spec` as a value, for `${platform...}`.
    pub(crate) constants: Value,
    /// The environments as a table.
    pub(crate) environments: Table,
    /// The clusters as a table.
    pub(crate) clusters: Table,
}

/// A team of a request: listed, or one that has the defaults.
#[derive(Clone, Debug)]
pub(crate) struct ResolvedTeam<'a> {
    pub(crate) name: &'a str,
    pub(crate) catalog_ref: Cow<'a, str>,
    pub(crate) limits: Limits,
    listed: Option<&'a Team>,
}

impl ResolvedTeam<'_> {
    /// Its title, or its name.
    pub(crate) fn title(&self) -> &str {
        self.listed.and_then(|team| team.title.as_deref()).unwrap_or(self.name)
    }

    /// Groups of the cluster's identity provider that get the team's Role.
    pub(crate) fn rbac_groups(&self) -> &[String] {
        self.listed.map_or(&[], |team| &team.rbac_groups)
    }

    /// Claims of a token that mean membership.
    pub(crate) fn token_groups(&self) -> &[String] {
        self.listed.map_or(&[], |team| &team.token_groups)
    }
}

impl Platform {
    /// Checks the document; what is wrong goes to `problems`.
    pub(crate) fn compile(mut document: PlatformDocument, problems: &mut Problems) -> Self {
        problems.inside("spec", |problems| check(&document, problems));
        for (name, team) in &mut document.spec.teams {
            team.catalog_ref.get_or_insert_with(|| format!("group:default/{name}"));
        }
        let constants = serde_json::to_value(&document.spec).unwrap_or(Value::Null);
        Self {
            environments: table(&constants, "environments"),
            clusters: table(&constants, "clusters"),
            constants,
            document,
        }
    }

    /// The team of this name.
    pub(crate) fn team<'a>(&'a self, name: &'a str) -> ResolvedTeam<'a> {
        let spec = &self.document.spec;
        let listed = spec.teams.get(name);
        let own = listed.map(|team| team.limits).unwrap_or_default();
        let defaults = spec.team_defaults.limits;
        let catalog_ref = match listed.and_then(|team| team.catalog_ref.as_deref()) {
            Some(given) => Cow::Borrowed(given),
            None => Cow::Owned(format!("group:default/{name}")),
        };
        let limits = Limits {
            namespaces: own.namespaces.unwrap_or(defaults.namespaces),
            monthly_budget: own.monthly_budget.unwrap_or(defaults.monthly_budget),
        };
        ResolvedTeam { name, catalog_ref, limits, listed }
    }

    /// What these claims allow together.
    pub(crate) fn role<'c>(&self, claims: impl IntoIterator<Item = &'c String>) -> Role {
        claims.into_iter().filter_map(|claim| self.document.spec.roles.get(claim)).fold(
            Role::default(),
            |all, one| Role {
                request_for_any_team: all.request_for_any_team || one.request_for_any_team,
                see_all: all.see_all || one.see_all,
                approve: all.approve || one.approve,
            },
        )
    }

    /// Names that no request may take: whole ones, and beginnings.
    pub(crate) fn reserved_names(&self) -> (Vec<&str>, Vec<&str>) {
        let reserved = &self.document.spec.reserved;
        let names = RESERVED_BY_THE_API.into_iter().chain(reserved.names.iter().map(String::as_str));
        (names.collect(), reserved.name_prefixes.iter().map(String::as_str).collect())
    }

    /// Why a name is taken, if it is.
    pub(crate) fn reserved(&self, name: &str) -> Option<Cow<'static, str>> {
        let reserved = &self.document.spec.reserved;
        if RESERVED_BY_THE_API.contains(&name) {
            return Some("it is a path of Berth's own API".into());
        }
        if reserved.names.iter().any(|taken| taken == name) {
            return Some("the platform keeps it for itself".into());
        }
        let prefix = reserved.name_prefixes.iter().find(|prefix| name.starts_with(prefix.as_str()))?;
        Some(format!("the platform keeps names that begin with `{prefix}`").into())
    }
}

/// Names that would be read as a path of the HTTP API.
pub(crate) const RESERVED_BY_THE_API: [&str; 4] = ["request", "requests", "validate", "plan"];

fn table(constants: &Value, key: &str) -> Table {
    let rows = constants.get(key).and_then(Value::as_object);
    rows.into_iter()
        .flatten()
        .filter_map(|(name, row)| Some((name.clone(), row.as_object()?.clone())))
        .collect()
}

fn check(document: &PlatformDocument, problems: &mut Problems) {
    let spec = &document.spec;
    let name = |key: &str, value: &str, rule: NameRule, problems: &mut Problems| {
        problems.inside(key, |problems| {
            problems.obey(rule.check(value));
        });
    };
    name("labelPrefix", &spec.label_prefix, NameRule::DnsSubdomain, problems);
    name("emailDomain", &spec.email_domain, NameRule::DnsSubdomain, problems);
    if spec.currency.decimals > 4 {
        problems.inside("currency", |problems| {
            problems.inside("decimals", |problems| problems.add("more than 4 decimals", "2 for cents"));
        });
    }
    problems.inside("environments", |problems| {
        if spec.environments.is_empty() {
            problems.add("there is no environment", "add at least one");
        }
        for (key, environment) in &spec.environments {
            name(key, key, NameRule::LabelValue, problems);
            problems.inside(key, |problems| {
                if !spec.clusters.contains_key(&environment.cluster) {
                    problems.inside("cluster", |problems| {
                        let names = spec.clusters.keys().map(String::as_str).collect::<Vec<_>>().join("`, `");
                        problems.add(
                            format!("there is no cluster `{}`", environment.cluster),
                            format!("clusters are `{names}`"),
                        );
                    });
                }
                if let Some(approval) = &environment.approval {
                    problems.inside("approval", |problems| {
                        check_approvers(&approval.by, approval.count, problems);
                    });
                }
            });
        }
    });
    problems.inside("clusters", |problems| {
        for key in spec.clusters.keys() {
            name(key, key, NameRule::DnsLabel, problems);
        }
    });
    problems.inside("teams", |problems| {
        for key in spec.teams.keys() {
            name(key, key, NameRule::LabelValue, problems);
        }
    });
    problems.inside("workflow", |problems| check_workflow(document, problems));
}

/// An approval that nobody can give would hold a request for ever.
pub(super) fn check_approvers(by: &[String], count: u32, problems: &mut Problems) {
    if by.is_empty() {
        problems.add_at("by", "nobody may approve", "name a group, such as `group:default/platform-admins`");
    }
    if count == 0 {
        problems.add_at("count", "an approval by 0 people", "write at least 1, or leave the approval out");
    }
}

fn check_workflow(document: &PlatformDocument, problems: &mut Problems) {
    let workflow = &document.spec.workflow;
    let mut name = |keys: &[&str], value: &str| {
        let judged = NameRule::DnsSubdomain.check(value);
        match keys {
            [key] => problems.inside(key, |problems| problems.obey(judged)),
            [outer, inner] => {
                problems.inside(outer, |problems| problems.inside(inner, |problems| problems.obey(judged)));
            }
            _ => problems.obey(judged),
        }
    };
    name(&["namespace"], &workflow.namespace);
    name(&["serviceAccounts", "create"], &workflow.service_accounts.create);
    name(&["serviceAccounts", "change"], &workflow.service_accounts.change);
    name(&["serviceAccounts", "delete"], &workflow.service_accounts.delete);
    if workflow.ttl_seconds < 86_400 {
        problems.add_at(
            "ttlSeconds",
            format!("{} seconds: a finished Workflow would be gone before it is read", workflow.ttl_seconds),
            "keep it for at least a day: 86400",
        );
    }
    let image = &workflow.image;
    problems.inside("image", |problems| {
        if let Some(digest) = &image.digest
            && !digest
                .strip_prefix("sha256:")
                .is_some_and(|hex| hex.len() == 64 && hex.bytes().all(|byte| byte.is_ascii_hexdigit()))
        {
            problems.inside("digest", |problems| {
                problems
                    .add(format!("`{digest}` is not a digest"), "write `sha256:` and 64 hexadecimal digits");
            });
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
                    format!("`{value}` can't be part of an image name"),
                    "use letters, digits and `._-/:`",
                );
            }
        }
    });
}
