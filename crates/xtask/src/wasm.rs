//! `cargo xtask wasm`: the core as WebAssembly modules, and the npm package in `pkg/` around them.
//!
//! cargo builds `berth-wasm` and Rust's library for it, wasm-bindgen finishes the module, npm's wasm-opt shrinks it, tsc compiles the package. All
//! versions are pinned by the lockfiles, and no path of this machine stays inside: the same sources give the same bytes.

mod embedded;
mod module;
mod npm;

use std::fs;
use std::path::Path;

use module::{EMBEDDED, Module, Part};

/// The module that everybody loads: documents come as JSON. What judging by the embedded documents needs comes first, the rest
/// when something needs it. They may shrink; docs/benchmarks.md has what each part costs.
const CORE: Module = Module {
    features: &["backend", EMBEDDED],
    profile: "wasm",
    parts: &[Part { name: "core", most: 100_000 }, Part { name: "rest", most: 126_500 }],
};
/// The module for pages that bring their documents, and only ask.
const BARE: Module =
    Module { features: &[], profile: "wasm-small", parts: &[Part { name: "bare", most: 159_500 }] };
/// The module for those who edit documents: it reads YAML.
const YAML: Module = Module {
    features: &["backend", EMBEDDED, "yaml"],
    profile: "wasm",
    parts: &[Part { name: "yaml", most: 290_000 }],
};

/// Builds `pkg/dist` and says how large the modules are.
///
/// # Errors
/// When a step fails, or when a module is larger than it may be.
pub(crate) fn run(root: &Path) -> Result<(), String> {
    let root = fs::canonicalize(root).map_err(|error| format!("can't find the repository: {error}"))?;
    let package = root.join("pkg");
    npm::install(&package)?;
    for module in [CORE, BARE, YAML] {
        for (part, file) in module.build(&root)? {
            npm::size(&package, part.name, &file, part.most)?;
            embedded::write_module(&package, part.name, &file)?;
        }
    }
    embedded::write_schemas(&package)?;
    npm::compile(&package)
}
