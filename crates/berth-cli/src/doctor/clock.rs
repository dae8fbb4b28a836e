//! Clocks: tokens are good for a while, leases last seconds, and Argo judges deadlines by its own.

use jiff::Timestamp;
use jiff::fmt::rfc2822;

use super::finding::Code;
use super::report::Checked;

/// The difference from which on tokens are refused: what the backend allows when nothing else is configured.
const MOST_SECONDS: i64 = 30;

/// Compares a header `Date` with this machine.
pub(super) fn of_header(date: Option<&str>, whose: &str) -> Checked {
    let theirs = date.and_then(|date| rfc2822::DateTimeParser::new().parse_timestamp(date).ok());
    compare(theirs, whose)
}

/// Compares a moment that a server wrote with this machine.
pub(super) fn of_moment(moment: Option<&str>, whose: &str) -> Checked {
    compare(moment.and_then(|moment| moment.parse().ok()), whose)
}

fn compare(theirs: Option<Timestamp>, whose: &str) -> Checked {
    let Some(theirs) = theirs else {
        return Checked::Skipped(format!("{whose} does not say what time it is"));
    };
    let apart = theirs.as_second() - Timestamp::now().as_second();
    if apart.abs() <= MOST_SECONDS {
        return Checked::Fine(format!("{whose} and this machine agree"));
    }
    let direction = if apart > 0 { "ahead of" } else { "behind" };
    Checked::from(Code::ClockSkew.found(
        format!("the clock of {whose} is {} seconds {direction} this machine's", apart.abs()),
        "tokens are refused before their time or too late, and deadlines and leases end at the wrong moment",
        "set both by NTP: timedatectl set-ntp true",
    ))
}
