//! Formulas over variables with few values: what conditions become so that a search can reason about them.
//!
//! A set of values is one word, a bit each. Every formula can say what it is worth while variables still have
//! several values left ([`Formula::truth`]), and strike out values that it can't have ([`Formula::narrow`]).
//! There is no negation: it is worked into the sets when a formula is made. Which questions are asked is left to
//! `model`, how they are answered to `search`.

/// Values of a variable, a bit each.
pub(super) type Values = u128;

/// The option is not among the chosen ones; the list is not given.
pub(super) const OUT: Values = 1;
/// The option is among the chosen ones; the list is given.
pub(super) const IN: Values = 2;

/// What must hold.
#[derive(Clone, Debug)]
pub(super) enum Formula {
    /// Always, or never.
    Constant(bool),
    /// The variable has one of these values.
    Is { variable: usize, values: Values },
    /// The two variables fit each other: for every value of `left`, the values that `right` may have.
    Pair { left: usize, right: usize, rows: Vec<Values> },
    /// Every one holds.
    All(Vec<Formula>),
    /// At least one holds.
    Any(Vec<Formula>),
    /// So many of these variables are [`IN`].
    Count { variables: Vec<usize>, at_least: usize, at_most: usize },
}

/// The values that a variable still has.
pub(super) fn left_of(domains: &[Values], variable: usize) -> Values {
    domains.get(variable).copied().unwrap_or(0)
}

/// The lowest of some values.
pub(super) fn lowest(values: Values) -> Values {
    values & values.wrapping_neg()
}

/// The places of some values.
pub(super) fn places(mut values: Values) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let place = (values != 0).then(|| values.trailing_zeros() as usize);
        values &= values.wrapping_sub(1);
        place
    })
}

impl Formula {
    /// Every one holds; constants are folded.
    pub(super) fn all(list: Vec<Self>) -> Self {
        Self::fold(list, true)
    }

    /// At least one holds; constants are folded.
    pub(super) fn any(list: Vec<Self>) -> Self {
        Self::fold(list, false)
    }

    fn fold(list: Vec<Self>, all: bool) -> Self {
        let mut kept = Vec::with_capacity(list.len());
        for formula in list {
            match formula {
                Self::Constant(value) if value == all => {}
                Self::Constant(_) => return Self::Constant(!all),
                other => kept.push(other),
            }
        }
        match kept.len() {
            0 => Self::Constant(all),
            1 => kept.pop().unwrap_or(Self::Constant(all)),
            _ if all => Self::All(kept),
            _ => Self::Any(kept),
        }
    }

    /// Does it hold for every choice among the values left, for none of them (`false`), or for some?
    pub(super) fn truth(&self, domains: &[Values]) -> Option<bool> {
        match self {
            Self::Constant(value) => Some(*value),
            Self::Is { variable, values } => decided(left_of(domains, *variable), *values),
            Self::Pair { left, right, rows } => {
                let there = left_of(domains, *right);
                let mut all = places(left_of(domains, *left))
                    .map(|place| decided(there, rows.get(place).copied().unwrap_or(0)));
                let first = all.next()?;
                if all.all(|one| one == first) { first } else { None }
            }
            Self::All(list) => {
                let mut all = Some(true);
                for formula in list {
                    match formula.truth(domains) {
                        Some(true) => {}
                        Some(false) => return Some(false),
                        None => all = None,
                    }
                }
                all
            }
            Self::Any(list) => {
                let mut any = Some(false);
                for formula in list {
                    match formula.truth(domains) {
                        Some(false) => {}
                        Some(true) => return Some(true),
                        None => any = None,
                    }
                }
                any
            }
            Self::Count { variables, at_least, at_most } => {
                let (surely, maybe) = count(variables, domains);
                if maybe < *at_least || surely > *at_most {
                    Some(false)
                } else {
                    (surely >= *at_least && maybe <= *at_most).then_some(true)
                }
            }
        }
    }

    /// Strikes out values with which it can't hold; `false` when none are left. It needn't find all of them.
    pub(super) fn narrow(&self, domains: &mut [Values]) -> bool {
        match self {
            Self::Is { variable, values } => keep(domains, *variable, *values),
            Self::All(list) => list.iter().all(|formula| formula.narrow(domains)),
            Self::Any(list) => {
                let mut possible = list.iter().filter(|formula| formula.truth(domains) != Some(false));
                match (possible.next(), possible.next()) {
                    (None, _) => false,
                    (Some(only), None) => only.narrow(domains),
                    _ => true,
                }
            }
            Self::Pair { left, right, rows } => {
                let row = |place: usize| rows.get(place).copied().unwrap_or(0);
                let there = left_of(domains, *right);
                let fits = |place: &usize| row(*place) & there != 0;
                let here =
                    places(left_of(domains, *left)).filter(fits).fold(0, |all, place| all | (1 << place));
                let reachable = places(here).fold(0, |all, place| all | row(place));
                keep(domains, *left, here) && keep(domains, *right, reachable)
            }
            Self::Constant(_) | Self::Count { .. } => self.truth(domains) != Some(false),
        }
    }

    /// A variable and a part of its values, so that deciding between the part and the rest helps to decide this.
    pub(super) fn split(&self, domains: &[Values]) -> Option<(usize, Values)> {
        match self {
            Self::Constant(_) => None,
            Self::Is { variable, values } => {
                let left = left_of(domains, *variable);
                let part = left & values;
                (part != 0 && part != left).then_some((*variable, part))
            }
            Self::Pair { left, right, .. } => [*left, *right].into_iter().find_map(|variable| {
                let values = left_of(domains, variable);
                (values.count_ones() > 1).then_some((variable, lowest(values)))
            }),
            Self::All(list) | Self::Any(list) => list
                .iter()
                .filter(|formula| formula.truth(domains).is_none())
                .find_map(|formula| formula.split(domains)),
            Self::Count { variables, .. } => variables
                .iter()
                .find(|variable| left_of(domains, **variable) == OUT | IN)
                .map(|variable| (*variable, OUT)),
        }
    }

    /// Tells every variable that it looks at.
    pub(super) fn visit(&self, tell: &mut impl FnMut(usize)) {
        match self {
            Self::Constant(_) => {}
            Self::Is { variable, .. } => tell(*variable),
            Self::Pair { left, right, .. } => {
                tell(*left);
                tell(*right);
            }
            Self::All(list) | Self::Any(list) => list.iter().for_each(|formula| formula.visit(tell)),
            Self::Count { variables, .. } => variables.iter().copied().for_each(tell),
        }
    }

    /// Cuts `classes` of the variable's values until the formula treats all values of a class alike.
    pub(super) fn cut(&self, of: usize, classes: &mut Vec<Values>) {
        let mut by = |values: Values| {
            *classes = classes
                .iter()
                .flat_map(|class| [class & values, class & !values])
                .filter(|class| *class != 0)
                .collect();
        };
        match self {
            Self::Is { variable, values } if *variable == of => by(*values),
            Self::Count { variables, .. } if variables.contains(&of) => by(OUT),
            Self::Pair { left, right, .. } if *left == of || *right == of => {
                *classes = classes.iter().flat_map(|class| places(*class)).map(|place| 1 << place).collect();
            }
            Self::All(list) | Self::Any(list) => list.iter().for_each(|formula| formula.cut(of, classes)),
            _ => {}
        }
    }
}

fn decided(left: Values, values: Values) -> Option<bool> {
    match left & values {
        0 => Some(false),
        part if part == left => Some(true),
        _ => None,
    }
}

fn keep(domains: &mut [Values], variable: usize, values: Values) -> bool {
    let Some(left) = domains.get_mut(variable) else { return false };
    *left &= values;
    *left != 0
}

/// How many are surely in, and how many may be.
fn count(variables: &[usize], domains: &[Values]) -> (usize, usize) {
    variables.iter().fold((0, 0), |(surely, maybe), variable| {
        let left = left_of(domains, *variable);
        (surely + usize::from(left == IN), maybe + usize::from(left & IN != 0))
    })
}
