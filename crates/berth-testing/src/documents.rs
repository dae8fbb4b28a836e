//! The documents that a case is decided by: the default ones or the fixtures, with the case's edits.

use std::path::Path;

use serde::Deserialize;

use crate::pieces::Pieces;
use crate::{read, repository};

/// A document as text, with the name by which errors call it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Such as `platform.yaml` or `blueprints/namespace.yaml`.
    pub name: String,
    /// YAML.
    pub text: String,
}

/// A platform and its blueprints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Documents {
    /// The platform document.
    pub platform: Document,
    /// The blueprints, by name.
    pub blueprints: Vec<Document>,
    /// Are they the ones that come with Berth, without a change?
    pub default: bool,
}

/// Which documents the cases of a file start from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Base {
    /// `platform.yaml` and `blueprints/` of the repository.
    #[default]
    Default,
    /// `tests/corpus/fixtures`.
    Fixtures,
}

/// A change of one document.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Edit {
    /// The name of the document.
    #[serde(rename = "in")]
    document: String,
    /// Text that stands in it; its first occurrence is meant. Left out, the whole text.
    replace: Option<String>,
    /// What stands there instead.
    with: Pieces,
}

impl Documents {
    pub(crate) fn of(base: Base, edits: &[Edit], case: &str) -> Self {
        let folder = match base {
            Base::Default => repository(),
            Base::Fixtures => repository().join("tests/corpus/fixtures"),
        };
        let mut documents = Self::in_folder(&folder);
        documents.default = base == Base::Default && edits.is_empty();
        for edit in edits {
            let document = documents
                .all_mut()
                .find(|document| document.name == edit.document)
                .unwrap_or_else(|| panic!("{case}: there is no document `{}`", edit.document));
            document.text = match &edit.replace {
                None => edit.with.text(),
                Some(old) => {
                    assert!(document.text.contains(old), "{case}: `{old}` is not in `{}`", document.name);
                    document.text.replacen(old, &edit.with.text(), 1)
                }
            };
        }
        documents
    }

    /// `platform.yaml` and `blueprints/` of a folder.
    pub fn in_folder(folder: &Path) -> Self {
        let document = |name: String| Document { text: read(&folder.join(&name)), name };
        let blueprints = folder.join("blueprints");
        let entries =
            blueprints.read_dir().unwrap_or_else(|error| panic!("{}: {error}", blueprints.display()));
        let mut names: Vec<String> =
            entries.flatten().map(|entry| format!("blueprints/{}", entry.file_name().display())).collect();
        names.sort();
        Self {
            platform: document("platform.yaml".to_owned()),
            blueprints: names.into_iter().map(document).collect(),
            default: false,
        }
    }

    fn all_mut(&mut self) -> impl Iterator<Item = &mut Document> {
        std::iter::once(&mut self.platform).chain(&mut self.blueprints)
    }

    /// Loads them as a person would, from text.
    ///
    /// # Errors
    /// What the core has against them.
    pub fn load(&self) -> Result<berth_core::Berth, berth_core::DocumentErrors> {
        fn source(document: &Document) -> berth_core::Source<'_> {
            let format = berth_core::input::Format::of_file_name(&document.name);
            berth_core::Source { name: &document.name, text: &document.text, format }
        }
        let blueprints: Vec<_> = self.blueprints.iter().map(source).collect();
        berth_core::Berth::load(Some(source(&self.platform)), Some(&blueprints))
    }
}
