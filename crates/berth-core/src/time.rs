//! Dates and times as RFC 3339 writes them, read strictly, and the same rule as regular expressions for JSON Schema.
//!
//! There is no clock here: what time it is arrives as an input, and what is too early or too late is left to the
//! caller. Accepted is the profile that every consumer of Berth reads alike: `T` and `Z` in upper case, a mandatory
//! offset, at most nine digits of a fraction and no leap second.

/// What a date-time is called towards people.
pub(crate) const DATE_TIME_TITLE: &str = "a date and time with a time zone";

/// The seconds from the Unix epoch to `2027-03-31T18:00:00+02:00` and the like; a fraction is dropped.
///
/// `None` when the text isn't an RFC 3339 date-time of the profile above. [`DATE_TIME_PATTERN`] matches exactly the
/// texts that are.
///
/// ```
/// use berth_core::time::parse_date_time;
///
/// assert_eq!(parse_date_time("1970-01-01T01:00:00.5+01:00"), Some(0));
/// assert_eq!(parse_date_time("2027-02-29T00:00:00Z"), None);
/// ```
pub fn parse_date_time(text: &str) -> Option<i64> {
    let (midnight, rest) = date(text.as_bytes())?;
    let (hours, rest) = number::<2>(rest.strip_prefix(b"T")?, 0..=23)?;
    let (minutes, rest) = number::<2>(rest.strip_prefix(b":")?, 0..=59)?;
    let (seconds, rest) = number::<2>(rest.strip_prefix(b":")?, 0..=59)?;
    let offset = offset(without_fraction(rest)?)?;
    Some(midnight + hours * 3600 + minutes * 60 + seconds - offset)
}

/// The seconds from the Unix epoch to the beginning of `2027-03-31` and the like, in UTC.
///
/// `None` when the text isn't an RFC 3339 full-date. [`DATE_PATTERN`] matches exactly the texts that are.
pub fn parse_date(text: &str) -> Option<i64> {
    match date(text.as_bytes())? {
        (midnight, []) => Some(midnight),
        _ => None,
    }
}

/// A moment in UTC as RFC 3339 writes it: `2027-03-31T16:00:00Z`. The inverse of [`parse_date_time`] for the years 0 to
/// 9999; what lies outside is written as the nearest moment inside.
///
/// ```
/// use berth_core::time::write_date_time;
///
/// assert_eq!(write_date_time(1_767_225_600), "2026-01-01T00:00:00Z");
/// ```
pub fn write_date_time(seconds: i64) -> String {
    let seconds = seconds.clamp(FIRST, LAST);
    let (days, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    // Years begin in March, so that the day that comes and goes is their last: the inverse of `days_from_epoch`.
    let day = days + 719_468;
    let (era, day) = (day.div_euclid(146_097), day.rem_euclid(146_097));
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let (month, next) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    let year = era * 400 + year + next;
    let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

/// `0000-01-01T00:00:00Z` and `9999-12-31T23:59:59Z`.
const FIRST: i64 = -62_167_219_200;
const LAST: i64 = 253_402_300_799;

/// The days that exist: those that every year has, and 29 February of leap years.
macro_rules! date_pattern {
    () => {
        concat!(
            "(?:[0-9]{4}-(?:",
            "(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])",
            "|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)",
            "|02-(?:0[1-9]|1[0-9]|2[0-8]))",
            "|(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])",
            "|(?:[02468][048]|[13579][26])00)-02-29)"
        )
    };
}

/// A regular expression for JSON Schema that matches exactly what [`parse_date`] reads.
pub const DATE_PATTERN: &str = concat!("^", date_pattern!(), "$");

/// A regular expression for JSON Schema that matches exactly what [`parse_date_time`] reads.
pub const DATE_TIME_PATTERN: &str = concat!(
    "^",
    date_pattern!(),
    "T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]",
    r"(?:\.[0-9]{1,9})?",
    "(?:Z|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])$"
);

/// A date at the beginning of the text: its first second, and what follows it.
fn date(text: &[u8]) -> Option<(i64, &[u8])> {
    let (year, rest) = number::<4>(text, 0..=9999)?;
    let (month, rest) = number::<2>(rest.strip_prefix(b"-")?, 1..=12)?;
    let (day, rest) = number::<2>(rest.strip_prefix(b"-")?, 1..=days_in(year, month))?;
    Some((days_from_epoch(year, month, day) * 86_400, rest))
}

/// Exactly `N` digits at the beginning of the text, with a value in the range, and what follows them.
fn number<const N: usize>(text: &[u8], range: std::ops::RangeInclusive<i64>) -> Option<(i64, &[u8])> {
    let (digits, rest) = text.split_first_chunk::<N>()?;
    let value = digits
        .iter()
        .try_fold(0, |value, byte| byte.is_ascii_digit().then(|| value * 10 + i64::from(byte - b'0')))?;
    range.contains(&value).then_some((value, rest))
}

/// What follows an optional fraction of one to nine digits.
fn without_fraction(text: &[u8]) -> Option<&[u8]> {
    let Some(fraction) = text.strip_prefix(b".") else { return Some(text) };
    let digits = fraction.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if (1..=9).contains(&digits) { fraction.get(digits..) } else { None }
}

/// The seconds east of UTC that are all that is left of the text.
fn offset(text: &[u8]) -> Option<i64> {
    let (sign, rest) = match text {
        b"Z" => return Some(0),
        [b'+', rest @ ..] => (1, rest),
        [b'-', rest @ ..] => (-1, rest),
        _ => return None,
    };
    let (hours, rest) = number::<2>(rest, 0..=23)?;
    match number::<2>(rest.strip_prefix(b":")?, 0..=59)? {
        (minutes, []) => Some(sign * (hours * 3600 + minutes * 60)),
        _ => None,
    }
}

fn days_in(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Days since 1970-01-01 in the proleptic Gregorian calendar.
fn days_from_epoch(year: i64, month: i64, day: i64) -> i64 {
    // Years that begin in March have their leap day at the end, so that months need no exception.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let before_month = (153 * month + 2) / 5;
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    // 719,468 days lie between 0000-03-01 and 1970-01-01.
    year * 365 + leap_days + before_month + day - 1 - 719_468
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use regex::Regex;

    use super::*;
    use crate::pattern::Pattern;

    #[test]
    fn known_moments() {
        assert_eq!(parse_date_time("1970-01-01T00:00:00Z"), Some(0));
        assert_eq!(parse_date_time("2026-01-01T00:00:00Z"), Some(1_767_225_600));
        assert_eq!(parse_date_time("2026-01-01T05:30:00+05:30"), Some(1_767_225_600));
        assert_eq!(parse_date_time("2025-12-31T19:00:00.123456789-05:00"), Some(1_767_225_600));
        assert_eq!(parse_date_time("1969-12-31T23:59:59.9Z"), Some(-1));
        assert_eq!(parse_date("2000-02-29"), Some(951_782_400));
    }

    #[test]
    fn only_the_profile_is_read() {
        for text in [
            "",
            "2026-01-01",
            "2026-01-01T00:00:00",
            "2026-01-01t00:00:00Z",
            "2026-01-01 00:00:00Z",
            "2026-01-01T00:00:00z",
            "2026-01-01T00:00Z",
            "2026-01-01T00:00:60Z",
            "2026-01-01T24:00:00Z",
            "2026-01-01T00:00:00.Z",
            "2026-01-01T00:00:00.1234567890Z",
            "2026-01-01T00:00:00,5Z",
            "2026-01-01T00:00:00+0100",
            "2026-01-01T00:00:00+24:00",
            "2026-01-01T00:00:00ZZ",
            "2026-01-01T00:00:00Z\n",
            "12026-01-01T00:00:00Z",
            "2026-1-1T00:00:00Z",
            "2026-01-01T00:00:0\u{0660}Z",
        ] {
            assert_eq!(parse_date_time(text), None, "{text:?}");
        }
        assert_eq!(parse_date("2026-01-01T00:00:00Z"), None);
    }

    #[test]
    fn every_day_follows_the_day_before() {
        assert_eq!(parse_date("0000-01-01"), Some(-62_167_219_200));
        assert_eq!(parse_date("9999-12-31"), Some(253_402_214_400));
        // Two turns of the calendar's 400 years.
        let mut before = parse_date("1599-12-31").unwrap();
        let mut days = 0;
        for (year, month, day) in (1600..2400)
            .flat_map(|year| (1..=12).map(move |month| (year, month)))
            .flat_map(|(year, month)| (1..=31).map(move |day| (year, month, day)))
        {
            if let Some(midnight) = parse_date(&format!("{year:04}-{month:02}-{day:02}")) {
                assert_eq!(midnight, before + 86_400, "{year}-{month}-{day}");
                before = midnight;
                days += 1;
            }
        }
        assert_eq!(days, 2 * 146_097);
    }

    #[test]
    fn what_is_written_is_read_back() {
        for day in 0..146_097 * 2 {
            let moment = FIRST + day * 86_400 + day % 86_400;
            assert_eq!(parse_date_time(&write_date_time(moment)), Some(moment));
        }
        assert_eq!(write_date_time(i64::MIN), "0000-01-01T00:00:00Z");
        assert_eq!(write_date_time(i64::MAX), "9999-12-31T23:59:59Z");
    }

    #[test]
    fn the_date_pattern_knows_the_calendar() {
        let judge = Regex::new(DATE_PATTERN).unwrap();
        let agree = |year: u32, month: u32, day: u32| {
            let text = format!("{year:04}-{month:02}-{day:02}");
            assert_eq!(parse_date(&text).is_some(), judge.is_match(&text), "{text}");
        };
        for year in 0..10_000 {
            agree(year, 2, 28);
            agree(year, 2, 29);
            agree(year, 2, 30);
        }
        for month in 0..=99 {
            for day in 0..=99 {
                agree(2026, month, day);
                agree(2028, month, day);
            }
        }
    }

    #[test]
    fn both_patterns_are_read_alike_everywhere() {
        assert!(Pattern::parse(DATE_PATTERN).is_ok());
        assert!(Pattern::parse(DATE_TIME_PATTERN).is_ok());
    }

    /// Date-times with each field in or just out of its range, and a piece that may not belong there.
    fn nearly_a_date_time() -> impl Strategy<Value = String> {
        let date = (0..=9999_u32, 0..=13_u32, 0..=32_u32);
        let time = (0..=24_u32, 0..=60_u32, 0..=60_u32);
        let fraction = prop_oneof![3 => Just(String::new()), 2 => r"\.[0-9]{1,9}", 1 => r"[.,]?[0-9]{0,10}"];
        let offset =
            prop_oneof![3 => Just("Z".to_owned()), 3 => "[+-][0-2][0-9]:[0-6][0-9]", 1 => "[Zz+-]?(00:?00)?"];
        let separator = prop_oneof![8 => Just("T"), 1 => Just("t"), 1 => Just(" ")];
        let end = prop_oneof![9 => Just(""), 1 => Just("\n"), 1 => Just("0")];
        (date, separator, time, fraction, offset, end).prop_map(|(date, separator, time, fraction, offset, end)| {
            let ((year, month, day), (hour, minute, second)) = (date, time);
            format!(
                "{year:04}-{month:02}-{day:02}{separator}{hour:02}:{minute:02}:{second:02}{fraction}{offset}{end}"
            )
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 4096, ..ProptestConfig::default() })]

        #[test]
        fn the_date_time_pattern_matches_what_is_read(text in nearly_a_date_time()) {
            thread_local!(static JUDGE: Regex = Regex::new(DATE_TIME_PATTERN).unwrap());
            let matches = JUDGE.with(|judge| judge.is_match(&text));
            prop_assert_eq!(parse_date_time(&text).is_some(), matches, "{:?}", text);
        }
    }
}
