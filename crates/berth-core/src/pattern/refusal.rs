//! The words of every refusal: what is wrong in a pattern, and what to write instead.
//!
//! Where it is wrong is left to `parse`.

use super::PatternError;

const WHOLE: &str = "a pattern describes the whole text; write it as `^...$`";

pub(super) fn character(at: usize, character: char) -> PatternError {
    PatternError::new(
        at,
        format!("`{}` isn't a printable ASCII character", character.escape_default()),
        "use the characters from space to `~` only",
    )
}

pub(super) fn no_beginning() -> PatternError {
    PatternError::new(0, "the pattern doesn't begin with `^`", WHOLE)
}

pub(super) fn no_end(at: usize) -> PatternError {
    PatternError::new(at, "the pattern doesn't end with `$`", WHOLE)
}

pub(super) fn inner_anchor(at: usize, anchor: u8) -> PatternError {
    let anchor = char::from(anchor);
    PatternError::new(
        at,
        format!("`{anchor}` stands inside the pattern"),
        format!("write `^` first and `$` last and nowhere else, or `\\{anchor}` for the character"),
    )
}

pub(super) fn top_level_choice(at: usize) -> PatternError {
    PatternError::new(
        at,
        "`|` divides the pattern, so each half has one anchor only",
        "put the choice into a group, such as `^(small|medium)$`",
    )
}

pub(super) fn unopened_group(at: usize) -> PatternError {
    PatternError::new(at, "`)` closes no group", "remove it, or write `\\)` for the character")
}

pub(super) fn unclosed(at: usize, open: u8) -> PatternError {
    let (what, close) = if open == b'(' { ("group", ')') } else { ("class", ']') };
    let open = char::from(open);
    PatternError::new(
        at,
        format!("the {what} that begins here isn't closed"),
        format!("close it with `{close}`, or write `\\{open}` for the character"),
    )
}

pub(super) fn too_deep(at: usize, depth: usize) -> PatternError {
    PatternError::new(
        at,
        format!("groups are nested more than {depth} deep"),
        "remove groups that hold a single part",
    )
}

pub(super) fn too_long(at: usize, most: usize) -> PatternError {
    PatternError::new(
        at,
        format!("the pattern needs more than {most} positions when its repeats are written out"),
        "use `*` or `+` here and bound the length with `maxLength`",
    )
}

pub(super) fn special_group(at: usize, rest: &[u8]) -> PatternError {
    let (what, hint) = match rest {
        [b'?', b'=' | b'!', ..] | [b'?', b'<', b'=' | b'!', ..] => {
            ("a look-around", "say what the text may be, not what it may not be, or use a rule")
        }
        [b'?', b'<' | b'P' | b'\'', ..] => ("a named group", "write `(` without a name"),
        [b'?', b'>', ..] => ("an atomic group", "write `(`"),
        _ => ("a group with flags", "write `(`, and both cases of a letter as a class such as `[Aa]`"),
    };
    PatternError::new(at, format!("{what} isn't read alike everywhere"), hint)
}

pub(super) fn any_character(at: usize) -> PatternError {
    PatternError::new(
        at,
        "`.` stands for characters that can't be told in advance",
        "list them in a class such as `[a-z0-9-]`, or write `\\.` for the character",
    )
}

pub(super) fn unescaped(at: usize, byte: u8) -> PatternError {
    let byte = char::from(byte);
    PatternError::new(
        at,
        format!("a bare `{byte}` isn't read alike everywhere"),
        format!("write `\\{byte}` for the character"),
    )
}

pub(super) fn negated_class(at: usize) -> PatternError {
    PatternError::new(
        at,
        "`[^` admits characters that can't be told in advance",
        "list those that may stand here, such as `[a-z0-9-]`, or write `\\^` for the character",
    )
}

pub(super) fn empty_class(at: usize) -> PatternError {
    PatternError::new(at, "the class is empty", "list what it admits; write `\\]` for the character")
}

pub(super) fn inner_hyphen(at: usize) -> PatternError {
    PatternError::new(
        at,
        "`-` stands neither between two characters nor at the end of the class",
        "write `\\-`, or put it last",
    )
}

pub(super) fn set_operation(at: usize, byte: u8) -> PatternError {
    let byte = char::from(byte);
    let hint = match byte {
        '-' => "write `\\-` for the character".to_owned(),
        _ => format!("write `{byte}` once"),
    };
    PatternError::new(at, format!("`{byte}{byte}` in a class isn't read alike everywhere"), hint)
}

pub(super) fn reversed_range(at: usize, low: char, high: char) -> PatternError {
    PatternError::new(
        at,
        format!("the range from `{low}` to `{high}` is empty"),
        format!("write `{high}-{low}`, or `\\-` for the character `-`"),
    )
}

pub(super) fn escape(at: usize, byte: u8, in_class: bool) -> PatternError {
    let byte = char::from(byte);
    let (open, close) = if in_class { ("", "") } else { ("[", "]") };
    let hint = match byte {
        'd' => format!("write `{open}0-9{close}`"),
        'w' => format!("write `{open}A-Za-z0-9_{close}`"),
        's' => "write a space".to_owned(),
        'p' => format!("write the letters that you mean, such as `{open}A-Za-z{close}`"),
        'D' | 'S' | 'W' | 'P' => "list the characters that may stand here, such as `[a-z0-9-]`".to_owned(),
        'b' | 'B' | 'A' | 'z' | 'Z' => "leave it out; `^` first and `$` last are the only anchors".to_owned(),
        '1'..='9' | 'k' => "repeat the part itself; nothing can refer back to it".to_owned(),
        _ if byte.is_ascii_alphanumeric() => {
            "write the character itself, if it is printable ASCII".to_owned()
        }
        _ => format!("write `{byte}`"),
    };
    PatternError::new(at, format!("`\\{byte}` isn't an escape that is read alike everywhere"), hint)
}

pub(super) fn lone_backslash(at: usize) -> PatternError {
    PatternError::new(at, "nothing follows the backslash", "write `\\\\` for the character")
}

pub(super) fn nothing_to_repeat(at: usize, byte: u8) -> PatternError {
    let byte = char::from(byte);
    PatternError::new(
        at,
        format!("`{byte}` has nothing to repeat"),
        format!("put it after a character, a class or a group, or write `\\{byte}` for the character"),
    )
}

pub(super) fn second_repeat(at: usize, byte: u8) -> PatternError {
    let hint = match byte {
        b'?' => "leave the `?` out; a lazy repeat matches the same whole texts",
        b'+' => "leave the `+` out, or put the first repeat into a group",
        _ => "put the first repeat into a group, such as `([a-z]{2})*`",
    };
    PatternError::new(at, format!("`{}` follows another repeat", char::from(byte)), hint)
}

pub(super) fn repeated_nothing(at: usize) -> PatternError {
    PatternError::new(at, "the group that is repeated is empty", "leave the repeat out")
}

pub(super) fn repeated_never(at: usize) -> PatternError {
    PatternError::new(at, "a repeat of zero times matches nothing", "leave the part and its repeat out")
}

pub(super) fn reversed_count(at: usize, min: usize, max: usize) -> PatternError {
    PatternError::new(
        at,
        format!("the repeat asks for at least {min} and at most {max} times"),
        format!("write `{{{max},{min}}}`"),
    )
}

pub(super) fn bad_count(at: usize) -> PatternError {
    PatternError::new(
        at,
        "`{` isn't followed by a count that is read alike everywhere",
        "write `{2}`, `{2,}` or `{2,5}` (and `{0,5}` for `{,5}`), or `\\{` for the character",
    )
}
