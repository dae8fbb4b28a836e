//! Who asked, and under which id: a label value that can stand in a container's arguments.

use crate::kubernetes::NameRule;
use crate::pattern::{Pattern, Shape};
use crate::request::Moment;
use crate::template::RequestIdentity;

/// The id of a request: 1 to 63 of `[a-z0-9.-]`, a letter or digit at both ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestId(String);

/// Why a text can't be the id of a request.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{given}` can't be a request id; use 1 to 63 lower-case letters, digits, `.` and `-`, a letter or digit at both ends"
)]
pub struct IdentityError {
    given: String,
}

const PATTERN: &str = "^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$";

impl RequestId {
    /// What a plan shows where the id isn't known yet.
    pub const UNKNOWN: &str = "assigned-on-submit";

    /// Reads an id.
    ///
    /// # Errors
    /// When it could not stand in a label and in an argument.
    pub fn parse(text: &str) -> Result<Self, IdentityError> {
        let plain =
            |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'.' || byte == b'-';
        if text.bytes().all(plain) && !text.is_empty() && NameRule::LabelValue.check(text).is_ok() {
            return Ok(Self(text.to_owned()));
        }
        Err(IdentityError { given: crate::text::excerpt(text).into_owned() })
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The request that made a namespace: its labels and annotations stay.
#[derive(Clone, Copy, Debug)]
pub struct Origin<'o> {
    /// Its id.
    pub request_id: &'o RequestId,
    /// When it was made.
    pub created_at: &'o Moment,
    /// Who asked.
    pub requester: Option<&'o str>,
}

impl<'o> Origin<'o> {
    /// As templates read it.
    pub(crate) fn identity(self) -> RequestIdentity<'o> {
        RequestIdentity {
            id: self.request_id.as_str(),
            created_at: self.created_at.as_str(),
            requester: self.requester,
            provisioning: false,
        }
    }
}

/// What a request id can be, for templates that put it into names and labels.
pub(crate) fn request_id_shape() -> Shape {
    Pattern::parse(PATTERN)
        .map_or_else(|_| Shape::of_literal(""), |pattern| pattern.shape().bounded(1, Some(63)))
}

#[cfg(test)]
mod tests {
    use super::RequestId;

    #[test]
    fn an_id_is_a_label_value_without_capitals() {
        assert!(RequestId::parse("req-01jd.4").is_ok());
        for bad in ["", "-r1", "r1-", "R1", "r 1", "r{1}", "$(id)", &"r".repeat(64)] {
            assert!(RequestId::parse(bad).is_err(), "{bad}");
        }
    }
}
