//! Draws steps and what they wait for: side by side where that says all, else one below the other.
//!
//! ```text
//! ✔ guard ── ✔ namespace ─┬─ ✔ quotas ──┬─ ● verify ── ○ main
//!                         └─ ✔ network ─┘
//! ```

use anstyle::Style;

use crate::argo::{Phase, Step};
use crate::output::Styles;

/// The frames of what goes on.
const SPINNER: [&str; 10] = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
/// The widest that stands between two columns, with the space before it.
const GAP: usize = 5;

/// Draws the steps in lines of at most `width` characters; `frame` counts up while somebody watches.
pub(crate) fn draw(steps: &[Step], styles: &Styles, width: usize, frame: Option<usize>) -> Vec<String> {
    let pen = Pen { styles, frame };
    let columns = columns(steps);
    match columns {
        Some(columns) if total_width(&columns) <= width => pen.graph(&columns),
        _ => pen.list(steps, width),
    }
}

/// The beginning of a text that fits into a width.
pub(crate) fn clip(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    text.chars().take(width.saturating_sub(1)).chain(['…']).collect()
}

/// The sign of a phase.
pub(crate) fn sign(phase: Phase, styles: &Styles, frame: Option<usize>) -> (&'static str, Style) {
    match phase {
        Phase::Pending => ("○", styles.faint),
        Phase::Running => match frame {
            Some(frame) => (SPINNER.get(frame % SPINNER.len()).copied().unwrap_or("●"), styles.active),
            None => ("●", styles.active),
        },
        Phase::Succeeded => ("✔", styles.good),
        Phase::Skipped | Phase::Omitted => ("-", styles.faint),
        Phase::Failed | Phase::Error => ("✘", styles.bad),
    }
}

/// The steps in columns, if each waits for all of the column before it and for nothing that this does not imply.
fn columns(steps: &[Step]) -> Option<Vec<Vec<&Step>>> {
    let mut columns: Vec<Vec<&Step>> = Vec::new();
    for step in steps {
        let column_of = |name: &String| columns.iter().position(|column| has(column, name));
        let place = match step.after.iter().map(column_of).max() {
            None => 0,
            Some(last) => last? + 1,
        };
        match columns.get_mut(place) {
            Some(column) => column.push(step),
            None => columns.push(vec![step]),
        }
    }
    let waits_for_all = |pair: &[Vec<&Step>]| match pair {
        [before, column] => {
            column.iter().all(|step| before.iter().all(|other| step.after.contains(&other.name)))
        }
        _ => true,
    };
    columns.windows(2).all(waits_for_all).then_some(columns)
}

fn has(column: &[&Step], name: &str) -> bool {
    column.iter().any(|step| step.name == name)
}

struct Pen<'p> {
    styles: &'p Styles,
    frame: Option<usize>,
}

impl Pen<'_> {
    fn graph(&self, columns: &[Vec<&Step>]) -> Vec<String> {
        let rows = columns.iter().map(Vec::len).max().unwrap_or_default();
        let mut lines = Vec::with_capacity(rows);
        for row in 0..rows {
            let mut line = String::new();
            for (index, column) in columns.iter().enumerate() {
                let next = columns.get(index + 1);
                self.cell(&mut line, column, row, next.is_some());
                if let Some(next) = next {
                    line.push_str(&self.faint(joint(row, column.len(), next.len())));
                }
            }
            line.truncate(line.trim_end().len());
            lines.push(line);
        }
        lines
    }

    fn cell(&self, line: &mut String, column: &[&Step], row: usize, is_joined: bool) {
        let width = column_width(column);
        let Some(step) = column.get(row) else {
            line.push_str(&" ".repeat(width + 1));
            return;
        };
        line.push_str(&self.step(step));
        line.push(' ');
        let fill = if is_joined { "─" } else { " " };
        line.push_str(&self.faint(&fill.repeat(width - step_width(step))));
    }

    fn faint(&self, text: &str) -> String {
        let faint = self.styles.faint;
        format!("{faint}{text}{faint:#}")
    }

    fn step(&self, step: &Step) -> String {
        let (sign, style) = sign(step.phase, self.styles, self.frame);
        let name = match step.phase {
            Phase::Pending | Phase::Skipped | Phase::Omitted => self.styles.faint,
            phase if phase.is_bad() => style,
            _ => Style::new(),
        };
        format!("{style}{sign}{style:#} {name}{}{name:#}", step.name)
    }

    fn list(&self, steps: &[Step], width: usize) -> Vec<String> {
        let widest = steps.iter().map(step_width).max().unwrap_or_default();
        let line = |step: &Step| {
            let (faint, pad) = (self.styles.faint, widest - step_width(step));
            if step.after.is_empty() {
                return self.step(step);
            }
            let after = clip(&format!("after {}", step.after.join(", ")), width.saturating_sub(widest + 2));
            format!("{}{:pad$}  {faint}{after}{faint:#}", self.step(step), "")
        };
        steps.iter().map(line).collect()
    }
}

fn step_width(step: &Step) -> usize {
    step.name.chars().count() + 2
}

fn column_width(column: &[&Step]) -> usize {
    column.iter().map(|step| step_width(step)).max().unwrap_or_default()
}

fn total_width(columns: &[Vec<&Step>]) -> usize {
    columns.iter().map(|column| column_width(column) + GAP).sum()
}

/// What stands between two columns in a row: every step of the one leads to every step of the other.
fn joint(row: usize, left: usize, right: usize) -> &'static str {
    let last = left.max(right) - 1;
    if last == 0 {
        return if row == 0 { "── " } else { "   " };
    }
    match (row < left, row < right, row) {
        (true, true, 0) => "─┬─ ",
        (true, true, _) if row == last => "─┴─ ",
        (true, true, _) => "─┼─ ",
        (true, false, _) if row == last => "─┘  ",
        (true, false, _) => "─┤  ",
        (false, true, _) if row == last => " └─ ",
        (false, true, _) => " ├─ ",
        (false, false, _) => "    ",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(name: &str, after: &[&str], phase: Phase) -> Step {
        let after = after.iter().map(|name| (*name).to_owned()).collect();
        Step { name: name.to_owned(), after, phase, ..Step::default() }
    }

    fn drawn(steps: &[Step], width: usize) -> String {
        draw(steps, &Styles::PLAIN, width, None).join("\n")
    }

    fn namespace() -> [Step; 7] {
        [
            step("guard", &[], Phase::Succeeded),
            step("namespace", &["guard"], Phase::Succeeded),
            step("quotas", &["namespace"], Phase::Failed),
            step("network", &["namespace"], Phase::Running),
            step("verify", &["namespace", "quotas", "network"], Phase::Pending),
            step("verify-quotas", &["namespace", "quotas", "network"], Phase::Omitted),
            step("main", &["verify", "verify-quotas"], Phase::Pending),
        ]
    }

    #[test]
    fn steps_that_wait_for_all_before_them_stand_side_by_side() {
        let wanted = "\
✔ guard ── ✔ namespace ─┬─ ✘ quotas ──┬─ ○ verify ────────┬─ ○ main
                        └─ ● network ─┴─ - verify-quotas ─┘";
        assert_eq!(drawn(&namespace(), 80), wanted);
    }

    #[test]
    fn columns_of_different_heights_are_joined() {
        let after = ["a", "b", "c"];
        let steps = [
            step("a", &[], Phase::Succeeded),
            step("b", &[], Phase::Succeeded),
            step("c", &[], Phase::Succeeded),
            step("d", &after, Phase::Pending),
            step("e", &after, Phase::Pending),
            step("f", &["d", "e"], Phase::Pending),
        ];
        let wanted = "\
✔ a ─┬─ ○ d ─┬─ ○ f
✔ b ─┼─ ○ e ─┘
✔ c ─┘";
        assert_eq!(drawn(&steps, 80), wanted);
    }

    #[test]
    fn other_graphs_and_narrow_terminals_get_a_list() {
        let other = [
            step("namespace", &[], Phase::Succeeded),
            step("quotas", &["namespace"], Phase::Succeeded),
            step("network", &["namespace"], Phase::Running),
            step("ingress", &["network"], Phase::Pending),
        ];
        let wanted = "\
✔ namespace
✔ quotas     after namespace
● network    after namespace
○ ingress    after network";
        assert_eq!(drawn(&other, 80), wanted);
        let narrow = drawn(&namespace(), 30);
        assert!(
            narrow.lines().count() == 7 && narrow.lines().all(|line| line.chars().count() <= 30),
            "{narrow}"
        );
    }
}
