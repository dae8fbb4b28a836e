//! What the command line names, piece by piece: files, the files of folders, standard input, lines of streams.

use std::fs;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Text;
use super::lines::Lines;
use super::text::STDIN;
use crate::error::CliError;

/// Something to judge.
#[derive(Debug)]
pub(crate) enum Piece {
    /// A file, not yet read.
    File {
        /// Where it is.
        path: PathBuf,
        /// Its name below the folder that the command line names, or its own.
        below: PathBuf,
    },
    /// A text that was read from a stream.
    Text(Text),
    /// Something that can't be read; the others still can.
    Trouble(CliError),
}

/// How one argument is read.
enum Source {
    Pieces(std::vec::IntoIter<Piece>),
    Stream(Lines<Box<dyn BufRead>>),
}

/// Everything that the arguments name, in their order; folders in alphabetical order.
pub(crate) fn pieces(arguments: &[PathBuf]) -> impl Iterator<Item = Piece> {
    arguments.iter().flat_map(|argument| open(argument))
}

/// Has the file the name of a JSON or YAML document?
pub(crate) fn is_document(path: &Path) -> bool {
    has_extension(path, &["json", "yaml", "yml"])
}

fn open(argument: &Path) -> Source {
    if argument.as_os_str() == STDIN {
        return Source::Stream(Lines::sniffing(STDIN.into(), Box::new(io::stdin().lock())));
    }
    let found = match fs::metadata(argument) {
        Ok(metadata) if metadata.is_dir() => walk(argument),
        Ok(_) if has_extension(argument, &["ndjson", "jsonl"]) => match fs::File::open(argument) {
            Ok(file) => {
                let name: Arc<str> = argument.to_string_lossy().into();
                return Source::Stream(Lines::new(name, Box::new(BufReader::new(file))));
            }
            Err(error) => vec![Piece::Trouble(CliError::unreadable(argument, &error))],
        },
        Ok(_) => {
            let below = argument.file_name().map_or_else(PathBuf::new, PathBuf::from);
            vec![Piece::File { path: argument.to_owned(), below }]
        }
        Err(error) => vec![Piece::Trouble(CliError::unreadable(argument, &error))],
    };
    Source::Pieces(found.into_iter())
}

fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    path.extension().is_some_and(|found| extensions.iter().any(|one| found.eq_ignore_ascii_case(one)))
}

/// The documents below a folder. Links to folders are not followed: they may lead round in circles.
fn walk(root: &Path) -> Vec<Piece> {
    let mut found = Vec::new();
    walk_into(root, Path::new(""), &mut found);
    if found.is_empty() {
        let message = format!("`{}` holds no *.json, *.yaml or *.yml", root.display());
        found.push(Piece::Trouble(CliError::trouble(message).hint("name a file or another folder")));
    }
    found
}

fn walk_into(folder: &Path, below: &Path, found: &mut Vec<Piece>) {
    let entries = fs::read_dir(folder).and_then(|entries| {
        let named = |entry: io::Result<fs::DirEntry>| {
            let entry = entry?;
            Ok((entry.file_name(), entry.file_type()?))
        };
        entries.map(named).collect::<io::Result<Vec<_>>>()
    });
    let mut entries = match entries {
        Ok(entries) => entries,
        Err(error) => {
            found.push(Piece::Trouble(CliError::unreadable(folder, &error)));
            return;
        }
    };
    entries.sort_by(|(a, _), (b, _)| a.cmp(b));
    for (name, kind) in entries {
        let (path, below) = (folder.join(&name), below.join(&name));
        if kind.is_dir() {
            walk_into(&path, &below, found);
        } else if is_document(&path) && !(kind.is_symlink() && path.is_dir()) {
            found.push(Piece::File { path, below });
        }
    }
}

impl IntoIterator for Source {
    type Item = Piece;
    type IntoIter = Box<dyn Iterator<Item = Piece>>;

    fn into_iter(self) -> Self::IntoIter {
        match self {
            Self::Pieces(pieces) => Box::new(pieces),
            Self::Stream(lines) => Box::new(lines),
        }
    }
}
