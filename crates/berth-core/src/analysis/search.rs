//! The search: is there a choice of values with which all of some formulas hold?
//!
//! It narrows, splits the values of one variable in two where that doesn't decide, and goes on with both parts.
//! Every split leaves fewer values, so it ends; the answer is exact unless the limit is reached.

use super::formula::{Formula, Values};

/// What was found.
#[derive(Clone, Debug)]
pub(super) enum Found {
    /// All formulas hold for every choice among these values.
    Yes(Vec<Values>),
    /// There is no such choice.
    No,
    /// The limit was reached.
    Limit,
}

/// Searches; `limit` is the most combinations of narrowed values that are looked at.
pub(super) fn search(formulas: &[&Formula], domains: Vec<Values>, limit: u64) -> Found {
    let mut open = vec![domains];
    let mut looked = 0u64;
    while let Some(mut domains) = open.pop() {
        if looked == limit {
            return Found::Limit;
        }
        looked += 1;
        if !narrow(formulas, &mut domains) {
            continue;
        }
        let mut undecided = formulas.iter().filter(|formula| formula.truth(&domains).is_none());
        let Some((variable, part)) = undecided.find_map(|formula| formula.split(&domains)) else {
            return Found::Yes(domains);
        };
        let mut rest = domains.clone();
        if let (Some(one), Some(other)) = (domains.get_mut(variable), rest.get_mut(variable)) {
            *other &= !part;
            *one = part;
        }
        open.push(rest);
        open.push(domains);
    }
    Found::No
}

/// Narrows until nothing changes any more; `false` when some formula can't hold.
fn narrow(formulas: &[&Formula], domains: &mut [Values]) -> bool {
    loop {
        let before = sum(domains);
        if !formulas.iter().all(|formula| formula.narrow(domains)) {
            return false;
        }
        if sum(domains) == before {
            return true;
        }
    }
}

/// Narrowing only strikes values out, so that their number tells whether anything has changed.
fn sum(domains: &[Values]) -> u32 {
    domains.iter().map(|values| values.count_ones()).sum()
}
