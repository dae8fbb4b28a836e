//! Collects findings and gaps of one blueprint.

use super::finding::Finding;
use super::model::{Answer, Doubt, Model};

/// What was found so far.
#[derive(Debug, Default)]
pub(super) struct Report {
    pub(super) findings: Vec<Finding>,
    pub(super) gaps: Vec<String>,
}

impl Report {
    pub(super) fn add(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// Is it sure that there is none? Where it isn't known, the gap is noted: `about` says what stays open.
    pub(super) fn never(
        &mut self,
        model: &Model<'_>,
        answer: Answer,
        about: impl FnOnce() -> String,
    ) -> bool {
        match answer {
            Answer::No => return true,
            Answer::Yes => {}
            Answer::Unknown(Doubt::Limit { combinations }) => {
                let most =
                    if combinations == u64::MAX { "more than 10^19" } else { &combinations.to_string() };
                self.gap(format!(
                    "{}: not exhaustive, {} of {most} combinations",
                    about(),
                    model.limit().min(combinations)
                ));
            }
            Answer::Unknown(Doubt::Open { field }) => {
                let name = model.blueprint.fields.get(field).map_or("?", |field| field.name.as_str());
                self.gap(format!("{}: not exhaustive, only some texts of `{name}` were tried", about()));
            }
        }
        false
    }

    /// Notes what stays open, once.
    pub(super) fn gap(&mut self, gap: String) {
        if !self.gaps.contains(&gap) {
            self.gaps.push(gap);
        }
    }
}
