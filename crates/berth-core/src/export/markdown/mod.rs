//! The policy as a page for people: what may be asked for, what it costs, who must say yes, and what is made.

use std::fmt::Write as _;

use crate::berth::Berth;
use crate::document::{Approval, Limits, Severity};
use crate::policy::{Blueprint, Condition, Field, FieldKind, Rule};
use crate::text::money;

impl Berth {
    /// The platform and its blueprints as Markdown. The same documents give the same page.
    pub fn export_markdown(&self) -> String {
        let mut page = Page(String::new());
        let platform = &self.platform.document;
        page.heading(1, platform.metadata.title.as_ref().unwrap_or(&platform.metadata.name));
        page.line("What may be asked for, what it costs, and who must say yes. Made from the policy itself.");
        self.environments(&mut page);
        self.teams(&mut page);
        self.names(&mut page);
        for blueprint in &self.blueprints {
            self.blueprint(blueprint, &mut page);
        }
        let _ = write!(page.0, "\n---\n\nPolicy `{}`, Berth {}.\n", self.policy_digest(), crate::VERSION);
        page.0
    }

    fn environments(&self, page: &mut Page) {
        page.heading(2, "Environments");
        page.table(&["Environment", "Cluster", "Pod security", "Approval"]);
        for (name, environment) in &self.platform.document.spec.environments {
            let level = format!("{:?}", environment.pod_security).to_lowercase();
            let approval = environment.approval.as_ref().map_or("none".to_owned(), approval);
            page.row(&[&titled(name, environment.title.as_deref()), &environment.cluster, &level, &approval]);
        }
    }

    fn teams(&self, page: &mut Page) {
        let spec = &self.platform.document.spec;
        page.heading(2, "Teams");
        page.table(&["Team", "Namespaces", "Budget a month"]);
        for name in spec.teams.keys() {
            let team = self.platform.team(name);
            self.limits(&titled(name, Some(team.title())), team.limits, page);
        }
        self.limits("any other", spec.team_defaults.limits, page);
    }

    fn limits(&self, team: &str, limits: Limits, page: &mut Page) {
        page.row(&[team, &limits.namespaces.to_string(), &self.amount(limits.monthly_budget)]);
    }

    fn names(&self, page: &mut Page) {
        let (names, prefixes) = self.platform.reserved_names();
        page.heading(2, "Names that nobody can take");
        page.line(&format!("{}.", names.iter().map(|name| code(name)).collect::<Vec<_>>().join(", ")));
        if !prefixes.is_empty() {
            let prefixes: Vec<String> = prefixes.iter().map(|prefix| code(prefix)).collect();
            page.line(&format!("And all that begin with {}.", prefixes.join(" or ")));
        }
    }

    fn amount(&self, amount: i64) -> String {
        let currency = &self.platform.document.spec.currency;
        money(amount, &currency.code, currency.decimals)
    }

    fn blueprint(&self, blueprint: &Blueprint, page: &mut Page) {
        let metadata = blueprint.document().map(|document| document.metadata);
        let title = metadata.as_ref().and_then(|metadata| metadata.title.as_deref());
        page.heading(2, title.unwrap_or(&blueprint.name));
        if let Some(description) = metadata.as_ref().and_then(|metadata| metadata.description.as_deref()) {
            page.line(description);
        }
        page.heading(3, "What is asked");
        page.table(&["Field", "Takes", "When left out"]);
        for field in &blueprint.fields {
            let otherwise = match &field.default {
                Some(default) => code(&default.to_string()),
                None if field.parameter.required => "it must be given".to_owned(),
                None => "nothing".to_owned(),
            };
            page.row(&[&titled(&field.name, field.parameter.title.as_deref()), &takes(field), &otherwise]);
        }
        for field in &blueprint.fields {
            self.options(field, page);
        }
        rules(blueprint, page);
        approvals(blueprint, page);
        steps(blueprint, page);
    }

    /// The options of a field that cost something or have columns.
    fn options(&self, field: &Field, page: &mut Page) {
        let Some(options) =
            field.options().filter(|options| options.list.iter().any(|one| !one.row.is_empty()))
        else {
            return;
        };
        if field.parameter.options_from.as_deref().is_some_and(|from| from.starts_with("platform.")) {
            return;
        }
        page.heading(3, field.parameter.title.as_ref().unwrap_or(&field.name));
        let first = options.list.first().map(|one| one.row.keys().map(String::as_str).collect::<Vec<_>>());
        let columns: Vec<&str> = first
            .unwrap_or_default()
            .into_iter()
            .filter(|key| !["title", "monthlyCost"].contains(key))
            .collect();
        page.table(&[&["Option", "Cost a month"][..], &columns].concat());
        for option in &options.list {
            let mut cells =
                vec![titled(&option.value, option.title.as_deref()), self.amount(option.monthly_cost)];
            cells.extend(columns.iter().map(|column| match option.row.get(*column) {
                Some(value) => value.as_str().map_or_else(|| value.to_string(), str::to_owned),
                None => String::new(),
            }));
            page.row(&cells.iter().map(String::as_str).collect::<Vec<_>>());
        }
    }
}

fn rules(blueprint: &Blueprint, page: &mut Page) {
    // A rule about a constant of the platform may never speak here.
    let speaks = |rule: &&Rule| {
        !matches!(rule.when, Condition::Constant(false)) && !matches!(rule.require, Condition::Constant(true))
    };
    let rules: Vec<&Rule> = blueprint.rules.iter().filter(speaks).collect();
    if rules.is_empty() {
        return;
    }
    page.heading(3, "Rules");
    for rule in rules {
        let hint = rule.hint.as_ref().map(|hint| format!("; {hint}")).unwrap_or_default();
        let mild = if rule.severity == Severity::Warning { " (a warning)" } else { "" };
        page.item(&format!("{}{hint}{mild}. `{}`", sentence(&rule.message), rule.id));
    }
}

fn approvals(blueprint: &Blueprint, page: &mut Page) {
    if blueprint.approvals.is_empty() {
        return;
    }
    page.heading(3, "Approvals, besides the environment's");
    for rule in &blueprint.approvals {
        page.item(&format!("{}: {} of {}", sentence(&rule.reason), rule.count, listed(&rule.by)));
    }
}

fn steps(blueprint: &Blueprint, page: &mut Page) {
    page.heading(3, "What is made");
    page.table(&["Step", "Objects", "When"]);
    for step in &blueprint.steps {
        let mut kinds: Vec<&str> = Vec::new();
        for object in &step.objects {
            if !kinds.contains(&object.kind.as_str()) {
                kinds.push(&object.kind);
            }
        }
        page.row(&[&step.title, &kinds.join(", "), &step.reason]);
    }
}

/// What a field takes, in words.
fn takes(field: &Field) -> String {
    match &field.kind {
        FieldKind::Text { min, max, pattern, format, .. } => {
            let mut words = vec![if format.is_some() { "a date".to_owned() } else { "text".to_owned() }];
            words.extend(match (*min, max) {
                (0, None) => None,
                (0, Some(max)) => Some(format!("up to {max} characters")),
                (min, None) => Some(format!("at least {min} characters")),
                (min, Some(max)) => Some(format!("{min} to {max} characters")),
            });
            words.extend(pattern.as_ref().map(|pattern| format!("like {}", code(pattern.source()))));
            words.join(", ")
        }
        FieldKind::Choice(options) => {
            format!("one of {}", options.values().map(code).collect::<Vec<_>>().join(", "))
        }
        FieldKind::Choices { options, .. } => {
            format!("some of {}", options.values().map(code).collect::<Vec<_>>().join(", "))
        }
        FieldKind::Integer { min, max } => format!("a whole number from {min} to {max}"),
        FieldKind::Boolean => "yes or no".to_owned(),
    }
}

fn approval(approval: &Approval) -> String {
    format!("{} of {}: {}", approval.count, listed(&approval.by), approval.reason)
}

fn listed(names: &[String]) -> String {
    names.iter().map(|name| code(name)).collect::<Vec<_>>().join(", ")
}

fn titled(name: &str, title: Option<&str>) -> String {
    match title {
        Some(title) if title != name => format!("{title} ({})", code(name)),
        _ => code(name),
    }
}

fn code(text: &str) -> String {
    format!("`{text}`")
}

/// With a capital at its beginning.
fn sentence(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map(|first| first.to_uppercase().chain(characters).collect()).unwrap_or_default()
}

/// Markdown in the making.
struct Page(String);

impl Page {
    fn heading(&mut self, level: usize, text: &str) {
        let gap = if self.0.is_empty() { "" } else { "\n" };
        // Writing to a String can't fail.
        let _ = writeln!(self.0, "{gap}{} {text}\n", "#".repeat(level));
    }

    fn line(&mut self, text: &str) {
        let _ = writeln!(self.0, "{text}");
    }

    fn item(&mut self, text: &str) {
        let _ = writeln!(self.0, "- {text}");
    }

    fn table(&mut self, columns: &[&str]) {
        self.row(columns);
        self.row(&vec!["---"; columns.len()]);
    }

    fn row(&mut self, cells: &[&str]) {
        let cells: Vec<String> =
            cells.iter().map(|cell| cell.replace('|', "\\|").replace('\n', " ")).collect();
        let _ = writeln!(self.0, "| {} |", cells.join(" | "));
    }
}
