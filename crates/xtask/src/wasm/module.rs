//! One WebAssembly module: from the crate to bytes, in one part or in two. What is done in it, and to text, is left to the
//! package's scripts.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use wasm_bindgen_cli_support::Bindgen;

use super::npm;

/// For size; and no function is pasted into its only caller, since what brotli leaves of it is a tenth larger.
const OPTIMIZE: [&str; 4] =
    ["-Os", "--one-caller-inline-max-function-size=0", "--strip-debug", "--strip-producers"];

/// A part that the other one reaches has more than it needs, and a module what only the build called, until this has gone through it.
const TIDY: [&str; 2] = ["--remove-unused-module-elements", "--strip-target-features"];

/// The `sha2` crate's choice of code.
const SMALL_SHA256: &str = "--cfg=sha2_backend_soft=\"compact\"";

/// A panic has nobody to tell: it traps at once, and no message is made for it. Rust's library is built anew for that, and its own
/// places in the code are left out.
const TRAP: [&str; 3] = ["-Zunstable-options", "-Cpanic=immediate-abort", "-Zlocation-detail=none"];

/// The parts of Rust's library that a decision spends its time in: built for speed, as they come with Rust.
const FAST: [&str; 5] = ["alloc", "compiler_builtins", "core", "dlmalloc", "std"];

/// The feature of a module that has documents of its own: it is saved with its memory as it is when they are compiled.
pub(super) const EMBEDDED: &str = "embedded";

/// A build of `berth-wasm`.
pub(super) struct Module {
    pub(super) features: &'static [&'static str],
    /// The profile of cargo.
    pub(super) profile: &'static str,
    /// All of it; or what is always needed, and the rest.
    pub(super) parts: &'static [Part],
}

/// What becomes a file of its own.
pub(super) struct Part {
    /// Its name in the package.
    pub(super) name: &'static str,
    /// The most bytes that it may have, compressed by brotli.
    pub(super) most: usize,
}

impl Module {
    /// Builds the module; each part with the path of its finished `.wasm`.
    pub(super) fn build(&self, root: &Path) -> Result<Vec<(&'static Part, PathBuf)>, String> {
        let package = root.join("pkg");
        let built = self.cargo(root)?;
        let name = self.parts.first().map_or("berth", |part| part.name);
        let folder = built.with_file_name(format!("berth-{name}"));
        Bindgen::new()
            .input_path(&built)
            .web(true)
            .and_then(|bindgen| bindgen.typescript(false).out_name("berth").generate(&folder))
            .map_err(|error| format!("wasm-bindgen failed on `{}`: {error:#}", built.display()))?;
        let bound = folder.join("berth_bg.wasm");
        if !self.features.contains(&EMBEDDED) {
            return self.shrink(&package, &bound);
        }
        let saved = folder.join("saved.wasm");
        npm::script(&package, "snapshot.mjs", &[&bound, &saved])?;
        self.shrink(&package, &saved)
    }

    /// Shrinks a module that works; its parts are written beside it. The scripts take and make text.
    fn shrink(&self, package: &Path, module: &Path) -> Result<Vec<(&'static Part, PathBuf)>, String> {
        let small = module.with_file_name("small.wat");
        let mut optimize = npm::tool(package, "wasm-opt");
        npm::run(optimize.args(OPTIMIZE).args(["--emit-text", "--output"]).arg(&small).arg(module))?;
        let texts: Vec<_> =
            self.parts.iter().map(|part| small.with_file_name(format!("{}.wat", part.name))).collect();
        let paths: Vec<_> = [&small].into_iter().chain(&texts).map(PathBuf::as_path).collect();
        npm::script(package, if self.parts.len() == 1 { "order.mjs" } else { "split.mjs" }, &paths)?;
        // Text doesn't say what a module may use.
        let features = npm::output(npm::tool(package, "wasm-opt").arg("--print-features").arg(module))?;
        let finish = |(part, text): (&'static Part, &PathBuf)| {
            let file = text.with_extension("wasm");
            let mut tidy = npm::tool(package, "wasm-opt");
            npm::run(tidy.args(features.lines()).args(TIDY).arg("--output").arg(&file).arg(text))?;
            Ok((part, file))
        };
        self.parts.iter().zip(&texts).map(finish).collect()
    }

    /// The module as cargo leaves it.
    fn cargo(&self, root: &Path) -> Result<PathBuf, String> {
        install_library(root)?;
        let mut cargo = Command::new(env!("CARGO"));
        cargo
            .current_dir(root)
            .args(["build", "--locked", "--quiet", "--package", "berth-wasm", "--profile", self.profile])
            .args(["--target", "wasm32-unknown-unknown", "--message-format", "json-render-diagnostics"])
            .args(["--no-default-features", "--features", &self.features.join(",")])
            .arg("-Zbuild-std=std,panic_abort")
            .args(FAST.map(|name| format!("--config=profile.{}.package.{name}.opt-level=3", self.profile)))
            .env("CARGO_ENCODED_RUSTFLAGS", flags(root)?)
            // A stable Rust, asked for what is not settled yet.
            .env("RUSTC_BOOTSTRAP", "1")
            .stderr(Stdio::inherit());
        let output = cargo.output().map_err(|error| format!("can't run cargo: {error}"))?;
        if !output.status.success() {
            return Err("cargo could not build `berth-wasm`; it needs Rust 1.95 or newer".to_owned());
        }
        let built = String::from_utf8_lossy(&output.stdout).lines().find_map(artifact);
        built.ok_or_else(|| "cargo built no `.wasm`".to_owned())
    }
}

/// The path in a message of cargo that says that the module was built.
fn artifact(line: &str) -> Option<PathBuf> {
    let message: Value = serde_json::from_str(line).ok()?;
    let ours = message.pointer("/target/name").and_then(Value::as_str) == Some("berth_wasm");
    let files = message.get("filenames").filter(|_| ours)?.as_array()?;
    let is_module = |file: &&str| Path::new(file).extension().is_some_and(|extension| extension == "wasm");
    files.iter().filter_map(Value::as_str).find(is_module).map(PathBuf::from)
}

/// The sources of Rust's library come by rustup, where they aren't there yet.
fn install_library(root: &Path) -> Result<(), String> {
    let mut rustc = Command::new(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
    let sysroot = npm::output(rustc.current_dir(root).args(["--print", "sysroot"]))?;
    if Path::new(sysroot.trim_end()).join("lib/rustlib/src/rust/library/Cargo.toml").exists() {
        return Ok(());
    }
    let mut rustup = Command::new("rustup");
    npm::run(rustup.current_dir(root).args(["component", "add", "rust-src"]))
        .map_err(|error| format!("the sources of Rust's library are not installed: {error}"))
}

/// What knows its file says it without the folders of this machine. And SHA-256 of a few documents need not be unrolled.
fn flags(root: &Path) -> Result<String, String> {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(env::home_dir()?.join(".cargo")));
    let home = home.ok_or("can't find the folder of cargo: set `CARGO_HOME`")?;
    let prefixes = [(root, "berth"), (home.as_path(), "cargo")];
    let flags = prefixes.map(|(from, to)| format!("--remap-path-prefix={}={to}", from.display()));
    Ok([&flags[..], &[SMALL_SHA256.to_owned()], &TRAP.map(str::to_owned)].concat().join("\x1f"))
}
