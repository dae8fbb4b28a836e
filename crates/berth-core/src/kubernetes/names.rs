//! What may stand in a name, a label, a key or a container argument.
//!
//! [`NameRule::check`] judges a text that is there, [`NameRule::admits`] all texts that a blueprint could put there.
//! Both judge a [`Shape`], so they can't differ. Which rule a place in a manifest has is left to the caller.

use crate::pattern::{ByteSet, Shape};

/// A rule of Kubernetes for short texts. All of them are ASCII.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameRule {
    /// A namespace, a service: `payments-checkout`. At most 63 characters.
    DnsLabel,
    /// Most other objects, hosts, API groups: `checkout.payments.example.com`. At most 253 characters.
    DnsSubdomain,
    /// The value of a label: `payments`, `v1.2_rc`, or nothing. At most 63 characters.
    LabelValue,
    /// The key of a label or annotation: `team` or `platform.io/team`.
    QualifiedKey,
    /// What may stand in a container argument, where Kubernetes expands `$(VAR)` and kubectl reads a leading `-`
    /// as a flag: letters, digits, `.` and `-`.
    Argument,
}

impl NameRule {
    /// Whether the text obeys the rule.
    ///
    /// # Errors
    /// The first fault of the text, and what the rule asks for.
    pub fn check(self, text: &str) -> Result<(), NameProblem> {
        let tell = |whose: &str, fault: &Fault| NameProblem {
            message: format!("{} isn't {}: {whose} {}", quoted(text), self.noun(), fault.certain()),
            hint: self.wants().to_owned(),
        };
        let (prefix, name) = match text.split_once('/') {
            Some((prefix, name)) if self == Self::QualifiedKey => (Some(prefix), name),
            _ => (None, text),
        };
        if let Some(prefix) = prefix {
            Self::DnsSubdomain
                .limits()
                .obeyed_by(&Shape::of_literal(prefix))
                .map_err(|fault| tell("its prefix", &fault))?;
        }
        let whose = if prefix.is_some() { "its name" } else { "it" };
        self.limits().obeyed_by(&Shape::of_literal(name)).map_err(|fault| tell(whose, &fault))
    }

    /// Whether *every* text of the shape obeys the rule.
    ///
    /// # Caveats
    /// `Ok` is certain; an error is not, since a shape may describe more texts than can occur:
    /// - It knows which characters may stand beside a `.`, but not in which of several places: a subdomain is
    ///   admitted only if letters and digits alone may stand beside any `.` of it.
    /// - It doesn't know what stands before a `/`: no key with a prefix is admitted. Such a key is known when the
    ///   documents are loaded; use [`check`](Self::check).
    ///
    /// # Errors
    /// What a text of the shape might do wrong, and what the rule asks for.
    pub fn admits(self, shape: &Shape) -> Result<(), NameProblem> {
        self.limits().obeyed_by(shape).map_err(|fault| NameProblem {
            message: format!("what is written here isn't always {}: it {}", self.noun(), fault.possible()),
            hint: format!(
                "{}; a parameter's `pattern`, `minLength` and `maxLength` can ensure that",
                self.wants()
            ),
        })
    }

    /// The rule, for a key without its prefix.
    const fn limits(self) -> Limits {
        match self {
            Self::DnsLabel => Limits {
                all: LOWER.union(HYPHEN),
                first: LOWER,
                last: LOWER,
                beside_dot: ByteSet::ANY,
                min_len: 1,
                max_len: Some(63),
            },
            Self::DnsSubdomain => Limits {
                all: LOWER.union(HYPHEN).union(DOT),
                first: LOWER,
                last: LOWER,
                beside_dot: LOWER,
                min_len: 1,
                max_len: Some(253),
            },
            Self::LabelValue => Limits { min_len: 0, ..KEY },
            Self::QualifiedKey => KEY,
            Self::Argument => Limits {
                all: LETTER.union(HYPHEN).union(DOT),
                first: LETTER.union(DOT),
                last: ByteSet::ANY,
                beside_dot: ByteSet::ANY,
                min_len: 1,
                max_len: None,
            },
        }
    }

    const fn noun(self) -> &'static str {
        match self {
            Self::DnsLabel => "a DNS label",
            Self::DnsSubdomain => "a DNS subdomain",
            Self::LabelValue => "a label value",
            Self::QualifiedKey => "a label or annotation key",
            Self::Argument => "a plain container argument",
        }
    }

    const fn wants(self) -> &'static str {
        match self {
            Self::DnsLabel => {
                "use 1 to 63 characters of `a-z`, `0-9` and `-`, with a letter or digit at both ends"
            }
            Self::DnsSubdomain => {
                "use 1 to 253 characters of `a-z`, `0-9`, `-` and `.`, with a letter or digit at both ends and on both sides of every `.`"
            }
            Self::LabelValue => {
                "use at most 63 characters of `A-Z`, `a-z`, `0-9`, `-`, `_` and `.`, with a letter or digit at both ends"
            }
            Self::QualifiedKey => {
                "use 1 to 63 characters of `A-Z`, `a-z`, `0-9`, `-`, `_` and `.`, with a letter or digit at both ends, after an optional DNS subdomain and `/`"
            }
            Self::Argument => "use `A-Z`, `a-z`, `0-9`, `-` and `.`, and no `-` at the beginning",
        }
    }
}

/// Why a text, or what a blueprint could put there, breaks a [`NameRule`], and what the rule asks for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct NameProblem {
    message: String,
    hint: String,
}

impl NameProblem {
    /// What is wrong.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What to write instead.
    pub fn hint(&self) -> &str {
        &self.hint
    }
}

const HYPHEN: ByteSet = ByteSet::of('-');
const DOT: ByteSet = ByteSet::of('.');
const LOWER: ByteSet = ByteSet::range('a', 'z').union(ByteSet::range('0', '9'));
const LETTER: ByteSet = LOWER.union(ByteSet::range('A', 'Z'));
const KEY: Limits = Limits {
    all: LETTER.union(HYPHEN).union(DOT).union(ByteSet::of('_')),
    first: LETTER,
    last: LETTER,
    beside_dot: ByteSet::ANY,
    min_len: 1,
    max_len: Some(63),
};

/// A rule in the terms of a [`Shape`]: every set is the most that the shape's may hold.
struct Limits {
    all: ByteSet,
    first: ByteSet,
    last: ByteSet,
    beside_dot: ByteSet,
    min_len: usize,
    max_len: Option<usize>,
}

impl Limits {
    fn obeyed_by(&self, shape: &Shape) -> Result<(), Fault> {
        let sets = [
            ("hold", "holds", "", shape.all.without(self.all)),
            ("begin with", "begins with", "", shape.first.without(self.first)),
            ("end with", "ends with", "", shape.last.without(self.last)),
            ("have", "has", " next to a `.`", shape.beside_dot.without(self.beside_dot)),
        ];
        for (base, third, place, set) in sets {
            if !set.is_empty() {
                return Err(Fault { base, third, what: format!("{}{place}", one_of(set)) });
            }
        }
        if shape.min_len < self.min_len {
            return Err(Fault { base: "be", third: "is", what: "empty".to_owned() });
        }
        match self.max_len {
            Some(most) if shape.max_len.is_none_or(|length| length > most) => {
                Err(Fault { base: "have", third: "has", what: format!("more than {most} characters") })
            }
            _ => Ok(()),
        }
    }
}

/// What is wrong, as a verb (`begin with`, `begins with`) and its object.
struct Fault {
    base: &'static str,
    third: &'static str,
    what: String,
}

impl Fault {
    fn certain(&self) -> String {
        format!("{} {}", self.third, self.what)
    }

    fn possible(&self) -> String {
        format!("may {} {}", self.base, self.what)
    }
}

/// A member of the set, one that can be seen if there is one.
fn one_of(set: ByteSet) -> String {
    match set.ascii().find(char::is_ascii_graphic).or_else(|| set.ascii().next()) {
        Some(' ') => "a space".to_owned(),
        Some(character) => quoted(character.encode_utf8(&mut [0; 4])),
        None => "a character beyond ASCII".to_owned(),
    }
}

/// The text in backticks, on one line and not much longer than a name.
fn quoted(text: &str) -> String {
    const MOST: usize = 80;
    let mut shown = String::from("`");
    for character in text.chars().take(MOST) {
        match character {
            ' '..='~' => shown.push(character),
            _ => shown.extend(character.escape_debug()),
        }
    }
    shown.push_str(if text.chars().nth(MOST).is_some() { "…`" } else { "`" });
    shown
}
