//! What the build runs in the finished module before it saves it together with its memory (`pkg/scripts/snapshot.mjs`):
//! whoever loads the module finds the embedded documents compiled.

use wasm_bindgen::prelude::wasm_bindgen;

use crate::state::answer;

/// Compiles the embedded documents, and clears what that has left behind.
#[wasm_bindgen]
pub fn prepare() -> i32 {
    let outcome = answer(|state| state.embedded().map(drop));
    clear_free_memory();
    outcome
}

/// Overwrites what compiling has left in free memory: it would be saved, too. Blocks of each size are taken until memory
/// grows, and given back; then large ones again, where the borders of the small ones were.
fn clear_free_memory() {
    let mut all = Blocks::default();
    all.take::<4096>();
    all.take::<256>();
    all.take::<32>();
    all.take::<1>();
    drop(all);
    let mut large = Blocks::default();
    large.take::<8192>();
    large.take::<512>();
}

/// Zeros, in a list through the blocks themselves: an index of them would have to be cleared in turn.
#[derive(Default)]
struct Blocks(Option<Box<dyn Block>>);

trait Block {
    fn next(&mut self) -> Option<Box<dyn Block>>;
}

struct Zeros<const N: usize> {
    next: Option<Box<dyn Block>>,
    _zeros: [u8; N],
}

impl<const N: usize> Block for Zeros<N> {
    fn next(&mut self) -> Option<Box<dyn Block>> {
        self.next.take()
    }
}

impl Blocks {
    fn take<const N: usize>(&mut self) {
        let before = pages();
        while pages() == before {
            self.0 = Some(Box::new(Zeros { next: self.0.take(), _zeros: [0; N] }));
        }
    }
}

impl Drop for Blocks {
    /// One after the other: dropped as a list, each would be dropped inside the one before.
    fn drop(&mut self) {
        while let Some(mut block) = self.0.take() {
            self.0 = block.next();
        }
    }
}

fn pages() -> usize {
    std::arch::wasm32::memory_size::<0>()
}
