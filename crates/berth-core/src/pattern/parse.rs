//! Reads a pattern into a tree, and refuses all that ECMAScript (`u`), RE2 and Rust's `regex` don't read alike.
//!
//! A refusal names the place and what to write instead, in `refusal`. How the tree is matched is left to
//! `automaton`.

use super::refusal;
use super::{ByteSet, PatternError, Shape};

/// The most positions of a pattern: the bits of the word that `automaton` computes with.
pub(super) const MAX_POSITIONS: usize = 128;

/// The deepest nesting of groups, so that recursion over the tree is bounded.
const MAX_DEPTH: usize = 32;

/// What a backslash may stand before, outside classes and inside; `-` only inside.
const SYNTAX: &[u8] = b"^$\\.*+?()[]{}|";

/// A pattern without its anchors.
pub(super) enum Node {
    /// One character of a set; never the empty set.
    Set(ByteSet),
    /// One after the other; none at all is the empty text.
    Concat(Vec<Node>),
    /// One of several.
    Alternate(Vec<Node>),
    /// The same again; `max` is at least one, and the node holds a character.
    Repeat { node: Box<Node>, min: usize, max: Option<usize> },
}

impl Node {
    /// Characters and classes after bounded repeats are written out.
    pub(super) fn positions(&self) -> usize {
        match self {
            Self::Set(_) => 1,
            Self::Concat(nodes) | Self::Alternate(nodes) => {
                nodes.iter().fold(0, |sum, node| sum.saturating_add(node.positions()))
            }
            Self::Repeat { node, min, max } => node.positions().saturating_mul(copies(*min, *max)),
        }
    }

    /// What holds for every text of this node.
    pub(super) fn shape(&self) -> Shape {
        match self {
            Self::Set(set) => Shape::of_set(*set),
            Self::Concat(nodes) => nodes.iter().map(Self::shape).fold(Shape::EMPTY, Shape::concat),
            Self::Alternate(nodes) => {
                nodes.iter().map(Self::shape).reduce(Shape::union).unwrap_or(Shape::EMPTY)
            }
            Self::Repeat { node, min, max } => node.shape().repeated(*min, *max),
        }
    }
}

/// How often a repeat is written out; without a `max`, the last copy loops.
pub(super) fn copies(min: usize, max: Option<usize>) -> usize {
    max.unwrap_or(min.max(1))
}

/// Reads a whole pattern with its anchors.
pub(super) fn parse(source: &str) -> Result<Node, PatternError> {
    if let Some((at, character)) =
        source.char_indices().find(|(_, character)| !matches!(character, ' '..='~'))
    {
        return Err(refusal::character(at, character));
    }
    if !source.starts_with('^') {
        return Err(refusal::no_beginning());
    }
    let mut parser = Parser { source: source.as_bytes(), at: 1, depth: 0 };
    let node = parser.concat()?;
    match parser.peek() {
        Some(b'$') => {}
        Some(b'|') => return Err(refusal::top_level_choice(parser.at)),
        Some(_) => return Err(refusal::unopened_group(parser.at)),
        None => return Err(refusal::no_end(parser.at)),
    }
    match node.positions() {
        positions if positions > MAX_POSITIONS => Err(refusal::too_long(0, MAX_POSITIONS)),
        _ => Ok(node),
    }
}

/// INVARIANT: `source` is printable ASCII, so every byte is a character.
struct Parser<'a> {
    source: &'a [u8],
    at: usize,
    depth: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<u8> {
        self.source.get(self.at).copied()
    }

    fn rest(&self) -> &[u8] {
        self.source.get(self.at..).unwrap_or_default()
    }

    /// Steps over `text` if it comes next.
    fn skip(&mut self, text: &[u8]) -> bool {
        let comes_next = self.rest().starts_with(text);
        if comes_next {
            self.at += text.len();
        }
        comes_next
    }

    /// What stands up to a `|`, a `)`, the closing `$` or the end.
    fn concat(&mut self) -> Result<Node, PatternError> {
        let mut nodes = Vec::new();
        while let Some(byte) = self.peek() {
            let ends = match byte {
                b'|' | b')' => true,
                b'$' => self.rest().len() == 1,
                _ => false,
            };
            if ends {
                break;
            }
            let node = self.atom(byte)?;
            nodes.push(self.repeat(node)?);
        }
        Ok(Node::Concat(nodes))
    }

    fn atom(&mut self, byte: u8) -> Result<Node, PatternError> {
        let at = self.at;
        match byte {
            b'(' => return self.group(),
            b'[' => return self.class(),
            b'\\' => return Ok(Node::Set(ByteSet::of(self.escape(false)?))),
            b'.' => Err(refusal::any_character(at)),
            b'^' | b'$' => Err(refusal::inner_anchor(at, byte)),
            b'*' | b'+' | b'?' | b'{' => Err(refusal::nothing_to_repeat(at, byte)),
            b']' | b'}' => Err(refusal::unescaped(at, byte)),
            _ => Ok(Node::Set(ByteSet::of(byte.into()))),
        }
        .inspect(|_| self.at += 1)
    }

    fn group(&mut self) -> Result<Node, PatternError> {
        let open = self.at;
        self.at += 1;
        if !self.skip(b"?:") && self.peek() == Some(b'?') {
            return Err(refusal::special_group(open, self.rest()));
        }
        if self.depth == MAX_DEPTH {
            return Err(refusal::too_deep(open, MAX_DEPTH));
        }
        self.depth += 1;
        let mut branches = vec![self.concat()?];
        while self.skip(b"|") {
            branches.push(self.concat()?);
        }
        self.depth -= 1;
        if self.skip(b")") { Ok(Node::Alternate(branches)) } else { Err(refusal::unclosed(open, b'(')) }
    }

    fn class(&mut self) -> Result<Node, PatternError> {
        let open = self.at;
        self.at += 1;
        if self.peek() == Some(b'^') {
            return Err(refusal::negated_class(open));
        }
        let mut set = ByteSet::EMPTY;
        while let Some(byte) = self.peek() {
            if byte == b']' {
                break;
            }
            let at = self.at;
            let low = self.class_character(open)?;
            let mut high = low;
            if self.peek() == Some(b'-') && !self.rest().starts_with(b"-]") {
                self.refuse_set_operation()?;
                self.at += 1;
                high = self.class_character(open)?;
            }
            if low > high {
                return Err(refusal::reversed_range(at, low, high));
            }
            set = set.union(ByteSet::range(low, high));
        }
        match (self.skip(b"]"), set.is_empty()) {
            (true, false) => Ok(Node::Set(set)),
            (true, true) => Err(refusal::empty_class(open)),
            (false, _) => Err(refusal::unclosed(open, b'[')),
        }
    }

    /// One character of a class that begins at `open`. A bare `-` may stand first or last in it; RE2 alone minds
    /// it elsewhere.
    fn class_character(&mut self, open: usize) -> Result<char, PatternError> {
        self.refuse_set_operation()?;
        let at = self.at;
        match self.peek() {
            Some(b'\\') => self.escape(true),
            Some(b'[') => Err(refusal::unescaped(at, b'[')),
            Some(b'-') if at > open + 1 && !self.rest().starts_with(b"-]") => Err(refusal::inner_hyphen(at)),
            Some(byte) => {
                self.at += 1;
                Ok(byte.into())
            }
            None => Err(refusal::unclosed(open, b'[')),
        }
    }

    /// Rust's `regex` reads `&&`, `--` and `~~` in a class as operations on sets, the others as characters.
    fn refuse_set_operation(&self) -> Result<(), PatternError> {
        match self.rest() {
            [first @ (b'&' | b'-' | b'~'), second, ..] if first == second => {
                Err(refusal::set_operation(self.at, *first))
            }
            _ => Ok(()),
        }
    }

    fn escape(&mut self, in_class: bool) -> Result<char, PatternError> {
        let at = self.at;
        self.at += 1;
        let byte = self.peek();
        self.at += 1;
        match byte {
            Some(byte) if SYNTAX.contains(&byte) || (in_class && byte == b'-') => Ok(byte.into()),
            Some(byte) => Err(refusal::escape(at, byte, in_class)),
            None => Err(refusal::lone_backslash(at)),
        }
    }

    /// The repeat after a node, if there is one.
    fn repeat(&mut self, node: Node) -> Result<Node, PatternError> {
        let at = self.at;
        let (min, max) = match self.peek() {
            Some(b'{') => self.counts()?,
            Some(b'*') => (0, None),
            Some(b'+') => (1, None),
            Some(b'?') => (0, Some(1)),
            _ => return Ok(node),
        };
        // `counts` has stepped over its braces.
        self.at = self.at.max(at + 1);
        if let Some(again @ (b'?' | b'+' | b'*' | b'{')) = self.peek() {
            return Err(refusal::second_repeat(self.at, again));
        }
        if node.positions() == 0 {
            return Err(refusal::repeated_nothing(at));
        }
        let node = Node::Repeat { node: Box::new(node), min, max };
        if node.positions() > MAX_POSITIONS { Err(refusal::too_long(at, MAX_POSITIONS)) } else { Ok(node) }
    }

    /// The counts of `{2}`, `{2,}` or `{2,5}`.
    fn counts(&mut self) -> Result<(usize, Option<usize>), PatternError> {
        let open = self.at;
        self.at += 1;
        let min = self.number(open)?;
        let max = match (self.skip(b","), self.peek()) {
            (false, _) => Some(min),
            (true, Some(b'}')) => None,
            (true, _) => Some(self.number(open)?),
        };
        if !self.skip(b"}") {
            return Err(refusal::bad_count(open));
        }
        match max {
            Some(0) => Err(refusal::repeated_never(open)),
            Some(max) if min > max => Err(refusal::reversed_count(open, min, max)),
            _ => Ok((min, max)),
        }
    }

    fn number(&mut self, open: usize) -> Result<usize, PatternError> {
        let digits = self.rest().iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (digits, _) = self.rest().split_at(digits);
        // RE2 takes `{01}` for five characters.
        if digits.is_empty() || (digits.len() > 1 && digits.starts_with(b"0")) {
            return Err(refusal::bad_count(open));
        }
        let number = digits.iter().fold(0_usize, |number, digit| {
            number.saturating_mul(10).saturating_add(usize::from(digit - b'0'))
        });
        self.at += digits.len();
        Ok(number)
    }
}
