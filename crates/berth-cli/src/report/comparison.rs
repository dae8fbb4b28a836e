//! What a request would change on a cluster, for people: a line for each object, and one for each field.

use std::io::{self, Write};

use berth_core::plan::{Change, ObjectChange};
use serde_json::Value;

use crate::cluster::Comparison;
use crate::output::Styles;

/// Writes a comparison.
pub(crate) fn comparison(
    writer: &mut impl Write,
    comparison: &Comparison<'_>,
    styles: &Styles,
) -> io::Result<()> {
    let Styles { strong, faint, good, bad, .. } = styles;
    let name = &comparison.drift.name;
    let stands = if comparison.stands { "stands" } else { "does not stand yet" };
    writeln!(writer, "{strong}{name}{strong:#} {stands}")?;
    for object in &comparison.drift.objects {
        changed(writer, object, name, styles)?;
    }
    for unwanted in &comparison.unwanted {
        write!(writer, "{bad}-{bad:#} {} {}", unwanted.kind, unwanted.name)?;
        match &unwanted.namespace {
            Some(namespace) if namespace != name => write!(writer, " {faint}in {namespace}{faint:#}")?,
            _ => {}
        }
        writeln!(writer, "  {faint}stands, and is not wanted{faint:#}")?;
    }
    for refused in &comparison.refused {
        writeln!(writer, "{bad}!{bad:#} {} {}: {}", refused.kind, refused.name, refused.message)?;
    }
    if comparison.untried > 0 {
        let count = comparison.untried;
        writeln!(writer, "{faint}{count} of them can be tried only when the namespace stands{faint:#}")?;
    }
    if comparison.is_same() {
        writeln!(writer, "{good}nothing would change{good:#}")?;
    }
    Ok(())
}

fn changed(writer: &mut impl Write, object: &ObjectChange, name: &str, styles: &Styles) -> io::Result<()> {
    let Styles { faint, good, active, bad, .. } = styles;
    let (mark, style) = match object.change {
        Change::Added => ("+", good),
        Change::Removed => ("-", bad),
        Change::Changed | Change::Unchanged => ("~", active),
    };
    write!(writer, "{style}{mark}{style:#} {} {}", object.kind, object.name)?;
    match &object.namespace {
        Some(namespace) if namespace != name => writeln!(writer, " {faint}in {namespace}{faint:#}")?,
        _ => writeln!(writer)?,
    }
    for field in &object.fields {
        let text =
            |value: &Option<Value>| value.as_ref().map_or_else(|| "nothing".to_owned(), Value::to_string);
        writeln!(writer, "    {}  {} -> {}", field.path, text(&field.from), text(&field.to))?;
    }
    Ok(())
}
