//! `${path}` in manifests: values by structure, never by pasting text.
//!
//! A value lands inside one JSON string, whatever it holds. A string that is one `${path}` and
//! nothing else takes the value with its type; inside a longer string it must be scalar. A map with
//! just `when` and `value`, and a list item with just `each`, `as` and `item`, are the two forms of
//! choice and repetition. There are no functions.

mod compile;
mod render;
mod scope;

pub(crate) use compile::Compiler;
pub(crate) use render::Rendered;
pub(crate) use scope::{RequestIdentity, Scope};

use serde_json::Value;

use crate::policy::Condition;

/// A JSON value with holes.
#[derive(Clone, Debug)]
pub(crate) enum Template {
    /// No hole in it.
    Literal(Value),
    /// One `${path}`: the value with its type.
    Read(Read),
    /// Text with holes.
    Text(Vec<Part>),
    /// A map; an entry whose value is missing is left out.
    Map(Vec<(String, Template)>),
    /// A list; an item whose value is missing is left out.
    List(Vec<Item>),
    /// There only where the condition holds.
    When(Condition, Box<Template>),
}

/// A piece of text.
#[derive(Clone, Debug)]
pub(crate) enum Part {
    /// As written.
    Literal(String),
    /// A scalar.
    Read(Read),
}

/// An item of a list.
#[derive(Clone, Debug)]
pub(crate) enum Item {
    /// One item.
    One(Template),
    /// An item for each of a list.
    Each {
        /// The list.
        list: Read,
        /// The item.
        item: Template,
    },
}

/// Where a value is read from.
#[derive(Clone, Debug)]
pub(crate) enum Read {
    /// `${parameters.x}`, by the parameter's place.
    Parameter(usize),
    /// `${<row>.<path>}`: the row that the parameter chose.
    Column {
        /// The parameter's place.
        field: usize,
        /// Dotted.
        path: String,
    },
    /// `${team.x}`.
    Team(TeamField),
    /// `${request.x}`.
    Request(RequestField),
    /// The item of the `each` that is this many levels out, and a dotted path in it.
    Item {
        /// 0 is the innermost.
        level: usize,
        /// Dotted; may be empty.
        path: String,
    },
    /// `${platform...}`: known when the document is loaded.
    Constant(Value),
}

/// What can be read of a team.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TeamField {
    /// Its title, or its name.
    Title,
    /// Its group in the catalog.
    CatalogRef,
    /// Groups of the cluster's identity provider.
    RbacGroups,
    /// Claims of a token that mean membership.
    TokenGroups,
}

/// What can be read of the request itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RequestField {
    /// Its id.
    Id,
    /// When it was made.
    CreatedAt,
    /// Who asked; missing where nobody is known.
    Requester,
    /// Its id while the namespace is being made, missing afterwards: the provisioning label.
    Provisioning,
}
