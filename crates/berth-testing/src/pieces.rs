//! Texts of cases; what is long is written as pieces, so that a file of cases stays readable.

use serde::Deserialize;

/// A text, or pieces of one.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Pieces {
    Text(String),
    List(Vec<Piece>),
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Piece {
    Text(String),
    Repeated { repeat: String, times: usize },
}

impl Pieces {
    /// All of it.
    pub(crate) fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::List(pieces) => pieces
                .iter()
                .map(|piece| match piece {
                    Piece::Text(text) => text.clone(),
                    Piece::Repeated { repeat, times } => repeat.repeat(*times),
                })
                .collect(),
        }
    }
}
