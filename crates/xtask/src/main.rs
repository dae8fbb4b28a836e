//! Chores of this repository: `cargo xtask COMMAND`. One file a command; this one only finds it.

mod check;
mod deploy;
mod embed;
mod generated;
mod schemas;
mod wasm;

use std::env;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use generated::Mode;

const USAGE: &str = "usage: cargo xtask COMMAND

  check              the house rules that no other linter knows
  deploy [--check]   write what a cluster needs of the default documents, in deploy/
  embed [--check]    write the default documents into berth-core, as JSON
  schemas [--check]  write the JSON Schemas in schemas/
  wasm               build the npm package in pkg/, with the core as WebAssembly

  --check            write nothing: fail when a file is not what would be written";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let outcome = match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["check"] => check::run(&root()),
        ["deploy"] => deploy::run(&root(), Mode::Write),
        ["deploy", "--check"] => deploy::run(&root(), Mode::Check),
        ["embed"] => embed::run(&root(), Mode::Write),
        ["embed", "--check"] => embed::run(&root(), Mode::Check),
        ["schemas"] => schemas::run(&root(), Mode::Write),
        ["schemas", "--check"] => schemas::run(&root(), Mode::Check),
        ["wasm"] => wasm::run(&root()),
        ["help" | "--help"] => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

/// The folder of the repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}
