//! Pieces worked on side by side and answered in order, with no more than a batch of them held at once.

use rayon::prelude::*;

use super::Piece;

/// The most pieces of a batch.
const PIECES: usize = 1024;
/// The most bytes that the texts of a batch hold together.
const BYTES: usize = 1 << 20;
/// Fewer pieces than this are not worth starting threads for.
const FEW: usize = 4;

/// Works on every piece, and hands what came of it to `sink`, in order.
///
/// # Errors
/// What `sink` says; the pieces behind it are not worked on.
pub(crate) fn in_order<T: Send, E>(
    pieces: impl Iterator<Item = Piece>,
    work: impl Fn(Piece) -> T + Sync,
    mut sink: impl FnMut(T) -> Result<(), E>,
) -> Result<(), E> {
    let mut pieces = pieces.peekable();
    while pieces.peek().is_some() {
        let batch = batch(&mut pieces);
        if batch.len() < FEW {
            batch.into_iter().map(&work).try_for_each(&mut sink)?;
        } else {
            let done: Vec<T> = batch.into_par_iter().map(&work).collect();
            done.into_iter().try_for_each(&mut sink)?;
        }
    }
    Ok(())
}

fn batch(pieces: &mut impl Iterator<Item = Piece>) -> Vec<Piece> {
    let mut batch = Vec::new();
    let mut bytes = 0;
    for piece in pieces {
        if let Piece::Text(text) = &piece {
            bytes += text.content.len();
        }
        batch.push(piece);
        if batch.len() >= PIECES || bytes >= BYTES {
            break;
        }
    }
    batch
}
