//! Requests, read from files, folders and standard input.
//!
//! - `text`: a text with its name, its format, and what of it could be read
//! - `pieces`: what the command line names, piece by piece, in order
//! - `lines`: a stream with one document a line
//! - `parallel`: pieces judged side by side, answered in order
//! - `single`: exactly one request, for the commands that take one

mod lines;
mod parallel;
mod pieces;
mod single;
mod text;

pub(crate) use parallel::in_order;
pub(crate) use pieces::{Piece, is_document, pieces};
pub(crate) use single::{Single, changing, context, only_text, refuse, single};
pub(crate) use text::Text;
