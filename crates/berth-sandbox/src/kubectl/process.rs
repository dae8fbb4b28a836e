//! Calls through the real `kubectl`: no shell, an environment of three variables.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use tokio::io::{AsyncBufReadExt, AsyncRead, BufReader};
use tokio::process::Command;

use super::Job;

/// The real `kubectl`, and the cluster that it speaks to.
#[derive(Debug)]
pub(crate) struct Kubectl {
    program: PathBuf,
    kubeconfig: PathBuf,
}

impl Kubectl {
    /// The `kubectl` that the PATH leads to; `None` when there is none.
    pub(crate) fn find(kubeconfig: PathBuf) -> Option<Self> {
        let path = std::env::var_os("PATH")?;
        let mut candidates = std::env::split_paths(&path).map(|folder| folder.join("kubectl"));
        let program = candidates.find(|candidate| candidate.is_file())?;
        Some(Self { program, kubeconfig })
    }

    pub(super) async fn run(&self, job: &Job<'_>) -> i32 {
        let mut command = Command::new(&self.program);
        command.args(job.arguments.iter().map(|argument| localize(argument, job)));
        command.env_clear().env("HOME", job.local(job.home)).env("KUBECONFIG", &self.kubeconfig);
        // A kubeconfig may name a program that gets credentials; it is looked up here.
        command.envs(std::env::var_os("PATH").map(|path| ("PATH", path)));
        command.current_dir(job.root).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        // A Workflow that is stopped drops this future.
        command.kill_on_drop(true);
        let mut child = match command.spawn() {
            Ok(child) => child,
            Err(error) => {
                (job.log)(&format!("can't start `{}`: {error}", self.program.display()));
                return CANNOT_START;
            }
        };
        let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
        tokio::join!(forward(stdout, job.log), forward(stderr, job.log));
        // Without a code a signal ended it.
        child.wait().await.ok().and_then(|status| status.code()).unwrap_or(KILLED)
    }
}

/// What Argo's executor gives for a program that it can't start.
const CANNOT_START: i32 = 64;
const KILLED: i32 = 137;

/// An argument with the path in it replaced by where the file lies on this machine.
fn localize(argument: &str, job: &Job<'_>) -> std::ffi::OsString {
    match argument.strip_prefix("--filename=") {
        Some(file) => {
            let mut localized = std::ffi::OsString::from("--filename=");
            localized.push(job.local(file));
            localized
        }
        None => argument.into(),
    }
}

async fn forward(output: Option<impl AsyncRead + Unpin>, log: &(dyn Fn(&str) + Send + Sync)) {
    let Some(output) = output else { return };
    let mut lines = BufReader::new(output).lines();
    while let Ok(Some(line)) = lines.next_line().await {
        log(&line);
    }
}

/// Whether a kubeconfig can be read, and where it lies whatever the working folder is later.
pub(crate) fn readable(kubeconfig: &Path) -> std::io::Result<PathBuf> {
    std::fs::File::open(kubeconfig)?;
    kubeconfig.canonicalize()
}
