//! Runs the program as people do, from the root of the repository.

use std::fmt;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A folder with the requests of `examples/`, without the programs that stand beside them.
pub(crate) fn example_requests() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for name in ["invalid.yaml", "namespace.yaml", "production.json"] {
        std::fs::copy(root().join("examples").join(name), folder.path().join(name)).unwrap();
    }
    folder
}

/// What a run of the program left behind.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// As a snapshot shows it: what was printed, and the exit code.
impl fmt::Display for Ran {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.out)?;
        if !self.err.is_empty() {
            write!(f, "--- standard error\n{}", self.err)?;
        }
        write!(f, "--- exit code {}", self.code)
    }
}

impl Ran {
    /// The answer as JSON.
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self}"))
    }
}

/// Runs `berth` with these arguments.
pub(crate) fn berth(arguments: &[&str]) -> Ran {
    berth_with(arguments, "")
}

/// Runs `berth` with these arguments and this on standard input.
pub(crate) fn berth_with(arguments: &[&str], stdin: impl AsRef<[u8]>) -> Ran {
    let mut child = command(arguments).stdin(Stdio::piped()).spawn().unwrap();
    let mut pipe = child.stdin.take().unwrap();
    let stdin = stdin.as_ref().to_vec();
    // The program need not read everything before it answers.
    let writer = std::thread::spawn(move || drop(pipe.write_all(&stdin)));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    Ran {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// `berth` with these arguments, not yet started.
pub(crate) fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_berth"));
    command
        .args(arguments)
        .current_dir(root())
        .env_remove("ARGO_TOKEN")
        .env_remove("CLICOLOR_FORCE")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}
