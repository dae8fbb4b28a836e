//! The documents of an instance: taken one by one, compiled together.

use berth_core::{Berth, DocumentErrors, Source};

use crate::failure::Failure;
use crate::state::format_of;

/// A document as it came.
#[derive(Debug)]
pub(crate) struct Document {
    pub(crate) is_platform: bool,
    /// Was it an object, and is its text of our making?
    pub(crate) was_object: bool,
    pub(crate) name: String,
    pub(crate) text: String,
}

/// Compiles documents; where the module has embedded ones, they stand in for a platform that is missing, and for the blueprints
/// unless `own_blueprints`.
pub(crate) fn compile(documents: &[Document], own_blueprints: bool) -> Result<Berth, Failure> {
    let platform = documents.iter().find(|document| document.is_platform).map(Document::source);
    let blueprints = documents.iter().filter(|document| !document.is_platform).map(Document::source);
    let blueprints: Vec<Source<'_>> = blueprints.collect();
    let was_object =
        |name: &str| documents.iter().any(|document| document.name == name && document.was_object);
    load(platform, own_blueprints.then_some(&blueprints))?
        .map_err(|errors| Failure::invalid_documents(errors, was_object))
}

type Loaded = Result<Berth, DocumentErrors>;

#[cfg(feature = "embedded")]
#[expect(clippy::unnecessary_wraps, reason = "without embedded documents one may be missing")]
fn load(platform: Option<Source<'_>>, blueprints: Option<&[Source<'_>]>) -> Result<Loaded, Failure> {
    Ok(Berth::load(platform, blueprints))
}

#[cfg(not(feature = "embedded"))]
fn load(platform: Option<Source<'_>>, blueprints: Option<&[Source<'_>]>) -> Result<Loaded, Failure> {
    let platform = platform.ok_or_else(|| no_embedded("platform"))?;
    let blueprints = blueprints.ok_or_else(|| no_embedded("blueprints"))?;
    Ok(Berth::read(platform, blueprints))
}

#[cfg(not(feature = "embedded"))]
fn no_embedded(name: &str) -> Failure {
    Failure::new("invalid-argument", format!("`{name}` is missing"))
        .hint(Some("this build of Berth has no documents of its own: give the platform and its blueprints"))
}

impl Document {
    fn source(&self) -> Source<'_> {
        Source { name: &self.name, text: &self.text, format: format_of(&self.name) }
    }
}
