//! `decide`: may this be asked for, what does it cost, and who must say yes?

mod approval;
mod change;
mod cost;
mod decision;
mod expiry;
mod limits;
mod options;
mod parameters;
mod rules;
mod standing;
mod value;

pub use approval::{Approval, ApprovalRequirement};
pub use cost::{Budget, Cost, CostLine};
pub use decision::{Decision, Parameters, Violation};
pub(crate) use limits::NEEDS_CONTEXT;
pub use options::OptionState;
pub(crate) use standing::{Circumstances, Standing};
pub(crate) use value::check_value;

use serde_json::Value;

use crate::plan::PlanKind;
use crate::policy::{Blueprint, Platform, ResolvedTeam, Slot};
use crate::request::{Context, Request};

/// A request that was judged, with what the plan needs besides the verdict.
#[derive(Debug)]
pub(crate) struct Decided<'a> {
    pub(crate) decision: Decision<'a>,
    /// `None` when the request names no blueprint that there is.
    pub(crate) subject: Option<Subject<'a>>,
    /// What stands, where the request is about changing it.
    pub(crate) before: Option<Subject<'a>>,
}

/// What a request is about.
#[derive(Debug)]
pub(crate) struct Subject<'a> {
    pub(crate) blueprint: &'a Blueprint,
    pub(crate) team: ResolvedTeam<'a>,
    pub(crate) slots: Vec<Slot<'a>>,
    pub(crate) parameters: Vec<Option<&'a Value>>,
    pub(crate) requester: Option<&'a str>,
    /// What the platform fills in, by the place of its parameter.
    filled: Option<(usize, Value)>,
}

impl<'a> Subject<'a> {
    fn new(
        blueprint: &'a Blueprint,
        platform: &'a Platform,
        read: parameters::Read<'a>,
        requester: Option<&'a str>,
    ) -> Self {
        let team = platform.team(read.text(blueprint.team_field));
        Self { blueprint, team, slots: read.slots, parameters: read.values, requester, filled: None }
    }

    /// The same with another value of one parameter, as conditions and rows see it.
    fn with<'s>(&'s self, place: usize, slot: Slot<'s>) -> Subject<'s> {
        let mut slots: Vec<Slot<'s>> = self.slots.clone();
        if let Some(at) = slots.get_mut(place) {
            *at = slot;
        }
        Subject {
            blueprint: self.blueprint,
            team: self.team.clone(),
            slots,
            parameters: self.parameters.clone(),
            requester: self.requester,
            filled: self.filled.clone(),
        }
    }

    /// What the platform fills in, by the place of its parameter.
    pub(crate) fn filled(&self) -> Option<(usize, &Value)> {
        self.filled.as_ref().map(|(place, value)| (*place, value))
    }

    /// The text of a parameter that is well-formed.
    fn text(&self, field: usize) -> Option<&'a str> {
        match (self.slots.get(field), self.parameters.get(field)) {
            (Some(Slot::Text(_) | Slot::Choice(_)), Some(Some(Value::String(text)))) => Some(text),
            _ => None,
        }
    }

    /// Fills in the end, or says what is wrong with it. What stands stays as it is, unless the request says otherwise.
    fn settle_expiry(
        &mut self,
        before: Option<&Self>,
        platform: &Platform,
        now: Option<i64>,
    ) -> Option<(usize, Violation<'a>)> {
        let rule = expiry::Rule::of(self.blueprint, platform, &self.slots, now)?;
        let stands = before.and_then(|before| before.text(rule.field));
        let slot = self.slots.get_mut(rule.field)?;
        match *slot {
            Slot::Absent => {
                let value = stands.map(Value::from).or_else(|| rule.default())?;
                // Conditions see that it is there; which moment it is, they can't ask.
                *slot = Slot::Text("");
                self.filled = Some((rule.field, value));
                None
            }
            Slot::Text(given) if stands != Some(given) => {
                rule.judge(given).map(|violation| (rule.field, violation))
            }
            _ => None,
        }
    }

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
    circumstances: Circumstances<'a>,
    with_options: bool,
) -> Decided<'a> {
    let Circumstances { context, now, standing } = circumstances;
    let platform = documents.platform;
    let mut decision = Decision::new(documents.digest, &platform.document.spec.currency);
    let Some(request) = Request::read(value, &mut decision.violations) else {
        return Decided { decision, subject: None, before: None };
    };
    decision.blueprint = request.blueprint;
    let Some(blueprint) = documents.blueprints.iter().find(|blueprint| blueprint.name == request.blueprint)
    else {
        decision.violations.push(unknown_blueprint(request, documents.blueprints));
        return Decided { decision, subject: None, before: None };
    };

    let read = parameters::read(blueprint, request, now, &mut decision.violations);
    let requester = context.requester.as_ref().map(|requester| requester.entity_ref.as_str());
    let mut subject = Subject::new(blueprint, platform, read, requester.or(request.requester));
    let before = standing.subject(blueprint, platform);
    let path = |field: usize| parameters::pointer(blueprint, request.wrapped, field);
    let expiry = subject.settle_expiry(before.as_ref(), platform, now);
    rules::judge(blueprint, &subject.slots, path, &mut decision.violations);
    decision.violations.extend(expiry.map(|(field, violation)| violation.at(path(field))));
    decision.cost = cost::of(blueprint, &subject, platform, context.usage);
    decision.cost.before = before.as_ref().map(|before| cost::of(blueprint, before, platform, None).monthly);
    limits::judge(platform, &subject, circumstances, &decision.cost, path, &mut decision.violations);
    decision.violations.extend(before.iter().flat_map(|before| change::immutable(&subject, before, path)));
    if let Some(current) = context.current.as_ref().filter(|_| !matches!(standing, Standing::Nothing)) {
        change::in_use(&subject, before.as_ref(), &current.used, path, &mut decision.violations);
    }
    decision.approval = approval::of(blueprint, platform, &subject.slots);
    if with_options {
        decision.options = Some(options::of(&subject, before.as_ref(), context, &decision.cost));
    }
    decision.request = Parameters::new(request, blueprint, &subject);
    decision.settle();
    Decided { decision, subject: Some(subject), before }
}

/// Judges whether what stands may be frozen or given back. Today's rules and limits don't matter, only who asks.
pub(crate) fn decide_standing<'a>(
    documents: Documents<'a>,
    value: &'a Value,
    context: &'a Context,
    kind: PlanKind,
) -> Decided<'a> {
    let platform = documents.platform;
    let mut decided = decide(documents, value, Circumstances::new(&Context::UNKNOWN, None), false);
    let Some(subject) = decided.subject.as_mut().filter(|subject| subject.is_well_formed()) else {
        return decided;
    };
    let decision = &mut decided.decision;
    let requester = context.requester.as_ref().map(|requester| requester.entity_ref.as_str());
    subject.requester = requester.or(subject.requester);
    let at =
        parameters::pointer(subject.blueprint, decision.request.is_wrapped(), subject.blueprint.team_field);
    let against = limits::membership(platform, subject, context);
    decision.violations = against.map(|violation| violation.at(at)).into_iter().collect();
    decision.approval = approval::of_environment(subject.blueprint, platform, &subject.slots);
    decision.cost.before = Some(decision.cost.monthly);
    if kind == PlanKind::Delete {
        decision.cost.monthly = 0;
        decision.cost.lines.clear();
    }
    decision.settle();
    decided
}

fn unknown_blueprint<'a>(request: Request<'a>, blueprints: &'a [Blueprint]) -> Violation<'a> {
    let names = blueprints.iter().map(|blueprint| blueprint.name.as_str());
    let hint = crate::suggest::hint(request.blueprint, "blueprints are", names);
    let message = format!("there is no blueprint `{}`", crate::text::excerpt(request.blueprint));
    Violation::new("unknown-blueprint", message).at("/blueprint").hint(hint)
}
