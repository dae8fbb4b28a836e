//! Matches text: a Glushkov automaton whose states are the bits of one word.
//!
//! Every character or class of the written-out pattern is a position. After each character of the text, the state
//! holds the positions that may have read it. Which patterns exist is left to `parse`.

use super::parse::{MAX_POSITIONS, Node, copies};

/// A set of positions.
type Positions = u128;

const _: () = assert!(MAX_POSITIONS <= Positions::BITS as usize, "a position is a bit");

#[derive(Clone)]
pub(super) struct Automaton {
    /// By ASCII character: the positions that read it. No position reads anything beyond ASCII.
    readers: Box<[Positions; 128]>,
    /// By position: the positions that may read the next character.
    follow: Vec<Positions>,
    /// The positions that may read the first character.
    first: Positions,
    /// The positions that may read the last one.
    last: Positions,
    /// Whether the empty text matches.
    empty: bool,
}

impl Automaton {
    pub(super) fn new(node: &Node) -> Self {
        let mut builder = Builder { readers: Box::new([0; 128]), follow: Vec::new() };
        let part = builder.part(node);
        Self {
            readers: builder.readers,
            follow: builder.follow,
            first: part.first,
            last: part.last,
            empty: part.empty,
        }
    }

    pub(super) fn matches(&self, text: &str) -> bool {
        let mut bytes = text.bytes();
        let Some(byte) = bytes.next() else { return self.empty };
        let mut state = self.first & self.readers(byte);
        let mut next = self.after(state);
        for byte in bytes {
            let before = state;
            state = next & self.readers(byte);
            if state == 0 {
                return false;
            }
            // Inside a name the state seldom changes.
            if state != before {
                next = self.after(state);
            }
        }
        state & self.last != 0
    }

    /// The state after one more character; `None` is before the first one.
    pub(super) fn read(&self, state: Option<Positions>, character: char) -> Positions {
        let next = state.map_or(self.first, |state| self.after(state));
        u8::try_from(character).map_or(0, |byte| next & self.readers(byte))
    }

    /// May the text end here?
    pub(super) fn accepts(&self, state: Option<Positions>) -> bool {
        state.map_or(self.empty, |state| state & self.last != 0)
    }

    fn readers(&self, byte: u8) -> Positions {
        self.readers.get(usize::from(byte)).copied().unwrap_or(0)
    }

    fn after(&self, state: Positions) -> Positions {
        members(state).filter_map(|position| self.follow.get(position)).fold(0, |all, follow| all | follow)
    }
}

fn members(mut positions: Positions) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let lowest = (positions != 0).then(|| positions.trailing_zeros() as usize);
        positions &= positions.wrapping_sub(1);
        lowest
    })
}

/// What must be known of a part to join it with others.
struct Part {
    first: Positions,
    last: Positions,
    empty: bool,
}

struct Builder {
    readers: Box<[Positions; 128]>,
    follow: Vec<Positions>,
}

impl Builder {
    fn part(&mut self, node: &Node) -> Part {
        match node {
            Node::Set(set) => {
                let position = 1 << self.follow.len();
                self.follow.push(0);
                for (character, readers) in (0_u8..).map(char::from).zip(self.readers.iter_mut()) {
                    if set.contains(character) {
                        *readers |= position;
                    }
                }
                Part { first: position, last: position, empty: false }
            }
            Node::Concat(nodes) => {
                let nothing = Part { first: 0, last: 0, empty: true };
                nodes.iter().fold(nothing, |before, node| {
                    let part = self.part(node);
                    self.join(before.last, part.first);
                    Part {
                        first: if before.empty { before.first | part.first } else { before.first },
                        last: if part.empty { before.last | part.last } else { part.last },
                        empty: before.empty && part.empty,
                    }
                })
            }
            Node::Alternate(nodes) => {
                let no_branch = Part { first: 0, last: 0, empty: false };
                nodes.iter().fold(no_branch, |others, node| {
                    let part = self.part(node);
                    Part {
                        first: others.first | part.first,
                        last: others.last | part.last,
                        empty: others.empty || part.empty,
                    }
                })
            }
            Node::Repeat { node, min, max } => self.repeat(node, *min, *max),
        }
    }

    /// A chain of copies, each of which may be the last one from the `min`th on. A copy that may be empty needn't
    /// be skipped over: the same text is read by fewer copies, so then each may be the last one.
    fn repeat(&mut self, node: &Node, min: usize, max: Option<usize>) -> Part {
        let mut copy = self.part(node);
        let mut whole = Part { empty: min == 0 || copy.empty, ..copy };
        for number in 2..=copies(min, max) {
            let next = self.part(node);
            self.join(copy.last, next.first);
            whole.last = if whole.empty || number > min { whole.last | next.last } else { next.last };
            copy = next;
        }
        if max.is_none() {
            self.join(copy.last, copy.first);
        }
        whole
    }

    fn join(&mut self, before: Positions, after: Positions) {
        for position in members(before) {
            if let Some(follow) = self.follow.get_mut(position) {
                *follow |= after;
            }
        }
    }
}
