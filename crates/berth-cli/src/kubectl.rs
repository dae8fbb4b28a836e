//! The cluster of a kubeconfig, asked through `kubectl`.
//!
//! A kubeconfig may name a program that gets credentials, a proxy or a certificate; kubectl knows them all, and the
//! embedded engine needs it anyway. A client library would add about a hundred crates and know less.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use tempfile::NamedTempFile;

/// A cluster as the user of a kubeconfig sees it.
#[derive(Debug)]
pub(crate) struct Kubectl {
    kubeconfig: PathBuf,
    /// A kubeconfig with another token, which goes when nobody needs it.
    _own: Option<NamedTempFile>,
}

/// Why a call failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum KubectlError {
    /// There is no kubectl, or it can't be started.
    #[error("can't run `kubectl`: {0}")]
    Missing(String),
    /// The API server doesn't let this user.
    #[error("the API server forbids this: {0}")]
    Forbidden(String),
    /// The API server doesn't know this user.
    #[error("the API server does not know who asks: {0}")]
    Unauthorized(String),
    /// Everything else.
    #[error("{0}")]
    Failed(String),
}

/// What kubectl printed, and how it ended.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Kubectl {
    /// The cluster of a kubeconfig.
    pub(crate) fn new(kubeconfig: &Path) -> Self {
        Self { kubeconfig: kubeconfig.to_owned(), _own: None }
    }

    /// The same cluster, for who has this token.
    ///
    /// # Errors
    /// When the kubeconfig can't be read, or the one for the token not be written.
    pub(crate) fn with_token(&self, token: &str) -> Result<Self, KubectlError> {
        let view = ["config", "view", "--raw", "--minify", "--flatten", "--output=json"];
        let mut config: Value = parsed(&self.checked(&view, "")?)?;
        let token = token.trim();
        let token = token.strip_prefix("Bearer ").unwrap_or(token);
        if let Some(user) = config.pointer_mut("/users/0") {
            *user = json!({ "name": user.get("name"), "user": { "token": token } });
        }
        let failed = |error: std::io::Error| KubectlError::Failed(crate::error::reason(&error));
        // Only its owner may read it; it goes with this value.
        let mut file = NamedTempFile::new().map_err(failed)?;
        file.write_all(config.to_string().as_bytes()).map_err(failed)?;
        Ok(Self { kubeconfig: file.path().to_owned(), _own: Some(file) })
    }

    /// What a path of the API server answers; nothing when it has nothing there.
    ///
    /// # Errors
    /// When it doesn't answer, or not with JSON.
    pub(crate) fn get(&self, path: &str) -> Result<Option<Value>, KubectlError> {
        let ran = self.run(&["get", "--raw", path], "")?;
        if ran.code == Some(0) {
            return parsed(&ran.out).map(Some);
        }
        if ran.err.contains("(NotFound)") { Ok(None) } else { Err(failure(&ran.err)) }
    }

    /// Creates objects that are questions, such as reviews of access, and gives back the answers in order.
    ///
    /// # Errors
    /// When one of them is not answered.
    pub(crate) fn ask(&self, questions: &[Value]) -> Result<Vec<Value>, KubectlError> {
        if questions.is_empty() {
            return Ok(Vec::new());
        }
        let list = json!({ "apiVersion": "v1", "kind": "List", "items": questions });
        let out = self
            .checked(&["create", "--validate=false", "--filename=-", "--output=json"], &list.to_string())?;
        let answers: Result<Vec<Value>, _> = serde_json::Deserializer::from_str(&out).into_iter().collect();
        answers.map_err(|error| KubectlError::Failed(format!("kubectl does not answer with JSON: {error}")))
    }

    /// Runs kubectl with these arguments and this on its standard input.
    ///
    /// # Errors
    /// When it can't be started.
    pub(crate) fn run(&self, arguments: &[&str], input: &str) -> Result<Ran, KubectlError> {
        let missing = |error: std::io::Error| KubectlError::Missing(crate::error::reason(&error));
        let mut child = Command::new("kubectl")
            .arg("--kubeconfig")
            .arg(&self.kubeconfig)
            .arg("--request-timeout=20s")
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(missing)?;
        let stdin = child.stdin.take();
        let output = std::thread::scope(|scope| {
            // A kubectl that doesn't read its input says why on stderr.
            scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(input.as_bytes())));
            child.wait_with_output()
        })
        .map_err(missing)?;
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        Ok(Ran { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) })
    }

    fn checked(&self, arguments: &[&str], input: &str) -> Result<String, KubectlError> {
        let ran = self.run(arguments, input)?;
        if ran.code == Some(0) { Ok(ran.out) } else { Err(failure(&ran.err)) }
    }
}

/// What kubectl complains about, in one line.
pub(crate) fn failure(complaint: &str) -> KubectlError {
    let last = berth_sandbox::kubectl::complaint(complaint);
    let last = if last.is_empty() { "it gave no reason" } else { last };
    let text = last.strip_prefix("error: ").unwrap_or(last);
    let text = text.strip_prefix("Error from server ").unwrap_or(text).to_owned();
    if text.starts_with("(Forbidden)") {
        KubectlError::Forbidden(text.trim_start_matches("(Forbidden): ").to_owned())
    } else if text.contains("(Unauthorized)") || text.contains("must be logged in") {
        KubectlError::Unauthorized(text)
    } else {
        KubectlError::Failed(text)
    }
}

fn parsed(text: &str) -> Result<Value, KubectlError> {
    serde_json::from_str(text)
        .map_err(|error| KubectlError::Failed(format!("the API server does not answer with JSON: {error}")))
}
