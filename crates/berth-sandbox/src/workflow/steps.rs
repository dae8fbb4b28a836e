//! A steps template: groups of steps that name other templates.

use super::program::Step;
use super::{Invalid, When, document, names};

pub(super) fn compile(
    template: &document::Template,
    groups: &[Vec<document::Step>],
) -> Result<Vec<Vec<Step>>, Invalid> {
    let place = format!("templates.{}.steps", template.name);
    let names = groups.iter().flatten().map(|step| step.name.as_str());
    names::check_fields(&place, names)?;
    groups.iter().map(|group| group.iter().map(|step| self::step(step, &place)).collect()).collect()
}

fn step(step: &document::Step, place: &str) -> Result<Step, Invalid> {
    if step.template.is_empty() {
        return Err(Invalid(format!("{place}.{} template name is required", step.name)));
    }
    let when = if step.when.is_empty() { None } else { Some(When::parse(&step.when)?) };
    Ok(Step { name: step.name.clone(), template: step.template.clone(), when })
}
