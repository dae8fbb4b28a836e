//! How a string is written: plain where no reader could take it for something else, as a literal block where it has
//! lines, else in quotes. Where it stands is left to `block`.

use std::fmt::Write as _;

use crate::bytes::are_printable;

/// The ways to write a string.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Plain,
    SingleQuoted,
    DoubleQuoted,
    /// Line by line after `|`, or after `|-` if there is no line break at the end.
    Literal,
}

impl Style {
    /// The most readable way that keeps `text` exactly.
    pub(super) fn of(text: &str) -> Self {
        if is_name(text) { Self::Plain } else { Self::of_any(text) }
    }

    fn of_any(text: &str) -> Self {
        let classes = classes(text);
        if classes & INVISIBLE != 0 || (classes & WIDE != 0 && text.chars().any(is_invisible)) {
            Self::DoubleQuoted
        } else if classes & LINE_BREAK != 0 {
            if is_literal(text) { Self::Literal } else { Self::DoubleQuoted }
        } else if is_plain(text) {
            Self::Plain
        } else {
            Self::SingleQuoted
        }
    }
}

/// Writes a string on one line.
pub(super) fn write_line(out: &mut String, text: &str, style: Style) {
    match style {
        Style::Plain => out.push_str(text),
        Style::SingleQuoted => {
            out.push('\'');
            for (index, part) in text.split('\'').enumerate() {
                out.push_str(if index > 0 { "''" } else { "" });
                out.push_str(part);
            }
            out.push('\'');
        }
        Style::DoubleQuoted | Style::Literal => {
            out.push('"');
            text.chars().for_each(|character| write_escaped(out, character));
            out.push('"');
        }
    }
}

fn write_escaped(out: &mut String, character: char) {
    match character {
        '"' => out.push_str("\\\""),
        '\\' => out.push_str("\\\\"),
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        visible if !is_invisible(visible) => out.push(visible),
        other => {
            let code = u32::from(other);
            // Writing to a string can't fail.
            let _ = match code {
                0..=0xff => write!(out, "\\x{code:02x}"),
                0x100..=0xffff => write!(out, "\\u{code:04x}"),
                _ => write!(out, "\\U{code:08x}"),
            };
        }
    }
}

/// Whether it is plain at a glance, as nearly all keys and most values are: a letter first, no byte that means anything in any place, and
/// longer than all [`WORDS`].
fn is_name(text: &str) -> bool {
    const LONGEST_WORD: usize = 5;
    let bytes = text.as_bytes();
    bytes.len() > LONGEST_WORD
        && bytes.first().is_some_and(u8::is_ascii_alphabetic)
        && bytes.iter().all(|byte| IN_NAMES.get(usize::from(*byte)).is_some_and(|is| *is))
}

/// By byte: letters, digits, `-`, `_`, `.` and `/`.
#[expect(clippy::indexing_slicing, reason = "of a constant, by the compiler: there is no `get_mut` yet")]
const IN_NAMES: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0_u8;
    while byte < 0x80 {
        table[byte as usize] = byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'/');
        byte += 1;
    }
    table
};

const INVISIBLE: u8 = 1;
const LINE_BREAK: u8 = 2;
/// Part of a character beyond ASCII.
const WIDE: u8 = 4;

/// What a byte means for the style; most strings are long and of class 0.
const fn class(byte: u8) -> u8 {
    match byte {
        b'\n' => LINE_BREAK,
        0..=0x1f | 0x7f => INVISIBLE,
        0x80.. => WIDE,
        _ => 0,
    }
}

/// The classes of all bytes.
fn classes(text: &str) -> u8 {
    let of = |bytes: &[u8]| bytes.iter().fold(0, |classes, byte| classes | class(*byte));
    let (eights, rest) = text.as_bytes().as_chunks();
    eights.iter().filter(|eight| !are_printable(**eight)).fold(of(rest), |classes, eight| classes | of(eight))
}

/// Characters that YAML forbids, that some readers take for line breaks, or that nobody sees: controls, spaces other
/// than the usual one, marks of direction, joiners, tags and the byte-order mark.
fn is_invisible(character: char) -> bool {
    character.is_control()
        || (character.is_whitespace() && character != ' ')
        || matches!(
            character,
            '\u{ad}'
                | '\u{200b}'..='\u{200f}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff0}'..='\u{fffb}'
                | '\u{fffe}'..='\u{ffff}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}

/// Whether a literal block keeps every line: nothing at its beginning that would set the indentation, nothing at the
/// end of a line that nobody sees, and no line break after the last.
fn is_literal(text: &str) -> bool {
    let lines = text.strip_suffix('\n').unwrap_or(text);
    !lines.is_empty()
        && !lines.starts_with([' ', '\n'])
        && !lines.ends_with('\n')
        && !lines.split('\n').any(|line| line.ends_with(' '))
}

/// Whether a text of one line is only this text, for readers of YAML 1.1 and 1.2 and in every place of block style.
fn is_plain(text: &str) -> bool {
    begins_plain(text)
        && !text.ends_with([' ', ':'])
        && !text.as_bytes().windows(2).any(|two| matches!(two, b": " | b" #"))
        && !is_like_a_number(text)
        && !WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
}

fn begins_plain(text: &str) -> bool {
    let letter_next = |rest: &str| rest.starts_with(|next: char| next.is_ascii_alphabetic());
    match text.strip_prefix('-') {
        // `-n`, `--namespace`; but `- n` is a list, and `---` begins a document.
        Some(rest) => letter_next(rest.strip_prefix('-').unwrap_or(rest)),
        None => {
            text.starts_with(|first: char| {
                first.is_ascii_alphanumeric() || !first.is_ascii() || "_/.$(".contains(first)
            }) && !text.starts_with("...")
        }
    }
}

/// What YAML 1.1 or 1.2 reads as a boolean or as null, in any case of letters.
const WORDS: [&str; 9] = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];

/// Whether it could be a number, a date or a time in some schema: `0o17`, `1_000`, `12:30`, `1e3`, `2026-01-01`, `.inf`.
fn is_like_a_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let of_digits = || text.bytes().all(|byte| b"0123456789abcdefABCDEFxXoO_.:+-tTzZ ".contains(&byte));
    (unsigned.starts_with(|first: char| first.is_ascii_digit() || first == '.') && of_digits())
        || [".inf", ".nan"].iter().any(|word| unsigned.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::{Style, WORDS, is_name};

    #[test]
    fn a_glance_sees_what_a_look_at_all_sees() {
        let bytes: Vec<char> = (0_u8..0x80).map(char::from).collect();
        for first in &bytes {
            for other in &bytes {
                for text in [
                    format!("{first}{other}paces"),
                    format!("{first}space{other}"),
                    format!("{first}abc{other}.1"),
                ] {
                    assert!(!is_name(&text) || Style::of_any(&text) == Style::Plain, "{text:?}");
                }
            }
        }
        assert!(is_name("apiVersion") && is_name("rbac.authorization.k8s.io/v1"));
        assert!(!WORDS.iter().any(|word| is_name(word)));
    }
}
