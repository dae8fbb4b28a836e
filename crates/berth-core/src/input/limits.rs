//! What a text may ask of this program: its length, depth and number of values. The same for both formats.

use super::error::Problem;

/// The longest text that is read, in bytes. A longer one is refused before it is looked at.
pub const MAX_BYTES: usize = 1 << 20;

/// The deepest nesting of lists and maps.
pub const MAX_DEPTH: usize = 64;

/// The most values in one text: every scalar, list and map counts, also each copy that an alias makes.
pub const MAX_NODES: usize = 100_000;

/// The largest integer, 2^53−1: the last one that JavaScript can tell from its neighbours.
pub const MAX_INTEGER: i64 = (1 << 53) - 1;

/// Counts the values of a text while it is read.
#[derive(Debug, Default)]
pub(super) struct Budget {
    nodes: usize,
}

impl Budget {
    /// Takes account of `nodes` more values.
    pub(super) fn take(&mut self, nodes: usize) -> Result<(), Problem> {
        self.nodes = self.nodes.saturating_add(nodes);
        if self.nodes > MAX_NODES { Err(Problem::TooManyNodes) } else { Ok(()) }
    }
}

/// The depth inside a list or map that stands at `depth`.
pub(super) fn deeper(depth: usize) -> Result<usize, Problem> {
    if depth < MAX_DEPTH { Ok(depth + 1) } else { Err(Problem::TooDeep) }
}
