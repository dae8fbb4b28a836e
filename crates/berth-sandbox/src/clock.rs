//! Times as Kubernetes writes them: RFC 3339, in UTC, to the second.

use std::time::{Duration, SystemTime};

use jiff::{Timestamp, Unit};
use serde::{Serialize, Serializer};

/// A moment of a Workflow's life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Time(SystemTime);

impl Time {
    pub(crate) fn now() -> Self {
        Self(SystemTime::now())
    }

    /// The time that is left until `after` has gone by since the start of this second; zero when it has.
    pub(crate) fn remaining(self, after: Duration) -> Duration {
        let Ok(since_epoch) = self.0.duration_since(SystemTime::UNIX_EPOCH) else { return Duration::ZERO };
        let deadline = SystemTime::UNIX_EPOCH + Duration::from_secs(since_epoch.as_secs()) + after;
        deadline.duration_since(SystemTime::now()).unwrap_or_default()
    }

    /// As Go prints a time in a message: `2026-11-23 07:42:00 +0000 UTC`.
    pub(crate) fn in_go_format(self, after: Duration) -> String {
        let text = Self(self.0 + after).to_string();
        format!("{} +0000 UTC", text.replace('T', " ").trim_end_matches('Z'))
    }
}

impl std::fmt::Display for Time {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let seconds = Timestamp::try_from(self.0).and_then(|time| time.round((Unit::Second, 1)));
        seconds.unwrap_or(Timestamp::UNIX_EPOCH).fmt(f)
    }
}

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_as_kubernetes_and_go_write_them() {
        let time = Time(SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000));
        assert_eq!(time.to_string(), "2023-11-14T22:13:20Z");
        assert_eq!(time.in_go_format(Duration::from_secs(40)), "2023-11-14 22:14:00 +0000 UTC");
    }

    #[test]
    fn what_is_left_of_a_deadline_is_never_negative() {
        assert_eq!(Time(SystemTime::UNIX_EPOCH).remaining(Duration::from_secs(900)), Duration::ZERO);
        assert!(Time::now().remaining(Duration::from_secs(900)) > Duration::from_secs(890));
    }
}
