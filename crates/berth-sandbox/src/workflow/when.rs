//! A step's condition: two words that must be equal, or must not.

use std::fmt;

use super::Invalid;

/// `LEFT == RIGHT` or `LEFT != RIGHT`; the sides are words or the one tag `{{workflow.status}}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct When {
    left: String,
    equal: bool,
    right: String,
}

/// The only value that is known no sooner than when the main template has ended.
pub(super) const STATUS: &str = "{{workflow.status}}";

impl When {
    pub(super) fn parse(text: &str) -> Result<Self, Invalid> {
        let refused = || Invalid::refused(&format!("the condition `{text}`"));
        let [left, operator, right] = text.split_whitespace().collect::<Vec<_>>()[..] else {
            return Err(refused());
        };
        let equal = match operator {
            "==" => true,
            "!=" => false,
            _ => return Err(refused()),
        };
        let word = |side: &str| side == STATUS || side.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if !word(left) || !word(right) {
            return Err(refused());
        }
        Ok(Self { left: left.to_owned(), equal, right: right.to_owned() })
    }

    /// The condition with the Workflow's status put in.
    pub(crate) fn with_status(&self, status: &str) -> Self {
        let put_in = |side: &str| side.replace(STATUS, status);
        Self { left: put_in(&self.left), equal: self.equal, right: put_in(&self.right) }
    }

    pub(crate) fn holds(&self) -> bool {
        (self.left == self.right) == self.equal
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.left, if self.equal { "==" } else { "!=" }, self.right)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rollback_runs_unless_the_workflow_succeeded() {
        let when = When::parse("{{workflow.status}} != Succeeded").unwrap();
        assert!(when.with_status("Failed").holds());
        let succeeded = when.with_status("Succeeded");
        assert!(!succeeded.holds());
        assert_eq!(succeeded.to_string(), "Succeeded != Succeeded");
    }

    #[test]
    fn expressions_are_refused() {
        for text in ["a", "a == b && c == d", "1 < 2", "'' == a", "{{workflow.name}} == a", "{{=1}} == 1"] {
            assert!(When::parse(text).is_err(), "{text}");
        }
    }
}
