//! Times as Kubernetes writes them: RFC 3339, in UTC, to the second.

use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use serde::{Serialize, Serializer};

/// A moment of a Workflow's life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Time(SystemTime);

impl Time {
    pub(crate) fn now() -> Self {
        Self(SystemTime::now())
    }

    /// The time that is left until `after` has gone by; zero when it has.
    pub(crate) fn remaining(self, after: Duration) -> Duration {
        // A moment that no clock can show never comes.
        let Some(deadline) = self.0.checked_add(after) else { return Duration::MAX };
        deadline.duration_since(SystemTime::now()).unwrap_or_default()
    }

    /// The moment when `after` has gone by, as Go prints a time: `2026-11-23 07:42:00 +0000 UTC`.
    pub(crate) fn in_go_format(self, after: Duration) -> String {
        let text = self.0.checked_add(after).map(|moment| Self(moment).to_string()).unwrap_or_default();
        format!("{} +0000 UTC", text.replace('T', " ").trim_end_matches('Z'))
    }
}

impl std::fmt::Display for Time {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Cut off, not rounded: a time is never shown before it has come.
        let seconds = Timestamp::try_from(self.0).and_then(|time| Timestamp::from_second(time.as_second()));
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
        let time = Time(SystemTime::UNIX_EPOCH + Duration::from_millis(1_700_000_000_999));
        assert_eq!(time.to_string(), "2023-11-14T22:13:20Z");
        assert_eq!(time.in_go_format(Duration::from_secs(40)), "2023-11-14 22:14:00 +0000 UTC");
    }

    #[test]
    fn what_is_left_of_a_deadline_is_never_negative() {
        assert_eq!(Time(SystemTime::UNIX_EPOCH).remaining(Duration::from_secs(900)), Duration::ZERO);
        assert!(Time::now().remaining(Duration::from_secs(900)) > Duration::from_secs(890));
        assert_eq!(Time::now().remaining(Duration::MAX), Duration::MAX);
    }
}
