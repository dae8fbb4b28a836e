//! The platform document, checked: constants for blueprints, tables of environments, teams and roles.

mod check;

use std::borrow::Cow;

use serde_json::Value;

pub(super) use check::check_approvers;

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

    /// Groups of the cluster's identity provider that get the team's rights.
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
        problems.inside("metadata", |problems| {
            problems
                .inside("name", |problems| problems.obey(NameRule::DnsLabel.check(&document.metadata.name)));
        });
        problems.inside("spec", |problems| check::check(&document.spec, problems));
        for (name, team) in &mut document.spec.teams {
            team.catalog_ref.get_or_insert_with(|| format!("group:default/{name}"));
        }
        let constants = crate::emit::to_value(&document.spec);
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
