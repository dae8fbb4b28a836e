//! What is known about every text of some origin: a pattern, a literal, or several of them one after the other.
//!
//! A shape answers at load time what no single request could: whether *every* value that a blueprint may put into
//! a name or label is a valid one. It always describes at least the texts that it stands for, sometimes more.
//! What a name may look like is left to `kubernetes::NameRule`.

use super::ByteSet;

/// A description of a set of texts. Every text of the set obeys every field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// The characters that may stand first.
    pub first: ByteSet,
    /// The characters that may stand last.
    pub last: ByteSet,
    /// The characters that may stand anywhere.
    pub all: ByteSet,
    /// The characters that may stand directly before or after a `.`.
    pub beside_dot: ByteSet,
    /// The fewest characters (Unicode code points).
    pub min_len: usize,
    /// The most characters (Unicode code points), if there is a bound.
    pub max_len: Option<usize>,
}

impl Shape {
    /// Only the empty text.
    pub const EMPTY: Self = Self {
        first: ByteSet::EMPTY,
        last: ByteSet::EMPTY,
        all: ByteSet::EMPTY,
        beside_dot: ByteSet::EMPTY,
        min_len: 0,
        max_len: Some(0),
    };

    /// Any text at all: what a string parameter without a pattern may hold.
    pub const ANY: Self = Self {
        first: ByteSet::ANY,
        last: ByteSet::ANY,
        all: ByteSet::ANY,
        beside_dot: ByteSet::ANY,
        min_len: 0,
        max_len: None,
    };

    /// One character of the set.
    pub fn of_set(set: ByteSet) -> Self {
        // Two dots can't be neighbours inside one character, so nothing stands beside a dot here.
        Self { first: set, last: set, all: set, beside_dot: ByteSet::EMPTY, min_len: 1, max_len: Some(1) }
    }

    /// Exactly this text.
    pub fn of_literal(text: &str) -> Self {
        text.chars()
            .fold(Self::EMPTY, |before, character| Self::concat(before, Self::of_set(ByteSet::of(character))))
    }

    /// A text of `a`, then a text of `b`.
    #[must_use]
    pub fn concat(a: Self, b: Self) -> Self {
        Self {
            first: if a.min_len == 0 { a.first.union(b.first) } else { a.first },
            last: if b.min_len == 0 { a.last.union(b.last) } else { b.last },
            all: a.all.union(b.all),
            beside_dot: a.beside_dot.union(b.beside_dot).union(beside_dot_where_they_meet(a.last, b.first)),
            min_len: a.min_len.saturating_add(b.min_len),
            max_len: a.max_len.zip(b.max_len).map(|(a, b)| a.saturating_add(b)),
        }
    }

    /// A text of `a` or a text of `b`.
    #[must_use]
    pub fn union(a: Self, b: Self) -> Self {
        Self {
            first: a.first.union(b.first),
            last: a.last.union(b.last),
            all: a.all.union(b.all),
            beside_dot: a.beside_dot.union(b.beside_dot),
            min_len: a.min_len.min(b.min_len),
            max_len: a.max_len.zip(b.max_len).map(|(a, b)| a.max(b)),
        }
    }

    /// Between `min` and `max` texts of this shape in a row; no `max`: any number from `min`.
    pub(super) fn repeated(self, min: usize, max: Option<usize>) -> Self {
        let meets_itself = max != Some(1);
        let met =
            if meets_itself { beside_dot_where_they_meet(self.last, self.first) } else { ByteSet::EMPTY };
        Self {
            beside_dot: self.beside_dot.union(met),
            min_len: self.min_len.saturating_mul(min),
            max_len: self.max_len.zip(max).map(|(length, times)| length.saturating_mul(times)),
            ..self
        }
    }

    /// The texts of this shape that also have between `min` and `max` characters: a JSON Schema's `minLength` and
    /// `maxLength`.
    #[must_use]
    pub fn bounded(self, min: usize, max: Option<usize>) -> Self {
        Self {
            min_len: self.min_len.max(min),
            max_len: match (self.max_len, max) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            },
            ..self
        }
    }
}

/// What a `.` gets for neighbours where a text that ends in `last` meets one that begins with `first`.
fn beside_dot_where_they_meet(last: ByteSet, first: ByteSet) -> ByteSet {
    let after = if last.contains('.') { first } else { ByteSet::EMPTY };
    let before = if first.contains('.') { last } else { ByteSet::EMPTY };
    after.union(before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_literal_is_known_exactly() {
        let shape = Shape::of_literal("checkout.payments");
        assert_eq!((shape.first, shape.last), (ByteSet::of('c'), ByteSet::of('s')));
        assert_eq!(shape.beside_dot, ByteSet::of('t').union(ByteSet::of('p')));
        assert_eq!((shape.min_len, shape.max_len), (17, Some(17)));
    }

    #[test]
    fn lengths_count_characters_not_bytes() {
        let shape = Shape::of_literal("größe");
        assert_eq!((shape.min_len, shape.max_len), (5, Some(5)));
        assert!(shape.all.contains('ü'), "one member stands for all that is beyond ASCII");
        assert!(!shape.first.contains('ü'));
    }

    #[test]
    fn what_may_be_empty_lets_its_neighbours_through() {
        let optional = Shape::union(Shape::EMPTY, Shape::of_literal("blue"));
        let shape = Shape::concat(Shape::concat(Shape::of_literal("a."), optional), Shape::of_literal("-z"));
        assert!(shape.beside_dot.contains('-'), "`a.-z` is one of the texts");
        assert!(shape.beside_dot.contains('b'), "`a.blue-z` is another");
        assert_eq!((shape.min_len, shape.max_len), (4, Some(8)));
    }

    #[test]
    fn a_repeat_meets_itself() {
        let dots = Shape::of_literal("a.").repeated(2, Some(3));
        assert!(dots.beside_dot.contains('a'));
        assert_eq!((dots.min_len, dots.max_len), (4, Some(6)));
        assert_eq!(Shape::of_literal("a").repeated(1, None).max_len, None);
        let once = Shape::of_literal(".a-").repeated(0, Some(1));
        assert!(!once.beside_dot.contains('-'), "`.a-` at most once has no `-.` inside");
    }

    #[test]
    fn bounds_only_narrow() {
        let name = Shape::of_literal("ab").repeated(1, Some(3));
        assert_eq!(name.bounded(1, Some(63)), name);
        let narrowed = name.bounded(3, Some(4));
        assert_eq!((narrowed.min_len, narrowed.max_len), (3, Some(4)));
        assert_eq!(Shape::ANY.bounded(0, Some(63)).max_len, Some(63));
    }
}
