//! Options that cost more than any team may spend in a month.

use crate::analysis::finding::{Finding, FindingCode};
use crate::analysis::model::Model;
use crate::analysis::report::Report;
use crate::policy::Field;
use crate::text::money;

/// Compares every option with the largest budget.
pub(super) fn check(model: &Model<'_>, report: &mut Report) {
    let spec = &model.platform.document.spec;
    let own = spec.teams.values().filter_map(|team| team.limits.monthly_budget);
    let largest = own.chain([spec.team_defaults.limits.monthly_budget]).max().unwrap_or(0);
    let binding = model.binding();
    for (place, field) in model.blueprint.fields.iter().enumerate() {
        let options = field.options().into_iter().flat_map(|options| options.list.iter().enumerate());
        for (index, option) in options.filter(|(_, option)| option.monthly_cost > largest) {
            let value = &option.value;
            let message = format!(
                "`{value}` of `{}` costs {} a month, more than the budget of every team: {} at most",
                field.name,
                money(option.monthly_cost, &spec.currency.code, spec.currency.decimals),
                money(largest, &spec.currency.code, spec.currency.decimals)
            );
            let chosen = model.variables.chosen(place, index);
            report.add(
                Finding::warning(FindingCode::CostBeyondEveryBudget, message)
                    .at(cost_pointer(field, index, value))
                    .field(&field.name)
                    .option(value)
                    .hint("amounts are in minor units, such as cents; lower the cost, or give a team a larger budget")
                    .example(model.example(&binding, &[&chosen])),
            );
        }
    }
}

fn cost_pointer(field: &Field, index: usize, value: &str) -> String {
    let option = super::options::pointer(field, index, value);
    if option.starts_with("/spec/tables/") { format!("{option}/monthlyCost") } else { option }
}
