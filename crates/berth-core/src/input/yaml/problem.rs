//! What YAML can get wrong and JSON can't.

use crate::input::error::shown;
use crate::input::limits::MAX_BYTES;

/// The kinds of problems that only YAML has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum YamlProblem {
    #[error("a second document begins here, where one is expected")]
    SecondDocument,
    #[error("YAML {version} is not supported")]
    Version { version: String },
    #[error("the text ends inside a value")]
    EndsEarly,
    #[error("key `{}` is {kind}, and keys are text", shown(text))]
    KeyNotText { text: String, kind: &'static str },
    #[error("one of its keys is {kind}, and keys are text")]
    KeyNotScalar { kind: &'static str },
    #[error("merge keys (`<<`) are not supported")]
    MergeKey,
    #[error("tag `{}` is not supported", shown(tag))]
    CustomTag { tag: String },
    #[error("tag `{tag}` does not fit {what}")]
    TagMisfit { tag: String, what: String },
    #[error("alias `{}` stands inside the value that it names", shown(alias))]
    AliasOfItself { alias: String },
    #[error("alias `{}` names no anchor above it", shown(alias))]
    UnknownAlias { alias: String },
    #[error("anchors and aliases copy more than {MAX_BYTES} bytes of text")]
    TooMuchCopied,
}

impl YamlProblem {
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::SecondDocument => "several-documents",
            Self::Version { .. } => "yaml-version",
            Self::EndsEarly => "syntax",
            Self::KeyNotText { .. } | Self::KeyNotScalar { .. } => "key-not-text",
            Self::MergeKey => "merge-key",
            Self::CustomTag { .. } | Self::TagMisfit { .. } => "tag",
            Self::AliasOfItself { .. } | Self::UnknownAlias { .. } => "alias",
            Self::TooMuchCopied => "too-much-copied",
        }
    }

    /// Whether it is about one value or key, and not about the text or the way it is written.
    pub(crate) fn is_of_a_value(&self) -> bool {
        match self {
            Self::SecondDocument | Self::Version { .. } | Self::EndsEarly | Self::UnknownAlias { .. } => {
                false
            }
            Self::KeyNotText { .. }
            | Self::KeyNotScalar { .. }
            | Self::MergeKey
            | Self::CustomTag { .. }
            | Self::TagMisfit { .. }
            | Self::AliasOfItself { .. }
            | Self::TooMuchCopied => true,
        }
    }

    pub(crate) fn hint(&self) -> String {
        match self {
            Self::SecondDocument => "keep one document, or split the text at `---`",
            Self::Version { .. } => "remove the `%YAML` line: YAML 1.2 is what is read",
            Self::EndsEarly => "write the rest of the value",
            Self::KeyNotText { text, .. } => return format!("put the key in quotes: `\"{}\"`", shown(text)),
            Self::KeyNotScalar { .. } => "write one text as the key",
            Self::MergeKey => "write the entries out where they are needed",
            Self::CustomTag { .. } => {
                "remove the tag: only the core schema's (`!!str`, `!!int`, ...) are read"
            }
            Self::TagMisfit { .. } => "remove the tag, or correct the value",
            Self::AliasOfItself { .. } => "write the value out",
            Self::UnknownAlias { .. } => {
                "define the anchor with `&` before its first use, or put the text in quotes"
            }
            Self::TooMuchCopied => "write the values out where they are needed",
        }
        .to_owned()
    }
}
