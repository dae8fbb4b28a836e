//! What a request costs a month, line by line, against the team's budget.

use serde::Serialize;

use super::Subject;
use crate::document::Currency;
use crate::policy::{Blueprint, Choice, FieldKind, Platform, Slot, bit};
use crate::request::Usage;

/// The cost of a request; amounts are integers in minor units.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Cost<'a> {
    /// ISO 4217.
    pub currency: &'a str,
    /// Digits of the minor unit: 2 for cents.
    pub decimals: u8,
    /// The sum of the lines.
    pub monthly: i64,
    /// What it costs as it stands; only of a change.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<i64>,
    /// What it is made of.
    pub lines: Vec<CostLine<'a>>,
    /// The team's budget; left out where the team isn't known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub budget: Option<Budget>,
}

/// One chosen option that costs something.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CostLine<'a> {
    /// The parameter.
    pub parameter: &'a str,
    /// The option.
    pub option: &'a str,
    /// The option's title, or its name.
    pub title: &'a str,
    /// A month, in minor units.
    pub monthly: i64,
}

/// The budget of a team, in minor units a month.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Budget {
    /// What all of its namespaces may cost together.
    pub limit: i64,
    /// What they cost without this request; left out where it isn't known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub used: Option<i64>,
    /// What is left with this request, negative when it goes beyond; left out where it isn't known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remaining: Option<i64>,
}

impl<'a> Cost<'a> {
    /// An amount in minor units as people write it: `100.00 USD`.
    pub fn amount(&self, minor_units: i64) -> String {
        crate::text::money(minor_units, self.currency, self.decimals)
    }

    /// Is the change, if it is one, to something that costs more?
    pub(super) fn rises_to(&self, monthly: i64) -> bool {
        self.before.is_none_or(|before| monthly > before)
    }

    pub(super) fn nothing(currency: &'a Currency) -> Self {
        Self {
            currency: &currency.code,
            decimals: currency.decimals,
            monthly: 0,
            before: None,
            lines: Vec::new(),
            budget: None,
        }
    }
}

/// Adds up what the chosen options cost.
pub(super) fn of<'a>(
    blueprint: &'a Blueprint,
    subject: &Subject<'a>,
    platform: &'a Platform,
    usage: Option<Usage>,
) -> Cost<'a> {
    let mut cost = Cost::nothing(&platform.document.spec.currency);
    for (field, slot) in blueprint.fields.iter().zip(&subject.slots) {
        let mut add = |choice: &'a Choice| {
            if choice.monthly_cost > 0 {
                cost.monthly = cost.monthly.saturating_add(choice.monthly_cost);
                cost.lines.push(CostLine {
                    parameter: &field.name,
                    option: &choice.value,
                    title: choice.title.as_deref().unwrap_or(&choice.value),
                    monthly: choice.monthly_cost,
                });
            }
        };
        match (&field.kind, slot) {
            (FieldKind::Choice(options), Slot::Choice(index)) => {
                options.list.get(usize::from(*index)).into_iter().for_each(&mut add);
            }
            (FieldKind::Choices { options, .. }, Slot::Choices(chosen)) => {
                let list = options.list.iter().enumerate();
                list.filter(|(index, _)| chosen & bit(*index) != 0).for_each(|(_, choice)| add(choice));
            }
            _ => {}
        }
    }
    if !subject.team.name.is_empty() {
        let limit = subject.team.limits.monthly_budget;
        let used = usage.map(|usage| usage.monthly_cost);
        let remaining = used.map(|used| limit.saturating_sub(used).saturating_sub(cost.monthly));
        cost.budget = Some(Budget { limit, used, remaining });
    }
    cost
}
