//! A case as people write it, read from the YAML files of `tests/corpus`.

use std::path::{Path, PathBuf};

use berth_core::Context;
use berth_core::input::{Format, parse};
use serde::Deserialize;

use crate::documents::{Base, Documents, Edit};
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
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct RenderCase {
    /// The request's id.
    pub request_id: String,
    /// The moment of the request.
    pub now: String,
    /// 1 for the first.
    pub attempt: u32,
    /// The request as it was carried out last: the Workflow is a *change*.
    pub change_from: Option<String>,
    /// The Workflow is a *delete*.
    pub delete: bool,
    /// Of a change or a deletion: the request that made the namespace.
    pub origin: Origin,
    /// What is kept as a whole, too: `plan`, or the name of a target.
    pub files: Vec<String>,
}

/// The request that made a namespace.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Origin {
    /// Its id.
    pub request_id: String,
    /// When it was made.
    pub created_at: String,
    /// Who asked.
    pub requester: Option<String>,
}

impl Default for RenderCase {
    fn default() -> Self {
        Self {
            request_id: "req-1".to_owned(),
            now: "2026-01-01T00:00:00Z".to_owned(),
            attempt: 1,
            change_from: None,
            delete: false,
            origin: Origin::default(),
            files: Vec::new(),
        }
    }
}

impl Default for Origin {
    fn default() -> Self {
        Self {
            request_id: "req-0".to_owned(),
            created_at: "2025-06-01T08:00:00Z".to_owned(),
            requester: None,
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
    context: Context,
    #[serde(default)]
    options: bool,
    #[serde(default)]
    edit: Vec<Edit>,
    #[serde(default)]
    render: RenderCase,
    #[serde(default)]
    valid: bool,
    #[serde(default)]
    violations: Option<Vec<String>>,
    #[serde(default)]
    unreadable: Option<String>,
    #[serde(default)]
    bad_documents: bool,
}

/// A text, or pieces of one.
#[derive(Deserialize)]
#[serde(untagged)]
enum Pieces {
    Text(String),
    List(Vec<Piece>),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Piece {
    Text(String),
    Repeated { repeat: String, times: usize },
}

impl Pieces {
    fn text(&self) -> String {
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
            context: self.context,
            options: self.options,
            render: self.render,
            expect,
        }
    }
}
