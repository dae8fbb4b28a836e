//! The platform and blueprint documents: read from files, or the ones that come with Berth.

use std::fs;
use std::path::{Path, PathBuf};

use annotate_snippets::Renderer;
use berth_core::document::DocumentError;
use berth_core::input::{self, Format, Location};
use berth_core::{Berth, Source};

use crate::args::Global;
use crate::error::CliError;
use crate::report::{Notice, Place, Position};

/// The documents, loaded, and the files that they came from.
pub(crate) struct Documents {
    pub(crate) berth: Berth,
    platform: Option<DocumentFile>,
    blueprints: Vec<DocumentFile>,
}

/// Loads the documents that the command line names.
pub(crate) fn load(global: &Global) -> Result<Documents, CliError> {
    let platform = global.platform.as_deref().map(DocumentFile::read).transpose()?;
    let blueprints = global.blueprints.as_deref().map(folder).transpose()?;
    let sources: Option<Vec<Source<'_>>> =
        blueprints.as_ref().map(|files| files.iter().map(DocumentFile::source).collect());
    match Berth::load(platform.as_ref().map(DocumentFile::source), sources.as_deref()) {
        Ok(berth) => Ok(Documents { berth, platform, blueprints: blueprints.unwrap_or_default() }),
        Err(found) => {
            let files = platform.into_iter().chain(blueprints.into_iter().flatten()).collect();
            Err(Box::new(Broken { errors: found.errors, files }).into())
        }
    }
}

/// A place in a document.
pub(crate) struct Found<'d> {
    file: &'d DocumentFile,
    location: Location,
}

impl Documents {
    /// Finds the key or the item that a pointer names in the file of a blueprint, or in that of the platform document.
    /// Nothing if it came with Berth.
    pub(crate) fn place(&self, blueprint: Option<&str>, pointer: &str) -> Option<Found<'_>> {
        let file = match blueprint {
            None => self.platform.as_ref(),
            Some(name) => self.blueprints.iter().find(|file| file.is_called(name)),
        }?;
        let location = input::locate_key(&file.text, file.format, 0, pointer)?;
        Some(Found { file, location })
    }
}

impl Found<'_> {
    /// The name of the file.
    pub(crate) fn name(&self) -> &str {
        &self.file.name
    }

    /// Its line and column.
    pub(crate) fn position(&self) -> Position {
        (&self.location).into()
    }

    /// The lines to show.
    pub(crate) fn place(&self) -> Place<'_> {
        Place {
            name: Some(&self.file.name),
            text: &self.file.text,
            first_line: 1,
            location: &self.location,
            first: None,
        }
    }
}

/// A document, as its file holds it.
#[derive(Debug)]
pub(crate) struct DocumentFile {
    name: String,
    text: String,
    format: Format,
}

impl DocumentFile {
    pub(crate) fn read(path: &Path) -> Result<Self, CliError> {
        let name = path.display().to_string();
        let text = fs::read_to_string(path).map_err(|error| CliError::unreadable(path, &error))?;
        Ok(Self { format: Format::of_file_name(&name), name, text })
    }

    fn is_called(&self, name: &str) -> bool {
        let document = input::parse(&self.text, self.format).ok();
        document.as_ref().and_then(|document| document.pointer("/metadata/name")) == Some(&name.into())
    }

    fn source(&self) -> Source<'_> {
        Source { name: &self.name, text: &self.text, format: self.format }
    }
}

fn folder(folder: &Path) -> Result<Vec<DocumentFile>, CliError> {
    let unreadable = |error: std::io::Error| {
        CliError::unreadable(folder, &error).hint("`--blueprints` takes a folder of blueprints")
    };
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect())
        .map_err(unreadable)?;
    paths.retain(|path| crate::requests::is_document(path));
    paths.sort();
    paths.iter().map(|path| DocumentFile::read(path)).collect()
}

/// Everything that is wrong with the documents, and their texts.
#[derive(Debug, thiserror::Error)]
#[error("{} errors in the documents", .errors.len())]
pub(crate) struct Broken {
    pub(crate) errors: Vec<DocumentError>,
    pub(crate) files: Vec<DocumentFile>,
}

impl Broken {
    /// Each error on a line of its own, as editors read it, with the lines that it is about.
    pub(crate) fn render(&self, renderer: &Renderer) -> String {
        let one = |error: &DocumentError| {
            let title = error.to_string();
            let place = self.files.iter().find(|file| file.name == error.source_name).and_then(|file| {
                let location = error.location.as_ref()?;
                Some(Place { name: None, text: &file.text, first_line: 1, location, first: None })
            });
            Notice::bare(&title).place(place).render(renderer)
        };
        self.errors.iter().map(one).collect::<Vec<_>>().join("\n")
    }
}
