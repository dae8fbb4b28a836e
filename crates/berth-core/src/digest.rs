//! SHA-256, written as hexadecimal text.

use sha2::{Digest, Sha256};

/// The SHA-256 of some parts, each closed by a line feed: `("a", "bc")` and `("ab", "c")` differ.
pub(crate) fn sha256<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        hash.update(b"\n");
    }
    let mut hex = String::with_capacity(64);
    for byte in hash.finalize() {
        for nibble in [byte >> 4, byte & 15] {
            hex.push(char::from_digit(u32::from(nibble), 16).unwrap_or('0'));
        }
    }
    hex
}

/// The first `digits` hexadecimal digits of [`sha256`].
pub(crate) fn short<'a>(parts: impl IntoIterator<Item = &'a str>, digits: usize) -> String {
    let mut hex = sha256(parts);
    hex.truncate(digits);
    hex
}
