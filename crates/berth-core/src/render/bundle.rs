//! Bundles: the objects of a step as one file that kubectl applies, in JSON in which Argo finds no tag.
//!
//! Argo replaces `{{...}}` in every string of a Workflow and has no escape for it. Inside JSON strings
//! `{` and `}` are written as `\u007b` and `\u007d`: Argo sees no tag, and kubectl reads the characters.
//! Structural braces are safe: `{"` never makes `{{`.

use serde::Serialize;

use super::{Artifact, RawArtifact};
use crate::emit;

/// Where the files lie in every container.
pub(super) const DIRECTORY: &str = "/berth";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ListOf<'a, T> {
    api_version: &'static str,
    kind: &'static str,
    items: &'a [T],
}

/// One object as itself, several as a `v1` List; no brace inside any string.
pub(super) fn json(objects: &[impl Serialize]) -> String {
    match objects {
        [one] => emit::to_json_without_braces(one),
        several => emit::to_json_without_braces(&ListOf { api_version: "v1", kind: "List", items: several }),
    }
}

/// The path of a step's file.
pub(super) fn path(step: &str) -> String {
    format!("{DIRECTORY}/{step}.json")
}

/// A file of the pod.
pub(super) fn file(name: &str, data: String) -> Artifact {
    Artifact { name: name.to_owned(), path: path(name), raw: RawArtifact { data } }
}
