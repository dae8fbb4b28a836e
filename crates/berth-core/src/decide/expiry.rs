//! The end of what is asked for: filled in and bounded by the lifetime of its environment.
//!
//! Days count from the moment of the decision. Without a moment nothing is filled in and nothing is judged.

use serde_json::Value;

use super::Violation;
use crate::document::Lifetime;
use crate::policy::{Blueprint, Platform, Slot};
use crate::text::excerpt;
use crate::time::{parse_date_time, write_date_time};

const DAY: i64 = 86_400;

/// What the environment says about the end, at a moment.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rule<'a> {
    /// The place of the parameter.
    pub(super) field: usize,
    environment: &'a str,
    lifetime: Lifetime,
    now: i64,
}

impl<'a> Rule<'a> {
    /// The rule for a request; `None` where there is none, or where the moment isn't known.
    pub(super) fn of(
        blueprint: &Blueprint,
        platform: &'a Platform,
        slots: &[Slot<'_>],
        now: Option<i64>,
    ) -> Option<Self> {
        let (field, now) = (blueprint.expiry_field?, now?);
        let (environment, found) = super::approval::environment(blueprint, platform, slots)?;
        Some(Self { field, environment, lifetime: found.lifetime?, now })
    }

    /// The end of a request that names none.
    pub(super) fn default(&self) -> Option<Value> {
        let days = self.lifetime.default.or(self.lifetime.maximum)?;
        Some(self.after(days).into())
    }

    /// What is wrong with an end that is named.
    pub(super) fn judge<'v>(&self, given: &str) -> Option<Violation<'v>> {
        let maximum = self.lifetime.maximum?;
        let end = parse_date_time(given)?;
        (end > self.now.saturating_add(i64::from(maximum) * DAY)).then(|| {
            let days = if maximum == 1 { "1 day".to_owned() } else { format!("{maximum} days") };
            Violation::new(
                "too-late",
                format!("`{}` is more than {days} away, the most in {}", excerpt(given), self.environment),
            )
            .hint(format!("write `{}` or earlier", self.after(maximum)))
        })
    }

    fn after(&self, days: u32) -> String {
        write_date_time(self.now.saturating_add(i64::from(days) * DAY))
    }
}
