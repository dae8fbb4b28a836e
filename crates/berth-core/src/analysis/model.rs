//! A blueprint, ready for questions: which requests are there in which these rules and these conditions hold?

use serde_json::{Map, Value};

use crate::document::{BlueprintDocument, Severity};
use crate::policy::{Blueprint, Condition, Field, Platform, Problems, Vocabulary};

use super::formula::{Formula, Values, left_of, lowest};
use super::mentions::{self, Mentions};
use super::search::{Found, search};
use super::sites::{self, Part, Site};
use super::variables::{OTHER, Variables};

/// A blueprint and its platform, as the checks see them.
#[derive(Debug)]
pub(super) struct Model<'a> {
    pub(super) platform: &'a Platform,
    pub(super) blueprint: &'a Blueprint,
    pub(super) sites: Vec<Site<'a>>,
    /// What each of the sites asks for.
    pub(super) formulas: Vec<Formula>,
    mentions: Vec<Mentions>,
    pub(super) variables: Variables<'a>,
    pub(super) rules: Vec<RuleFormulas>,
    limit: u64,
    /// A value for each variable: what a request has where nothing is asked of it.
    usual: Vec<Values>,
}

/// A rule as formulas.
#[derive(Debug)]
pub(super) struct RuleFormulas {
    pub(super) when: Formula,
    pub(super) require: Formula,
    /// Its `when` holds and its `require` doesn't.
    pub(super) broken: Formula,
    /// It is not broken.
    pub(super) kept: Formula,
    /// Does it make requests invalid?
    pub(super) binding: bool,
}

/// Is there such a request?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// There is.
    Yes,
    /// There is none.
    No,
    /// The limit was reached, or there are texts that no representative stands for.
    Unknown(Doubt),
}

/// Why a question has no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Doubt {
    /// So many of so many combinations were looked at.
    Limit { combinations: u64 },
    /// The parameter has values that no representative stands for.
    Open { field: usize },
}

impl Answer {
    /// Is it sure that there is one?
    pub(super) fn is_yes(self) -> bool {
        self == Self::Yes
    }
}

impl<'a> Model<'a> {
    pub(super) fn new(
        blueprint: &'a Blueprint,
        document: &'a BlueprintDocument,
        platform: &'a Platform,
        limit: u64,
    ) -> Self {
        let sites = sites::collect(document);
        let mentions = mentions::collect(&blueprint.fields, &sites);
        let variables = Variables::new(blueprint, platform, &mentions);
        let rules = blueprint
            .rules
            .iter()
            .map(|rule| {
                let formula = |condition: &Condition, holds| variables.formula(condition, holds);
                RuleFormulas {
                    when: formula(&rule.when, true),
                    require: formula(&rule.require, true),
                    broken: Formula::all(vec![formula(&rule.when, true), formula(&rule.require, false)]),
                    kept: Formula::any(vec![formula(&rule.when, false), formula(&rule.require, true)]),
                    binding: rule.severity == Severity::Error,
                }
            })
            .collect();
        let vocabulary = Vocabulary { fields: &blueprint.fields, platform: &platform.constants };
        let compile = |site: &Site<'_>| {
            variables.formula(&vocabulary.compile(&site.written, &mut Problems::default()), true)
        };
        let formulas = sites.iter().map(compile).collect();
        let usual = variables.all.iter().map(|variable| variable.preferred).collect();
        let mut model =
            Self { platform, blueprint, sites, formulas, mentions, variables, rules, limit, usual };
        if let Some(valid) = model.picks(&model.binding(), &[]).or_else(|| model.picks(&[], &[])) {
            model.usual = valid;
        }
        model
    }

    /// What the conditions of the document may speak of.
    pub(super) fn vocabulary(&self) -> Vocabulary<'_> {
        Vocabulary { fields: &self.blueprint.fields, platform: &self.platform.constants }
    }

    /// The condition that decides about a part.
    pub(super) fn site(&self, part: Part) -> Option<&Site<'a>> {
        self.sites.iter().find(|site| site.part == part)
    }

    /// The same, as a formula.
    pub(super) fn site_formula(&self, part: Part) -> Option<&Formula> {
        self.formulas.get(self.sites.iter().position(|site| site.part == part)?)
    }

    /// The parameters that conditions mention.
    pub(super) fn mentioned(&self) -> impl Iterator<Item = &'a Field> {
        let fields = self.blueprint.fields.iter().zip(&self.mentions);
        fields.filter(|(_, mentions)| mentions.any).map(|(field, _)| field)
    }

    /// How many combinations the values of these parameters have; of lists, the options that conditions mention.
    pub(super) fn all_combinations(&self) -> u64 {
        let mut variables = Vec::new();
        let rules = self.rules.iter().flat_map(|rule| [&rule.when, &rule.require]);
        for formula in rules.chain(&self.formulas) {
            formula.visit(&mut |variable| variables.push(variable));
        }
        self.combinations(variables)
    }

    /// The rules that make requests invalid, by place.
    pub(super) fn binding(&self) -> Vec<usize> {
        self.rules.iter().enumerate().filter(|(_, rule)| rule.binding).map(|(place, _)| place).collect()
    }

    /// Is there a request that breaks none of these rules and for which all of `also` holds?
    pub(super) fn ask(&self, rules: &[usize], also: &[&Formula]) -> Answer {
        let formulas = self.relevant(rules, also);
        match search(&formulas, self.domains(false), self.limit) {
            Found::Yes(_) => Answer::Yes,
            Found::Limit => self.limited(&formulas),
            Found::No => match self.open(&formulas) {
                None => Answer::No,
                // Whatever fits the tests may be a text that no representative stands for.
                Some(field) => match search(&formulas, self.domains(true), self.limit) {
                    Found::No => Answer::No,
                    Found::Yes(_) => Answer::Unknown(Doubt::Open { field }),
                    Found::Limit => self.limited(&formulas),
                },
            },
        }
    }

    /// May the formula hold where all of `also` does? A first glance: `true` is no promise.
    pub(super) fn may_hold(&self, formula: &Formula, also: &[Formula]) -> bool {
        let mut domains = self.domains(true);
        also.iter().all(|one| one.narrow(&mut domains)) && formula.truth(&domains) != Some(false)
    }

    /// The smallest such request.
    pub(super) fn example(&self, rules: &[usize], also: &[&Formula]) -> Option<Map<String, Value>> {
        Some(self.variables.parameters(&self.picks(rules, also)?))
    }

    /// The fewest of `rules` with which there still is no such request.
    pub(super) fn core(&self, rules: &[usize], also: &[&Formula]) -> Vec<usize> {
        let mut core = rules.to_vec();
        for rule in rules {
            let without: Vec<usize> = core.iter().copied().filter(|other| other != rule).collect();
            if self.ask(&without, also) == Answer::No {
                core = without;
            }
        }
        core
    }

    /// The values of such a request, one for each variable; those of a form that nobody has touched, where possible.
    fn picks(&self, rules: &[usize], also: &[&Formula]) -> Option<Vec<Values>> {
        let formulas = self.relevant(rules, also);
        let mut domains = self.domains(false);
        let Found::Yes(mut found) = search(&formulas, domains.clone(), self.limit) else { return None };
        let mut touched = vec![false; domains.len()];
        visit(&formulas, |variable| {
            if let Some(touched) = touched.get_mut(variable) {
                *touched = true;
            }
        });
        let variables = self.variables.all.iter().enumerate();
        for (place, variable) in variables.filter(|(place, _)| touched.get(*place) == Some(&true)) {
            let mut trial = domains.clone();
            pin(&mut trial, place, variable.preferred);
            if left_of(&found, place) & variable.preferred != 0 {
                pin(&mut found, place, variable.preferred);
                domains = trial;
            } else if let Found::Yes(better) = search(&formulas, trial.clone(), self.limit) {
                found = better;
                domains = trial;
            }
        }
        let usual = self.usual.iter().zip(&found).zip(touched);
        Some(usual.map(|((usual, found), touched)| if touched { lowest(*found) } else { *usual }).collect())
    }

    fn domains(&self, with_open: bool) -> Vec<Values> {
        let other = |open: bool| if open && with_open { OTHER } else { 0 };
        self.variables.all.iter().map(|variable| variable.values | other(variable.open)).collect()
    }

    /// The formulas that have to do with `also`, directly or through others: with the rest, every request can
    /// come to terms. All of them, when nothing is asked besides the rules.
    fn relevant<'m>(&'m self, rules: &[usize], also: &[&'m Formula]) -> Vec<&'m Formula> {
        let kept = rules.iter().filter_map(|rule| self.rules.get(*rule)).map(|rule| &rule.kept);
        let mut rest: Vec<&Formula> = kept.chain(&self.variables.shape).collect();
        if also.is_empty() {
            return rest;
        }
        let mut relevant = also.to_vec();
        let mut touched = vec![false; self.variables.all.len()];
        let mut added = 0;
        while added < relevant.len() {
            visit(relevant.get(added..).unwrap_or_default(), |variable| {
                if let Some(touched) = touched.get_mut(variable) {
                    *touched = true;
                }
            });
            added = relevant.len();
            rest.retain(|formula| {
                let mut touches = false;
                formula.visit(&mut |variable| touches |= touched.get(variable) == Some(&true));
                if touches {
                    relevant.push(formula);
                }
                !touches
            });
        }
        relevant
    }

    fn open(&self, formulas: &[&Formula]) -> Option<usize> {
        let mut found = None;
        visit(formulas, |variable| {
            let variable = self.variables.all.get(variable).filter(|variable| variable.open);
            found = found.or(variable.map(|variable| variable.field));
        });
        found
    }

    fn limited(&self, formulas: &[&Formula]) -> Answer {
        let mut variables = Vec::new();
        visit(formulas, |variable| variables.push(variable));
        Answer::Unknown(Doubt::Limit { combinations: self.combinations(variables) })
    }

    /// How many combinations of values these variables have.
    pub(super) fn combinations(&self, mut variables: Vec<usize>) -> u64 {
        variables.sort_unstable();
        variables.dedup();
        let values = variables.iter().filter_map(|variable| self.variables.all.get(*variable));
        values.map(|variable| u64::from(variable.values.count_ones().max(1))).fold(1, u64::saturating_mul)
    }

    /// The most combinations that a question may look at.
    pub(super) fn limit(&self) -> u64 {
        self.limit
    }
}

fn visit(formulas: &[&Formula], mut tell: impl FnMut(usize)) {
    for formula in formulas {
        formula.visit(&mut tell);
    }
}

fn pin(domains: &mut [Values], variable: usize, values: Values) {
    if let Some(left) = domains.get_mut(variable) {
        *left &= values;
    }
}
