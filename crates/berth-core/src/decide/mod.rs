//! `decide`: may this be asked for, what does it cost, and who must say yes?

mod approval;
mod cost;
mod decision;
mod limits;
mod options;
mod parameters;
mod rules;
mod value;

pub use approval::{Approval, ApprovalRequirement};
pub use cost::{Budget, Cost, CostLine};
pub use decision::{Decision, Parameters, Violation};
pub(crate) use limits::NEEDS_CONTEXT;
pub use options::OptionState;
pub(crate) use value::check_value;

use serde_json::Value;

use crate::policy::{Blueprint, Platform, ResolvedTeam, Slot};
use crate::request::{Context, Request};

/// A request that was judged, with what the plan needs besides the verdict.
#[derive(Debug)]
pub(crate) struct Decided<'a> {
    pub(crate) decision: Decision<'a>,
    /// `None` when the request names no blueprint that there is.
    pub(crate) subject: Option<Subject<'a>>,
}

/// What a request is about.
#[derive(Debug)]
pub(crate) struct Subject<'a> {
    pub(crate) blueprint: &'a Blueprint,
    pub(crate) team: ResolvedTeam<'a>,
    pub(crate) slots: Vec<Slot<'a>>,
    pub(crate) parameters: Vec<Option<&'a Value>>,
    pub(crate) requester: Option<&'a str>,
}

impl Subject<'_> {
    /// Is every parameter what the blueprint takes, whatever rules and limits say?
    pub(crate) fn is_well_formed(&self) -> bool {
        rules::invalid_fields(self.blueprint, &self.slots) == 0
    }
}

/// The documents, as `decide` needs them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Documents<'a> {
    pub(crate) platform: &'a Platform,
    pub(crate) blueprints: &'a [Blueprint],
    pub(crate) digest: &'a str,
}

/// Judges a request. With `with_options`, the decision says for every option whether it may be chosen.
pub(crate) fn decide<'a>(
    documents: Documents<'a>,
    value: &'a Value,
    context: &'a Context,
    with_options: bool,
) -> Decided<'a> {
    let platform = documents.platform;
    let mut decision = Decision::new(documents.digest, &platform.document.spec.currency);
    let Some(request) = Request::read(value, &mut decision.violations) else {
        return Decided { decision, subject: None };
    };
    decision.blueprint = request.blueprint;
    let Some(blueprint) = documents.blueprints.iter().find(|blueprint| blueprint.name == request.blueprint)
    else {
        decision.violations.push(unknown_blueprint(request, documents.blueprints));
        return Decided { decision, subject: None };
    };

    let read = parameters::read(blueprint, request, context.now.as_ref(), &mut decision.violations);
    let subject = Subject {
        blueprint,
        team: platform.team(read.text(blueprint.team_field)),
        requester: context
            .requester
            .as_ref()
            .map(|requester| requester.entity_ref.as_str())
            .or(request.requester),
        slots: read.slots,
        parameters: read.values,
    };
    let path = |field: usize| parameters::pointer(blueprint, request.wrapped, field);
    rules::judge(blueprint, &subject.slots, path, &mut decision.violations);
    decision.cost = cost::of(blueprint, &subject, platform, context.usage);
    limits::judge(platform, &subject, context, &decision.cost, path, &mut decision.violations);
    decision.approval = approval::of(blueprint, platform, &subject.slots);
    if with_options {
        decision.options = Some(options::of(&subject, &decision.cost));
    }
    decision.request = Parameters::new(request, blueprint, &subject.parameters);
    decision.settle();
    Decided { decision, subject: Some(subject) }
}

fn unknown_blueprint<'a>(request: Request<'a>, blueprints: &'a [Blueprint]) -> Violation<'a> {
    let names = blueprints.iter().map(|blueprint| blueprint.name.as_str());
    let hint = crate::suggest::hint(request.blueprint, "blueprints are", names);
    let message = format!("there is no blueprint `{}`", crate::text::excerpt(request.blueprint));
    Violation::new("unknown-blueprint", message).at("/blueprint").hint(hint)
}
