//! Limits of a parameter that let no value through: a pattern shorter than `minLength`, a list without room.

use crate::analysis::finding::{Finding, FindingCode, FindingSeverity};
use crate::analysis::formula::OUT;
use crate::analysis::model::Model;
use crate::analysis::report::Report;
use crate::policy::{Field, FieldKind};

/// Says which parameters take nothing; `false` when no request can be valid for that.
pub(super) fn check(model: &Model<'_>, report: &mut Report) -> bool {
    let mut possible = true;
    for (place, field) in model.blueprint.fields.iter().enumerate() {
        let Some(variable) = model.variables.all.get(model.variables.of_field(place)) else { continue };
        let takes_nothing = match &field.kind {
            FieldKind::Choices { .. } => variable.values & !OUT == 0,
            _ => {
                let values = model.variables.fields.get(place).map_or(&[][..], |field| &field.values);
                values.iter().all(Option::is_none)
            }
        };
        if !takes_nothing {
            continue;
        }
        possible &= variable.values != 0;
        if variable.open {
            report.gap(format!("`{}`: not exhaustive, no valid text was found", field.name));
            continue;
        }
        let name = &field.name;
        let severity = if variable.values == 0 { FindingSeverity::Error } else { FindingSeverity::Warning };
        let message = match severity {
            FindingSeverity::Error => {
                format!("no value is valid for `{name}`, so no request is: {}", why(field))
            }
            _ => format!("no value is valid for `{name}`: {}", why(field)),
        };
        report.add(
            Finding::new(FindingCode::LimitImpossible, severity, message)
                .at(format!("/spec/parameters{}", field.pointer))
                .field(name)
                .hint("change one of the limits"),
        );
    }
    possible
}

fn why(field: &Field) -> String {
    match &field.kind {
        FieldKind::Integer { min, max } => format!("`minimum` {min} is more than `maximum` {max}"),
        FieldKind::Choices { options, min, max, .. } => match max {
            Some(max) if min > max => format!("`minItems` {min} is more than `maxItems` {max}"),
            _ => format!("`minItems` is {min}, and there are {} options", options.list.len()),
        },
        FieldKind::Text { min, max, pattern: Some(pattern), .. } => {
            let shape = pattern.shape();
            match (shape.max_len, max) {
                (Some(longest), _) if longest < *min => {
                    format!("`pattern` allows {longest} characters at most, `minLength` is {min}")
                }
                (_, Some(max)) if shape.min_len > *max => {
                    format!("`pattern` needs {} characters at least, `maxLength` is {max}", shape.min_len)
                }
                _ => "no text has the pattern and the length and is not reserved".to_owned(),
            }
        }
        _ => "no text has the length and is not reserved".to_owned(),
    }
}
