//! The programs of the npm package: its dependencies, wasm-opt, tsc and the scripts in `pkg/scripts`.

use std::fs;
use std::path::Path;
use std::process::Command;

/// Installs what the lockfile says, if it isn't there.
pub(super) fn install(package: &Path) -> Result<(), String> {
    let modified =
        |file: &str| fs::metadata(package.join(file)).and_then(|metadata| metadata.modified()).ok();
    if modified("node_modules/.package-lock.json") > modified("package-lock.json") {
        return Ok(());
    }
    run(Command::new("npm").current_dir(package).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]))
}

/// A program of a dependency.
pub(super) fn tool(package: &Path, name: &str) -> Command {
    Command::new(package.join("node_modules/.bin").join(name))
}

/// Runs one of the package's scripts.
pub(super) fn script(package: &Path, name: &str, arguments: &[&Path]) -> Result<(), String> {
    run(Command::new("node").current_dir(package).arg(Path::new("scripts").join(name)).args(arguments))
}

/// Prints the size of a module, as it is and compressed; fails when it has more than `most` bytes.
pub(super) fn size(package: &Path, name: &str, module: &Path, most: usize) -> Result<(), String> {
    let mut script = Command::new("node");
    run(script.current_dir(package).arg("scripts/size.mjs").arg(name).arg(module).arg(most.to_string()))
}

/// Compiles the package into `dist`.
pub(super) fn compile(package: &Path) -> Result<(), String> {
    run(Command::new("npm").current_dir(package).args(["run", "--silent", "compile"]))
}

/// What a program prints.
pub(super) fn output(command: &mut Command) -> Result<String, String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command.output().map_err(|error| format!("can't run `{program}`: {error}"))?;
    if !output.status.success() {
        return Err(format!("`{program}` failed: {}", output.status));
    }
    String::from_utf8(output.stdout).map_err(|error| format!("`{program}` printed no text: {error}"))
}

/// Runs a program to its end; what it prints is shown.
pub(super) fn run(command: &mut Command) -> Result<(), String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let status = command.status().map_err(|error| {
        format!("can't run `{program}`: {error}; the npm package needs Node 20 or newer with npm, and rustup")
    })?;
    if status.success() { Ok(()) } else { Err(format!("`{program}` failed: {status}")) }
}
