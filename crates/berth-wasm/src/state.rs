//! What the module remembers between calls: the instances, and the two buffers through which text comes and goes.

use std::cell::RefCell;
use std::rc::Rc;

use berth_core::input::Format;
use berth_core::{Berth, emit};
use serde::Serialize;

use crate::documents::{Document, compile};
use crate::failure::Failure;

/// Everything that is kept. One call at a time: the module calls nobody.
#[derive(Debug, Default)]
pub(crate) struct State {
    input: Vec<u8>,
    /// The last answer.
    pub(crate) output: String,
    /// Documents that wait for `load`.
    pub(crate) pending: Vec<Document>,
    instances: Vec<Option<Rc<Berth>>>,
    /// The embedded documents, once they are compiled: in the finished module they are.
    #[cfg(feature = "embedded")]
    embedded: Option<Rc<Berth>>,
}

thread_local! {
    static STATE: RefCell<State> = RefCell::default();
}

/// Gives access to what is kept.
pub(crate) fn with<T>(work: impl FnOnce(&mut State) -> T) -> T {
    STATE.with_borrow_mut(work)
}

/// Runs `work`, which writes its answer into the output: the length of that, or, negative, that of the failure.
pub(crate) fn answer(work: impl FnOnce(&mut State) -> Result<(), Failure>) -> i32 {
    with(|state| {
        state.output.clear();
        let Err(failure) = work(state) else { return length(&state.output) };
        state.output.clear();
        failure.write(&mut state.output);
        -length(&state.output)
    })
}

/// Writes an answer as JSON.
pub(crate) fn write(output: &mut String, answer: &impl Serialize) {
    emit::write_json(output, answer);
}

/// The format of a text: what its name says; what has no name was an object, and is JSON.
pub(crate) fn format_of(name: &str) -> Format {
    if name.is_empty() { Format::Json } else { Format::of_file_name(name) }
}

impl State {
    pub(crate) fn reserve(&mut self, bytes: usize) -> *mut u8 {
        self.input.resize(bytes, 0);
        self.input.as_mut_ptr()
    }

    /// The texts of these lengths, one after the other, that stand in the input.
    pub(crate) fn texts<const N: usize>(&self, lengths: [usize; N]) -> Result<[&str; N], Failure> {
        cut(&self.input, lengths)
    }

    /// An instance, the texts of the input, and where the answer goes.
    pub(crate) fn parts<const N: usize>(
        &mut self,
        instance: usize,
        lengths: [usize; N],
    ) -> Result<(&Berth, [&str; N], &mut String), Failure> {
        let Some(Some(berth)) = self.instances.get(instance) else {
            return Err(Failure::new("disposed", "there is no such instance"));
        };
        Ok((berth, cut(&self.input, lengths)?, &mut self.output))
    }

    /// Compiles the documents that wait; where none do, the embedded ones.
    pub(crate) fn compile(&mut self, own_blueprints: bool) -> Result<Rc<Berth>, Failure> {
        let documents = std::mem::take(&mut self.pending);
        #[cfg(feature = "embedded")]
        if documents.is_empty() && !own_blueprints {
            return self.embedded();
        }
        compile(&documents, own_blueprints).map(Rc::new)
    }

    /// The embedded documents; whoever asks first has them compiled.
    #[cfg(feature = "embedded")]
    pub(crate) fn embedded(&mut self) -> Result<Rc<Berth>, Failure> {
        if let Some(berth) = &self.embedded {
            return Ok(Rc::clone(berth));
        }
        let berth = Rc::new(compile(&[], false)?);
        self.embedded = Some(Rc::clone(&berth));
        Ok(berth)
    }

    /// A number that no instance has.
    pub(crate) fn free_place(&self) -> usize {
        self.instances.iter().position(Option::is_none).unwrap_or(self.instances.len())
    }

    /// Keeps an instance under a number.
    pub(crate) fn keep(&mut self, instance: usize, berth: Rc<Berth>) {
        match self.instances.get_mut(instance) {
            Some(place) => *place = Some(berth),
            None => self.instances.push(Some(berth)),
        }
    }

    pub(crate) fn forget(&mut self, instance: usize) {
        if let Some(place) = self.instances.get_mut(instance) {
            *place = None;
        }
    }
}

fn cut<const N: usize>(input: &[u8], lengths: [usize; N]) -> Result<[&str; N], Failure> {
    let mut rest = input;
    let mut texts = [""; N];
    for (text, length) in texts.iter_mut().zip(lengths) {
        let Some((piece, after)) = rest.split_at_checked(length) else {
            return Err(Failure::new("internal", "the input is shorter than its lengths say"));
        };
        *text = std::str::from_utf8(piece).map_err(|_| Failure::new("internal", "the input is not UTF-8"))?;
        rest = after;
    }
    Ok(texts)
}

fn length(output: &str) -> i32 {
    i32::try_from(output.len()).unwrap_or(i32::MAX)
}
