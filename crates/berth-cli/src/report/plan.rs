//! A plan for people: what, where, steps, cost and approval.

use std::io::{self, Write};

use berth_core::decide::{Approval, Cost};
use berth_core::plan::{Plan, PlanKind, PlanStep, PlanVerify};

use super::approvers;
use crate::output::Styles;

/// The reason of a step without a condition.
const ALWAYS: &str = "always";

/// Writes a plan.
pub(crate) fn plan(writer: &mut impl Write, plan: &Plan<'_>, styles: &Styles) -> io::Result<()> {
    let Styles { strong, faint, .. } = styles;
    if plan.kind != PlanKind::Create {
        write!(writer, "{} ", plan.kind.name())?;
    }
    writeln!(
        writer,
        "{strong}{} {}{strong:#} for team {strong}{}{strong:#} in {strong}{}{strong:#} {faint}(cluster {}){faint:#}",
        plan.blueprint, plan.name, plan.team, plan.environment, plan.cluster
    )?;
    match &plan.changes {
        Some(changes) => {
            heading(writer, "Changes", styles)?;
            super::changes(writer, changes, &plan.name, styles)?;
        }
        None => all_steps(writer, plan, styles)?,
    }
    cost(writer, &plan.cost, styles)?;
    approval(writer, &plan.approval, styles)?;
    writeln!(writer, "\n{faint}plan {}{faint:#}", plan.plan_digest)
}

fn all_steps(writer: &mut impl Write, plan: &Plan<'_>, styles: &Styles) -> io::Result<()> {
    let faint = styles.faint;
    heading(writer, "Steps", styles)?;
    let widest = plan.steps.iter().map(|step| width(&step.id)).max().unwrap_or_default();
    for (index, one) in plan.steps.iter().enumerate() {
        step(writer, index + 1, one, &plan.name, widest, styles)?;
    }
    if !plan.skipped.is_empty() {
        heading(writer, "Left out", styles)?;
        let widest = plan.skipped.iter().map(|step| width(&step.id)).max().unwrap_or_default();
        for skipped in &plan.skipped {
            let pad = widest - width(&skipped.id);
            writeln!(writer, "  {faint}{}{:pad$}  {}{faint:#}", skipped.id, "", skipped.reason)?;
        }
    }
    Ok(())
}

/// Writes the steps with their objects, a line each.
pub(crate) fn steps_in_short(writer: &mut impl Write, plan: &Plan<'_>, styles: &Styles) -> io::Result<()> {
    let Styles { strong, faint, .. } = styles;
    let widest = plan.steps.iter().map(|step| width(&step.id)).max().unwrap_or_default();
    for step in &plan.steps {
        let objects = by_kind(step.objects.iter().map(|object| (&*object.kind, &*object.name)));
        let objects: Vec<String> = objects.iter().map(|(kind, names)| format!("{kind} {names}")).collect();
        let pad = widest - width(&step.id);
        writeln!(
            writer,
            "  {strong}{}{strong:#}{:pad$}  {faint}{}{faint:#}",
            step.id,
            "",
            objects.join("; ")
        )?;
    }
    Ok(())
}

/// Names of objects, one entry for each kind, in the order in which the kinds come.
pub(crate) fn by_kind<'o>(objects: impl Iterator<Item = (&'o str, &'o str)>) -> Vec<(&'o str, String)> {
    let mut kinds: Vec<(&str, String)> = Vec::new();
    for (kind, name) in objects {
        match kinds.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, names)) => {
                names.push_str(", ");
                names.push_str(name);
            }
            None => kinds.push((kind, name.to_owned())),
        }
    }
    kinds
}

/// Writes every object in full, step by step.
pub(crate) fn manifests(writer: &mut impl Write, plan: &Plan<'_>, styles: &Styles) -> io::Result<()> {
    let faint = styles.faint;
    for step in &plan.steps {
        for object in &step.objects {
            writeln!(writer, "{faint}# step {}{faint:#}", step.id)?;
            writer.write_all(berth_core::emit::to_yaml(&object.manifest).as_bytes())?;
            writeln!(writer, "---")?;
        }
    }
    Ok(())
}

fn step(
    writer: &mut impl Write,
    number: usize,
    step: &PlanStep,
    name: &str,
    widest: usize,
    styles: &Styles,
) -> io::Result<()> {
    let Styles { strong, faint, .. } = styles;
    let pad = widest - width(&step.id);
    write!(writer, "  {faint}{number}{faint:#}  {strong}{}{strong:#}{:pad$}  {}", step.id, "", step.title)?;
    let when = (step.reason != ALWAYS).then(|| format!("because {}", step.reason));
    let after = (!step.after.is_empty()).then(|| format!("after {}", step.after.join(", ")));
    let remarks: Vec<String> = after.into_iter().chain(when).collect();
    if !remarks.is_empty() {
        write!(writer, " {faint}({}){faint:#}", remarks.join("; "))?;
    }
    writeln!(writer)?;
    let indent = widest + 7;
    for object in &step.objects {
        write!(writer, "{:indent$}{} {}", "", object.kind, object.name)?;
        match &object.namespace {
            Some(namespace) if namespace != name => writeln!(writer, " {faint}in {namespace}{faint:#}")?,
            _ => writeln!(writer)?,
        }
    }
    for verify in &step.verify {
        let PlanVerify { kind, name, jsonpath, expected } = verify;
        writeln!(
            writer,
            "{:indent$}{faint}then {jsonpath} of {kind} {name} must be {expected}{faint:#}",
            ""
        )?;
    }
    Ok(())
}

/// Writes what a request costs a month, line by line.
pub(crate) fn cost(writer: &mut impl Write, cost: &Cost<'_>, styles: &Styles) -> io::Result<()> {
    let Styles { strong, faint, .. } = styles;
    heading(writer, "Cost a month", styles)?;
    let lines: Vec<(String, String)> = cost
        .lines
        .iter()
        .map(|line| (format!("{} ({})", line.title, line.option), cost.amount(line.monthly)))
        .chain([("Total".to_owned(), cost.amount(cost.monthly))])
        .collect();
    let name = lines.iter().map(|(name, _)| width(name)).max().unwrap_or_default();
    let amount = lines.iter().map(|(_, amount)| width(amount)).max().unwrap_or_default();
    for (index, (what, price)) in lines.iter().enumerate() {
        let (left, right) = (name - width(what), amount - width(price));
        let style = if index + 1 == lines.len() { *strong } else { anstyle::Style::new() };
        writeln!(writer, "  {style}{what}{:left$}  {:right$}{price}{style:#}", "", "")?;
    }
    if let Some(before) = cost.before {
        let difference = cost.monthly.saturating_sub(before);
        let sign = if difference > 0 { "+" } else { "" };
        writeln!(
            writer,
            "  {faint}{} as it stands: {sign}{}{faint:#}",
            cost.amount(before),
            cost.amount(difference)
        )?;
    }
    let Some(budget) = &cost.budget else { return Ok(()) };
    write!(writer, "  {faint}of a budget of {}", cost.amount(budget.limit))?;
    if let (Some(used), Some(remaining)) = (budget.used, budget.remaining) {
        write!(writer, ", of which {} are used; {} remain", cost.amount(used), cost.amount(remaining))?;
    }
    writeln!(writer, "{faint:#}")
}

fn approval(writer: &mut impl Write, approval: &Approval<'_>, styles: &Styles) -> io::Result<()> {
    let Styles { good, active, .. } = styles;
    heading(writer, "Approval", styles)?;
    if !approval.required {
        return writeln!(writer, "  {good}not needed{good:#}");
    }
    for requirement in &approval.requirements {
        let (who, reason) = (approvers(requirement), requirement.reason);
        writeln!(writer, "  {active}needed by {who}{active:#}: {reason}")?;
    }
    Ok(())
}

fn heading(writer: &mut impl Write, text: &str, styles: &Styles) -> io::Result<()> {
    let strong = styles.strong;
    writeln!(writer, "\n{strong}{text}{strong:#}")
}

fn width(text: &str) -> usize {
    text.chars().count()
}
