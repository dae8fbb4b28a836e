//! `berth policy check`: what is probably not meant in documents that are well-formed.
//!
//! Conditions are data over parameters with few values, so questions such as "can this rule ever fire?" have exact
//! answers. A blueprint becomes a `model` with a variable for each parameter; the `checks` put questions to it,
//! and `search` answers them. Every finding holds for all requests, not only for those that were tried; where that
//! can't be known, nothing is claimed and the [`Coverage`] says what stayed open.

mod checks;
mod constants;
mod finding;
mod formula;
mod mentions;
mod model;
mod report;
mod samples;
mod search;
mod sites;
mod templates;
mod texts;
mod variables;
mod words;

pub use finding::{Coverage, Finding, FindingCode, FindingSeverity, Findings, Witness};

use crate::Berth;
use model::Model;
use report::Report;

/// How [`Berth::check_policy`] looks.
#[derive(Clone, Copy, Debug)]
pub struct CheckOptions {
    /// The most combinations of values that one question may look at; beyond it, the answer stays open.
    pub max_combinations: u64,
    /// Shall there be a valid request for every option?
    pub witnesses: bool,
}

impl Default for CheckOptions {
    fn default() -> Self {
        Self { max_combinations: 200_000, witnesses: false }
    }
}

/// The largest number that every JSON reader keeps: 2^53 − 1.
const LARGEST: u64 = (1 << 53) - 1;

impl Berth {
    /// Looks for what is probably not meant: rules that never fire, options that are never allowed, rules that
    /// contradict each other, and more.
    ///
    /// ```
    /// let berth = berth_core::Berth::embedded()?;
    /// let findings = berth.check_policy(berth_core::analysis::CheckOptions::default());
    /// assert!(findings.coverage.iter().all(|blueprint| blueprint.exhaustive));
    /// # Ok::<(), berth_core::DocumentErrors>(())
    /// ```
    pub fn check_policy(&self, options: CheckOptions) -> Findings {
        let mut findings = checks::of_platform(&self.platform);
        let mut coverage = Vec::new();
        let mut witnesses = Vec::new();
        for blueprint in &self.blueprints {
            let Some(document) = blueprint.document() else { continue };
            let model = Model::new(blueprint, &document, &self.platform, options.max_combinations);
            let mut report = Report::default();
            checks::of(&model, &mut report);
            findings.extend(
                report
                    .findings
                    .into_iter()
                    .map(|finding| Finding { blueprint: Some(blueprint.name.clone()), ..finding }),
            );
            coverage.push(Coverage {
                blueprint: blueprint.name.clone(),
                fields: model.mentioned().map(|field| field.name.clone()).collect(),
                combinations: model.all_combinations().min(LARGEST),
                exhaustive: report.gaps.is_empty(),
                gaps: report.gaps,
            });
            if options.witnesses {
                witnesses.extend(checks::witnesses(&model));
            }
        }
        Findings {
            findings,
            coverage,
            witnesses,
            policy_digest: self.policy_digest().to_owned(),
            core_version: crate::VERSION,
        }
    }
}
