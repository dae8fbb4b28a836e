//! A set of characters, as one word: what a class of a pattern admits, and what a [`Shape`](super::Shape) knows.

use std::fmt;

/// A set of ASCII characters, with one more member for "any character beyond ASCII".
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct ByteSet {
    ascii: u128,
    beyond_ascii: bool,
}

impl ByteSet {
    /// No character.
    pub const EMPTY: Self = Self { ascii: 0, beyond_ascii: false };

    /// Every character there is.
    pub const ANY: Self = Self { ascii: u128::MAX, beyond_ascii: true };

    /// One character.
    pub const fn of(character: char) -> Self {
        if character.is_ascii() {
            Self { ascii: 1 << character as u32, beyond_ascii: false }
        } else {
            Self { ascii: 0, beyond_ascii: true }
        }
    }

    /// The ASCII characters from `first` to `last`, both included; empty when they stand the wrong way round.
    pub const fn range(first: char, last: char) -> Self {
        let (first, last) = (first as u32, last as u32);
        if first > last || last > 127 {
            return Self::EMPTY;
        }
        Self { ascii: (u128::MAX >> (127 - last)) & (u128::MAX << first), beyond_ascii: false }
    }

    /// The characters of either set.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self { ascii: self.ascii | other.ascii, beyond_ascii: self.beyond_ascii || other.beyond_ascii }
    }

    /// The characters of this set that the other one lacks.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self { ascii: self.ascii & !other.ascii, beyond_ascii: self.beyond_ascii && !other.beyond_ascii }
    }

    /// Whether the character is in the set.
    pub const fn contains(self, character: char) -> bool {
        Self::of(character).without(self).is_empty()
    }

    /// Whether no character is in the set.
    pub const fn is_empty(self) -> bool {
        self.ascii == 0 && !self.beyond_ascii
    }

    /// The ASCII characters of the set, in their order.
    pub fn ascii(self) -> impl Iterator<Item = char> {
        (0_u8..128).map(char::from).filter(move |character| self.contains(*character))
    }
}

impl fmt::Debug for ByteSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let more = if self.beyond_ascii { " and beyond ASCII" } else { "" };
        write!(f, "{:?}{more}", self.ascii().collect::<String>())
    }
}
