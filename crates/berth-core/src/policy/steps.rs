//! The steps of a blueprint, compiled: which objects, in which order, and what must be true of them.

use super::condition::Condition;
use crate::template::Template;

/// Objects that are applied together.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    pub(crate) id: String,
    pub(crate) title: String,
    /// The steps that must be done before, by place; all stand before this one.
    pub(crate) after: Vec<usize>,
    pub(crate) when: Condition,
    /// Why it is part of a plan, for people.
    pub(crate) reason: String,
    /// Do its objects live outside the request's namespace?
    pub(crate) outside: Option<OutsidePlace>,
    pub(crate) objects: Vec<ObjectTemplate>,
    pub(crate) verify: Vec<VerifyTemplate>,
}

/// Where objects live that are not in the request's namespace.
#[derive(Clone, Debug)]
pub(crate) struct OutsidePlace {
    /// Their namespace; cluster-scoped objects have none.
    pub(crate) namespace: Option<String>,
}

/// An object with holes. Its labels hold those that Berth puts on everything.
#[derive(Clone, Debug)]
pub(crate) struct ObjectTemplate {
    pub(crate) when: Condition,
    pub(crate) api_version: String,
    pub(crate) kind: String,
    pub(crate) name: Template,
    pub(crate) body: Template,
}

/// Something that must be true of an object.
#[derive(Clone, Debug)]
pub(crate) struct VerifyTemplate {
    pub(crate) kind: String,
    pub(crate) name: Template,
    pub(crate) jsonpath: String,
    pub(crate) expected: Template,
}
