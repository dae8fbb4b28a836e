//! Texts that stand for all texts which a parameter takes: one for every way in which the tests of the
//! conditions can turn out together.
//!
//! Patterns and compared texts are read side by side, character by character. Texts that have come equally far in
//! all of them go on alike, so one of them is enough; the search ends when no new state is left.

use std::collections::{BTreeSet, VecDeque};

use serde_json::Value;

use crate::pattern::{Pattern, Progress};

use super::mentions::Mentions;

/// The most states that are looked at.
const MOST_STATES: usize = 5_000;

/// What a parameter takes, and what tells its texts apart.
pub(super) struct Texts<'a> {
    /// Lengths in characters.
    pub(super) lengths: (usize, Option<usize>),
    /// The parameter's own pattern.
    pub(super) pattern: Option<&'a Pattern>,
    /// What conditions ask of it.
    pub(super) mentions: &'a Mentions,
    /// Texts that no request may use: whole ones, and beginnings.
    pub(super) reserved: (Vec<&'a str>, Vec<&'a str>),
    /// Is there a format, such as a date? Then texts are not searched for.
    pub(super) formatted: bool,
    /// Everything that is asked of a value.
    pub(super) fits: &'a dyn Fn(&Value) -> bool,
}

/// What reads a text.
enum Reader<'a> {
    Pattern(&'a Pattern),
    /// Exactly this text, or any text with this beginning.
    Word {
        characters: Vec<char>,
        beginning: bool,
    },
}

/// How far a text has come in a reader.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum State {
    Pattern(Progress),
    /// So many characters are alike; `None` when one wasn't.
    Word(Option<usize>),
}

impl Texts<'_> {
    /// Representatives, likely ones first, each with another outcome of the tests; `false` when some outcome may
    /// be missing.
    pub(super) fn representatives(&self, likely: &[&str]) -> (Vec<String>, bool) {
        let readers = self.readers();
        let mut outcomes: Vec<Vec<bool>> = Vec::new();
        let mut found: Vec<String> = Vec::new();
        let mut offer = |text: &str, states: &[State]| {
            let outcome: Vec<bool> =
                readers.iter().zip(states).map(|(reader, state)| reader.accepts(*state)).collect();
            if !outcomes.contains(&outcome) && (self.fits)(&Value::from(text)) {
                outcomes.push(outcome);
                found.push(text.to_owned());
            }
        };
        let words = self.mentions.words.iter().map(String::as_str);
        for text in likely.iter().copied().chain(words) {
            offer(text, &read(&readers, text));
        }
        let complete = if self.formatted {
            self.mentions.patterns.is_empty()
        } else {
            self.explore(&readers, "", &mut offer)
        };
        (found, complete)
    }

    /// Texts that begin with `start`; not every outcome.
    pub(super) fn beginning_with(&self, start: &str) -> Vec<String> {
        let mut found = Vec::new();
        let mut offer = |text: &str, _: &[State]| {
            if found.len() < 2 && (self.fits)(&Value::from(text)) {
                found.push(text.to_owned());
            }
        };
        let readers = self.readers();
        let likely = format!("{start}-checkout");
        offer(&likely, &[]);
        self.explore(&readers, start, &mut offer);
        found
    }

    fn readers(&self) -> Vec<Reader<'_>> {
        let word = |text: &str, beginning| Reader::Word { characters: text.chars().collect(), beginning };
        let patterns = self.pattern.into_iter().chain(&self.mentions.patterns).map(Reader::Pattern);
        let words = self.mentions.words.iter().map(|text| word(text, false));
        let (names, beginnings) = &self.reserved;
        let names = names.iter().map(|name| word(name, false));
        let beginnings = beginnings.iter().map(|name| word(name, true));
        patterns.chain(words).chain(names).chain(beginnings).collect()
    }

    /// Offers the shortest text of every state; `false` when the limit is reached before the end.
    fn explore(&self, readers: &[Reader<'_>], start: &str, offer: &mut impl FnMut(&str, &[State])) -> bool {
        let (min, max) = self.lengths;
        let alphabet = alphabet(readers);
        let mut seen: BTreeSet<(Vec<State>, usize)> = BTreeSet::new();
        let mut open = VecDeque::from([(read(readers, start), start.to_owned())]);
        while let Some((states, text)) = open.pop_front() {
            let length = text.chars().count();
            if length >= min {
                offer(&text, &states);
            }
            if max.is_some_and(|max| length >= max) {
                continue;
            }
            for character in &alphabet {
                let next: Vec<State> = readers
                    .iter()
                    .zip(&states)
                    .map(|(reader, state)| reader.read(*state, *character))
                    .collect();
                // Beyond the minimum, a longer text of the same state shows nothing new.
                if !seen.insert((next.clone(), min.min(length + 1))) {
                    continue;
                }
                if seen.len() > MOST_STATES {
                    return false;
                }
                let mut longer = text.clone();
                longer.push(*character);
                open.push_back((next, longer));
            }
        }
        true
    }
}

impl Reader<'_> {
    fn begin(&self) -> State {
        match self {
            Self::Pattern(_) => State::Pattern(Progress::default()),
            Self::Word { .. } => State::Word(Some(0)),
        }
    }

    fn read(&self, state: State, character: char) -> State {
        match (self, state) {
            (Self::Pattern(pattern), State::Pattern(before)) => {
                State::Pattern(pattern.read(before, character))
            }
            (Self::Word { characters, beginning }, State::Word(Some(alike))) => match characters.get(alike) {
                None if *beginning => state,
                wanted => State::Word((wanted == Some(&character)).then_some(alike + 1)),
            },
            _ => state,
        }
    }

    fn accepts(&self, state: State) -> bool {
        match (self, state) {
            (Self::Pattern(pattern), State::Pattern(progress)) => pattern.accepts(progress),
            (Self::Word { characters, .. }, State::Word(alike)) => alike == Some(characters.len()),
            _ => false,
        }
    }
}

fn read(readers: &[Reader<'_>], text: &str) -> Vec<State> {
    let begin = readers.iter().map(Reader::begin).collect();
    text.chars().fold(begin, |states: Vec<State>, character| {
        readers.iter().zip(states).map(|(reader, state)| reader.read(state, character)).collect()
    })
}

/// Characters that stand for all: those of ASCII that can be seen, those of the compared texts, and one more.
fn alphabet(readers: &[Reader<'_>]) -> Vec<char> {
    let mut alphabet: Vec<char> = ('a'..='z').chain('0'..='9').chain(' '..='~').chain(['é']).collect();
    for reader in readers {
        if let Reader::Word { characters, .. } = reader {
            alphabet.extend(characters);
        }
    }
    let mut known = BTreeSet::new();
    alphabet.retain(|character| known.insert(*character));
    alphabet
}
