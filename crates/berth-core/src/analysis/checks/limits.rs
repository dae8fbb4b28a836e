//! Limits of a parameter that let no value through: a pattern shorter than `minLength`.

use crate::analysis::finding::{Finding, FindingCode, FindingSeverity};
use crate::analysis::model::Model;
use crate::analysis::report::Report;
use crate::policy::{Field, FieldKind};

/// Says which parameters take nothing; `false` when no request can be valid for that.
pub(super) fn check(model: &Model<'_>, report: &mut Report) -> bool {
    let mut possible = true;
    for (place, field) in model.blueprint.fields.iter().enumerate() {
        let Some(variable) = model.variables.all.get(model.variables.of_field(place)) else { continue };
        let values = model.variables.fields.get(place).map_or(&[][..], |field| &field.values);
        // The bounds of lists and numbers are checked when the document is loaded.
        if !matches!(field.kind, FieldKind::Text { .. }) || values.iter().any(Option::is_some) {
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
