//! Compact JSON, as `serde_json` writes it.

use crate::bytes::are_printable_without;
use crate::{Kind, Sink, push_integer};

/// Whether braces may stand in strings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Braces {
    Kept,
    Escaped,
}

/// A JSON text that is being written.
#[derive(Debug)]
pub(crate) struct Json<'o> {
    out: &'o mut String,
    braces: Braces,
    /// Is the next entry the first of its list or map?
    is_first: bool,
}

impl<'o> Json<'o> {
    pub(crate) fn new(out: &'o mut String, braces: Braces) -> Self {
        Self { out, braces, is_first: true }
    }

    fn entry(&mut self) {
        if !self.is_first {
            self.out.push(',');
        }
        self.is_first = false;
    }

    fn string(&mut self, text: &str) {
        self.out.push('"');
        let mut rest = text;
        while let Some(at) = self.first_escaped(rest) {
            let (plain, special) = rest.split_at(at);
            self.out.push_str(plain);
            // What is escaped is ASCII, of one byte.
            let (special, after) = special.split_at(1);
            self.escape(special.bytes().next().unwrap_or_default());
            rest = after;
        }
        self.out.push_str(rest);
        self.out.push('"');
    }

    fn first_escaped(&self, text: &str) -> Option<usize> {
        let (eights, _) = text.as_bytes().as_chunks();
        let plain = eights.iter().take_while(|eight| self.are_plain(**eight)).count() * 8;
        let rest = text.as_bytes().get(plain..).unwrap_or_default();
        rest.iter().position(|byte| self.is_escaped(*byte)).map(|at| plain + at)
    }

    fn are_plain(&self, eight: [u8; 8]) -> bool {
        match self.braces {
            Braces::Kept => are_printable_without(eight, [b'"', b'\\']),
            Braces::Escaped => are_printable_without(eight, [b'"', b'\\', b'{', b'}']),
        }
    }

    fn is_escaped(&self, byte: u8) -> bool {
        match byte {
            b'{' | b'}' => self.braces == Braces::Escaped,
            b'"' | b'\\' => true,
            other => other < b' ',
        }
    }

    fn escape(&mut self, byte: u8) {
        let short = match byte {
            b'"' => "\\\"",
            b'\\' => "\\\\",
            b'\n' => "\\n",
            b'\r' => "\\r",
            b'\t' => "\\t",
            0x08 => "\\b",
            0x0c => "\\f",
            other => {
                let digit = |four_bits: u8| char::from_digit(four_bits.into(), 16).unwrap_or('0');
                self.out.push_str("\\u00");
                self.out.push(digit(other >> 4));
                self.out.push(digit(other & 0xf));
                return;
            }
        };
        self.out.push_str(short);
    }
}

impl Sink for Json<'_> {
    fn null(&mut self) {
        self.out.push_str("null");
    }

    fn boolean(&mut self, value: bool) {
        self.out.push_str(if value { "true" } else { "false" });
    }

    fn integer(&mut self, negative: bool, size: u64) {
        push_integer(self.out, negative, size);
    }

    fn text(&mut self, text: &str) {
        self.string(text);
    }

    fn begin(&mut self, kind: Kind) {
        self.out.push(match kind {
            Kind::List => '[',
            Kind::Map => '{',
        });
        self.is_first = true;
    }

    fn item(&mut self) {
        self.entry();
    }

    fn key(&mut self, key: &str) {
        self.entry();
        self.string(key);
        self.out.push(':');
    }

    fn end(&mut self, kind: Kind) {
        self.out.push(match kind {
            Kind::List => ']',
            Kind::Map => '}',
        });
        self.is_first = false;
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::{to_json, to_json_without_braces};

    #[test]
    fn it_is_what_serde_json_writes() {
        let every: String = (0..0x180).filter_map(char::from_u32).collect();
        let value = json!({
            "every character": every, "emoji": "🚀", "": [], "{}": {}, "list": [null, true, false, [[]], {"a": {}}],
            "numbers": [0, 7, 10, -1, i64::MIN, i64::MAX, u64::MAX],
        });
        assert_eq!(to_json(&value), serde_json::to_string(&value).unwrap());
    }

    #[test]
    fn braces_in_strings_are_escaped_and_read_back() {
        let nasty = json!({ "{{k}}": "hi {{workflow.name}} {{=1+1}} $(whoami) `id` ' \" \\ \n {{{{x}}}} é 😀", "n": [{}, {"a": {}}] });
        let text = to_json_without_braces(&nasty);
        assert!(!text.contains("{{"), "{text}");
        assert!(text.contains('😀'), "other characters stay as they are: {text}");
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), nasty);
    }
}
