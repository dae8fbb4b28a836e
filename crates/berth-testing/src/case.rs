//! A case as people write it, read from the YAML files of `tests/corpus`.

use std::path::{Path, PathBuf};

use berth_core::input::{Format, parse};
use berth_core::plan::RequestId;
use berth_core::render::{Kind, Origin, RenderOptions, Target};
use berth_core::{Context, Moment};
use serde::Deserialize;
use serde_json::Value;

use crate::documents::{Base, Documents, Edit};
use crate::pieces::Pieces;
use crate::{corpus, read};

/// One case: something is asked, and there is an answer to expect.
#[derive(Clone, Debug)]
pub struct Case {
    /// Its file, from `tests/corpus`, without the ending: `parameters/name`.
    pub file: String,
    /// Its name in the file.
    pub name: String,
    /// What it shows.
    pub note: String,
    /// The request; without one, the case is about the documents alone.
    pub request: Option<RequestText>,
    /// What is known besides.
    pub context: Context,
    /// Is it asked which options are left?
    pub options: bool,
    /// How a valid request is rendered.
    pub render: RenderCase,
    /// The documents.
    pub documents: Documents,
    /// What its writer expects, in a word.
    pub expect: Expect,
}

/// A request as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestText {
    /// As it is sent or lies in a file.
    pub text: String,
    /// Its notation.
    pub format: Format,
}

/// What the writer of a case expects, in a word; all of it stands in the file of expected answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expect {
    /// The request is valid.
    Valid,
    /// The request is not valid: `code pointer` of every violation, in order.
    Violations(Vec<String>),
    /// The text can't be read, for this code.
    Unreadable(String),
    /// The documents are refused.
    BadDocuments,
}

/// How a valid request is rendered.
#[derive(Clone, Debug)]
pub struct RenderCase {
    /// The request's id.
    pub request_id: RequestId,
    /// The moment of the request.
    pub now: Moment,
    /// 1 for the first.
    pub attempt: u32,
    /// What the Workflow does.
    pub kind: CaseKind,
    /// What is kept as a whole, too: `plan`, or the name of a target.
    pub files: Vec<String>,
}

/// What the Workflow of a case does.
#[derive(Clone, Debug)]
pub enum CaseKind {
    /// Makes a namespace.
    Create,
    /// Changes what stands, from this request.
    Change(Value, CaseOrigin),
    /// Takes over what stands.
    Adopt,
    /// Freezes what stands.
    Freeze(CaseOrigin),
    /// Deletes what stands.
    Delete(CaseOrigin),
}

/// The request that made a namespace.
#[derive(Clone, Debug)]
pub struct CaseOrigin {
    /// Its id.
    pub request_id: RequestId,
    /// When it was made.
    pub created_at: Moment,
    /// Who asked.
    pub requester: Option<String>,
}

impl Expect {
    /// What the writer expects and the answer is not, if so.
    pub fn unmet(&self, answer: &Value) -> Option<String> {
        let decision = answer.get("decision");
        let valid = decision.and_then(|decision| decision["valid"].as_bool());
        let violations = decision.map(violations).unwrap_or_default();
        let met = match self {
            Self::Valid => valid == Some(true),
            Self::Violations(wanted) => valid == Some(false) && violations == *wanted,
            Self::Unreadable(code) => {
                answer.pointer("/unreadable/code").and_then(Value::as_str) == Some(code)
            }
            Self::BadDocuments => answer["documents"].as_array().is_some_and(|lines| !lines.is_empty()),
        };
        (!met).then(|| match valid {
            Some(true) => format!("its writer expects {self:?}; it is valid"),
            Some(false) => format!("its writer expects {self:?}; it has {violations:?}"),
            None => format!("its writer expects {self:?}; the answer is {answer}"),
        })
    }
}

/// `code pointer` of every violation of a decision.
fn violations(decision: &Value) -> Vec<String> {
    let short = |violation: &Value| {
        let text = |key: &str| violation[key].as_str().unwrap_or_default().to_owned();
        format!("{} {}", text("code"), text("path")).trim_end().to_owned()
    };
    decision["violations"].as_array().into_iter().flatten().map(short).collect()
}

impl RenderCase {
    /// What the core is asked for.
    pub fn options(&self, target: Target) -> RenderOptions<'_> {
        let kind = match &self.kind {
            CaseKind::Create => Kind::Create,
            CaseKind::Change(from, origin) => Kind::Change { from, origin: origin.made() },
            CaseKind::Adopt => Kind::Adopt,
            CaseKind::Freeze(origin) => Kind::Freeze { origin: origin.made() },
            CaseKind::Delete(origin) => Kind::Delete { origin: origin.made() },
        };
        RenderOptions {
            target,
            kind,
            request_id: self.request_id.clone(),
            now: self.now.clone(),
            attempt: self.attempt,
        }
    }
}

impl CaseOrigin {
    fn made(&self) -> Origin<'_> {
        Origin {
            request_id: &self.request_id,
            created_at: &self.created_at,
            requester: self.requester.as_deref(),
        }
    }
}

impl Case {
    /// Every case of the corpus, in the order of files and cases.
    pub fn all() -> Vec<Self> {
        let mut files = Vec::new();
        collect(&corpus(), &mut files);
        files.sort();
        files.iter().flat_map(|path| read_file(path)).collect()
    }

    /// How messages call it.
    pub fn id(&self) -> String {
        format!("{}: {}", self.file, self.name)
    }
}

/// Folders of the corpus that hold no cases.
const NO_CASES: [&str; 2] = ["fixtures", "requests"];

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in folder.read_dir().unwrap_or_else(|error| panic!("{}: {error}", folder.display())).flatten() {
        let path = entry.path();
        if path.is_dir() {
            if !NO_CASES.iter().any(|name| entry.file_name() == *name) && !path.ends_with("expected") {
                collect(&path, files);
            }
        } else if path.extension().is_some_and(|extension| extension == "yaml") {
            files.push(path);
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseFile {
    #[serde(rename = "about")]
    _about: String,
    #[serde(default)]
    documents: Base,
    cases: Vec<WrittenCase>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct WrittenCase {
    name: String,
    note: String,
    #[serde(default)]
    request: Option<Pieces>,
    #[serde(default)]
    json: Option<Pieces>,
    #[serde(default)]
    file: Option<String>,
    #[serde(default)]
    context: Option<Value>,
    #[serde(default)]
    options: bool,
    #[serde(default)]
    edit: Vec<Edit>,
    #[serde(default)]
    render: WrittenRender,
    #[serde(default)]
    valid: bool,
    #[serde(default)]
    violations: Option<Vec<String>>,
    #[serde(default)]
    unreadable: Option<String>,
    #[serde(default)]
    bad_documents: bool,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
struct WrittenRender {
    request_id: Option<String>,
    now: Option<String>,
    attempt: Option<u32>,
    change_from: Option<String>,
    adopt: bool,
    freeze: bool,
    delete: bool,
    origin: WrittenOrigin,
    files: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
struct WrittenOrigin {
    request_id: Option<String>,
    created_at: Option<String>,
    requester: Option<String>,
}

fn read_file(path: &Path) -> Vec<Case> {
    let shown = path.display();
    let value = parse(&read(path), Format::Yaml)
        .unwrap_or_else(|error| panic!("{shown}: {error} {:?}", error.location));
    let file: CaseFile = serde_json::from_value(value).unwrap_or_else(|error| panic!("{shown}: {error}"));
    let name = path.strip_prefix(corpus()).unwrap_or(path).with_extension("").display().to_string();
    let mut names: Vec<String> = Vec::new();
    for case in &file.cases {
        assert!(!names.contains(&case.name), "{shown}: two cases are called `{}`", case.name);
        names.push(case.name.clone());
    }
    file.cases.into_iter().map(|case| case.settle(&name, file.documents)).collect()
}

impl WrittenCase {
    fn settle(self, file: &str, base: Base) -> Case {
        let id = format!("{file}: {}", self.name);
        let request = match (&self.request, &self.json, &self.file) {
            (Some(text), None, None) => Some(RequestText { text: text.text(), format: Format::Yaml }),
            (None, Some(text), None) => Some(RequestText { text: text.text(), format: Format::Json }),
            (None, None, Some(name)) => {
                let text = read(&corpus().join("requests").join(name));
                Some(RequestText { text, format: Format::of_file_name(name) })
            }
            (None, None, None) => None,
            _ => panic!("{id}: only one of `request`, `json` and `file`"),
        };
        let expect = match (self.valid, self.violations, self.unreadable, self.bad_documents) {
            (true, None, None, false) => Expect::Valid,
            (false, Some(violations), None, false) => Expect::Violations(violations),
            (false, None, Some(code), false) => Expect::Unreadable(code),
            (false, None, None, true) => Expect::BadDocuments,
            _ => panic!("{id}: exactly one of `valid`, `violations`, `unreadable` and `badDocuments`"),
        };
        assert!(
            request.is_some() || expect == Expect::BadDocuments,
            "{id}: without a request it must be about bad documents"
        );
        Case {
            documents: Documents::of(base, &self.edit, &id),
            file: file.to_owned(),
            name: self.name,
            note: self.note,
            request,
            context: context_of(self.context, &id),
            options: self.options,
            render: self.render.settle(&id),
            expect,
        }
    }
}

fn context_of(written: Option<Value>, case: &str) -> Context {
    let read = written.map(|value| Context::from_value(&value)).transpose();
    read.unwrap_or_else(|error| panic!("{case}: context: {error}")).unwrap_or_default()
}

impl WrittenRender {
    fn settle(self, case: &str) -> RenderCase {
        let request_id = |given: Option<String>, default: &str| {
            RequestId::parse(given.as_deref().unwrap_or(default))
                .unwrap_or_else(|error| panic!("{case}: {error}"))
        };
        let moment = |given: Option<String>, default: &str| {
            Moment::parse(given.as_deref().unwrap_or(default))
                .unwrap_or_else(|error| panic!("{case}: {error}"))
        };
        let origin = CaseOrigin {
            request_id: request_id(self.origin.request_id, "req-0"),
            created_at: moment(self.origin.created_at, "2025-06-01T08:00:00Z"),
            requester: self.origin.requester,
        };
        let from = self.change_from.map(|text| {
            parse(&text, Format::Yaml).unwrap_or_else(|error| panic!("{case}: `changeFrom`: {error}"))
        });
        RenderCase {
            request_id: request_id(self.request_id, "req-1"),
            now: moment(self.now, "2026-01-01T00:00:00Z"),
            attempt: self.attempt.unwrap_or(1),
            kind: match from {
                Some(from) => CaseKind::Change(from, origin),
                None if self.adopt => CaseKind::Adopt,
                None if self.freeze => CaseKind::Freeze(origin),
                None if self.delete => CaseKind::Delete(origin),
                None => CaseKind::Create,
            },
            files: self.files,
        }
    }
}
