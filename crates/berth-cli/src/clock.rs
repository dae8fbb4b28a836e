//! The one place where the clock is read: the core never does.

use berth_core::Moment;
use jiff::{Timestamp, Unit};

use crate::error::CliError;

/// The moment, to the second.
pub(crate) fn now() -> Result<Moment, CliError> {
    let trouble = |what: String| CliError::trouble(format!("the clock can't be read: {what}"));
    let now = Timestamp::now().round(Unit::Second).map_err(|error| trouble(error.to_string()))?;
    Moment::parse(&now.to_string()).map_err(|error| trouble(error.to_string()))
}
