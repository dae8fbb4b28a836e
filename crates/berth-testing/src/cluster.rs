//! The cluster that tests run against, when there is one; `tests/cluster/README.md` says how it is found.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// A real Kubernetes API server, asked through the real `kubectl`.
#[derive(Clone, Debug)]
pub struct Cluster {
    kubeconfig: PathBuf,
}

/// A namespace of one test, which goes with it.
#[derive(Debug)]
pub struct TestNamespace<'c> {
    cluster: &'c Cluster,
    /// Its name; no other run of the tests has it.
    pub name: String,
}

impl Cluster {
    /// The cluster of `BERTH_TEST_KUBECONFIG`; `None`, said on stderr, when that is not set.
    pub fn find() -> Option<Self> {
        let kubeconfig = std::env::var_os("BERTH_TEST_KUBECONFIG");
        if kubeconfig.is_none() {
            eprintln!("not run: BERTH_TEST_KUBECONFIG is not set");
        }
        kubeconfig.map(|path| Self { kubeconfig: path.into() })
    }

    /// Runs `kubectl` with this input: what it prints, or what it complains about.
    ///
    /// # Errors
    /// The text on stderr, when kubectl fails.
    pub fn kubectl(&self, arguments: &[&str], input: &str) -> Result<String, String> {
        let (success, out, complaints) = self.run(arguments, input);
        if success { Ok(out) } else { Err(complaints) }
    }

    /// As [`Cluster::kubectl`] for many objects, some of which may be refused: what it prints of those that were
    /// taken, and what it complains about.
    pub fn kubectl_of_many(&self, arguments: &[&str], input: &str) -> (String, String) {
        let (_, out, complaints) = self.run(arguments, input);
        (out, complaints)
    }

    fn run(&self, arguments: &[&str], input: &str) -> (bool, String, String) {
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).trim().to_owned();
        let mut kubectl = Command::new("kubectl")
            .args(arguments)
            .env("KUBECONFIG", &self.kubeconfig)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("kubectl: {error}"));
        // A kubectl that doesn't read its input says why on stderr.
        let _ = kubectl.stdin.take().map(|mut stdin| stdin.write_all(input.as_bytes()));
        let output = kubectl.wait_with_output().unwrap_or_else(|error| panic!("kubectl: {error}"));
        (output.status.success(), text(output.stdout), text(output.stderr))
    }

    /// Makes sure that there is Velero's namespace, where backups of the default blueprint lie. Tests share it, so that it stays.
    ///
    /// # Panics
    /// When the API server refuses it.
    pub fn make_velero(&self) {
        let namespace = r#"{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "velero"}}"#;
        let applied = self.kubectl(&["apply", "--server-side", "--filename=-"], namespace);
        applied.unwrap_or_else(|complaint| panic!("velero: {complaint}"));
    }

    /// A name for a namespace that this test makes; it is deleted when the test ends.
    pub fn namespace(&self, test: &str) -> TestNamespace<'_> {
        TestNamespace { cluster: self, name: format!("berth-{test}-{}", std::process::id()) }
    }
}

impl Drop for TestNamespace<'_> {
    fn drop(&mut self) {
        let arguments = ["delete", "namespace", &self.name, "--ignore-not-found", "--wait=false"];
        if let Err(complaint) = self.cluster.kubectl(&arguments, "") {
            eprintln!("{} stays: {complaint}", self.name);
        }
    }
}
