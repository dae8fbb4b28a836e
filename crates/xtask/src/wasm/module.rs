//! One WebAssembly module: from the crate to bytes, and from bytes to a TypeScript file that holds them as text.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use wasm_bindgen_cli_support::Bindgen;

use super::npm;

/// For size; and no function is pasted into its only caller, since what brotli leaves of it is a tenth larger.
const OPTIMIZE: [&str; 2] = ["-Os", "--one-caller-inline-max-function-size=0"];

/// The `sha2` crate's choice of code.
const SMALL_SHA256: &str = "--cfg=sha2_backend_soft=\"compact\"";

/// A build of `berth-wasm`.
pub(super) struct Module {
    /// Its name in the package.
    pub(super) name: &'static str,
    pub(super) features: &'static [&'static str],
    /// The most bytes that it may have, compressed by brotli.
    pub(super) most: Option<usize>,
}

impl Module {
    /// Builds the module; the path of the finished `.wasm`.
    pub(super) fn build(&self, root: &Path) -> Result<PathBuf, String> {
        let package = root.join("pkg");
        let built = self.cargo(root)?;
        let folder = built.with_file_name(format!("berth-{}", self.name));
        Bindgen::new()
            .input_path(&built)
            .web(true)
            .and_then(|bindgen| bindgen.typescript(false).out_name("berth").generate(&folder))
            .map_err(|error| format!("wasm-bindgen failed on `{}`: {error:#}", built.display()))?;
        let bound = folder.join("berth_bg.wasm");
        let saved = folder.join("saved.wasm");
        let small = folder.join("berth.wasm");
        npm::script(&package, "snapshot.mjs", &[&bound, &saved])?;
        // What the module uses is written in it: wasm-opt reads the section of target features.
        let mut optimize = npm::tool(&package, "wasm-opt");
        optimize
            .args(OPTIMIZE)
            .args(["--strip-debug", "--strip-producers", "--output"])
            .arg(&small)
            .arg(&saved);
        npm::run(&mut optimize)?;
        Ok(small)
    }

    /// Writes the finished module as `src/embedded/<name>.ts`: text needs no setting of any bundler, and no wait.
    pub(super) fn write(&self, package: &Path, module: &Path) -> Result<(), String> {
        let bytes =
            fs::read(module).map_err(|error| format!("can't read `{}`: {error}", module.display()))?;
        let folder = package.join("src/embedded");
        let file = folder.join(format!("{}.ts", self.name));
        // Its type is written out: else the declarations of the package hold all of it once more.
        let text = format!(
            "// The module `{}`, in base64. Written by `cargo xtask wasm`.\nexport const {}: string =\n  '{}';\n",
            self.name,
            self.name,
            STANDARD.encode(bytes)
        );
        fs::create_dir_all(&folder)
            .and_then(|()| fs::write(&file, text))
            .map_err(|error| format!("can't write `{}`: {error}", file.display()))
    }

    /// The module as cargo leaves it.
    fn cargo(&self, root: &Path) -> Result<PathBuf, String> {
        let mut cargo = Command::new(env!("CARGO"));
        cargo
            .current_dir(root)
            .args(["build", "--locked", "--quiet", "--package", "berth-wasm", "--profile", "wasm"])
            .args(["--target", "wasm32-unknown-unknown", "--message-format", "json-render-diagnostics"])
            .args(["--features", &self.features.join(",")])
            .env("CARGO_ENCODED_RUSTFLAGS", flags(root)?)
            .stderr(Stdio::inherit());
        let output = cargo.output().map_err(|error| format!("can't run cargo: {error}"))?;
        if !output.status.success() {
            return Err("cargo could not build `berth-wasm`; is the target there? \
                        `rustup target add wasm32-unknown-unknown`"
                .to_owned());
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

/// Panics know their file: say it without the folders of this machine. And SHA-256 of a few documents need not be unrolled.
fn flags(root: &Path) -> Result<String, String> {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(env::home_dir()?.join(".cargo")));
    let home = home.ok_or("can't find the folder of cargo: set `CARGO_HOME`")?;
    let prefixes = [(root, "berth"), (home.as_path(), "cargo")];
    let flags = prefixes.map(|(from, to)| format!("--remap-path-prefix={}={to}", from.display()));
    Ok([&flags[..], &[SMALL_SHA256.to_owned()]].concat().join("\x1f"))
}
