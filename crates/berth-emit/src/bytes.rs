//! Looks through the bytes of texts, eight at a time: most are long, and nearly all of their bytes stand for themselves.

/// The same byte eight times.
const fn each(byte: u8) -> u64 {
    u64::from_ne_bytes([byte; 8])
}

const HIGHEST_BITS: u64 = each(0x80);

/// Is no byte of the word zero? Only where all bytes are ASCII.
const fn has_no_zero(word: u64) -> bool {
    word.wrapping_sub(each(1)) & HIGHEST_BITS == 0
}

/// Are they all printable ASCII?
pub(crate) fn are_printable(eight: [u8; 8]) -> bool {
    let word = u64::from_ne_bytes(eight);
    // A control character borrows from its highest bit, and the last one of ASCII carries into it.
    (word | word.wrapping_sub(each(b' ')) | word.wrapping_add(each(1))) & HIGHEST_BITS == 0
}

/// Are they all printable ASCII, and none of them one of these?
pub(crate) fn are_printable_without<const N: usize>(eight: [u8; 8], others: [u8; N]) -> bool {
    let word = u64::from_ne_bytes(eight);
    are_printable(eight) && others.iter().all(|other| has_no_zero(word ^ each(*other)))
}

#[cfg(test)]
mod tests {
    use super::{are_printable, are_printable_without};

    #[test]
    fn each_byte_is_seen_at_each_place() {
        for place in 0..8 {
            for byte in 0..=u8::MAX {
                let mut eight = *b"payments";
                eight[place] = byte;
                let printable = (b' '..0x7f).contains(&byte);
                assert_eq!(are_printable(eight), printable, "{byte} at {place}");
                let plain = printable && ![b'"', b'\\', b'{'].contains(&byte);
                assert_eq!(are_printable_without(eight, [b'"', b'\\', b'{']), plain, "{byte} at {place}");
            }
        }
    }

    #[test]
    fn two_bytes_beside_each_other_hide_none() {
        for first in 0..=u8::MAX {
            for second in 0..=u8::MAX {
                let eight = [b'a', b'a', b'a', first, second, b'a', b'a', b'a'];
                let printable = [first, second].iter().all(|byte| (b' '..0x7f).contains(byte));
                assert_eq!(are_printable(eight), printable, "{first} {second}");
                let plain = printable && first != b'"' && second != b'"';
                assert_eq!(are_printable_without(eight, [b'"']), plain, "{first} {second}");
            }
        }
    }
}
