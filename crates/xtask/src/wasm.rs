//! `cargo xtask wasm`: the core as two WebAssembly modules, and the npm package in `pkg/` around them.
//!
//! cargo builds `berth-wasm` and Rust's library for it, wasm-bindgen finishes the module, npm's wasm-opt shrinks it, tsc compiles the package. All
//! versions are pinned by the lockfiles, and no path of this machine stays inside: the same sources give the same bytes.

mod module;
mod npm;

use std::fmt::Write;
use std::fs;
use std::path::Path;

use berth_core::Berth;
use serde_json::Value;

use module::{Module, Part};

/// The module that everybody loads: documents come as JSON. What judging by the embedded documents needs comes first, the rest
/// when something needs it. They may shrink; docs/benchmarks.md has what each part costs.
const CORE: Module = Module {
    features: &[],
    parts: &[Part { name: "core", most: 100_000 }, Part { name: "rest", most: 126_500 }],
};
/// The module for those who edit documents: it reads YAML.
const YAML: Module = Module { features: &["yaml"], parts: &[Part { name: "yaml", most: 297_500 }] };

/// Builds `pkg/dist` and says how large the modules are.
///
/// # Errors
/// When a step fails, or when a module is larger than it may be.
pub(crate) fn run(root: &Path) -> Result<(), String> {
    let root = fs::canonicalize(root).map_err(|error| format!("can't find the repository: {error}"))?;
    let package = root.join("pkg");
    npm::install(&package)?;
    for module in [CORE, YAML] {
        for (part, file) in module.build(&root)? {
            npm::size(&package, part.name, &file, part.most)?;
            npm::script(&package, "embed.mjs", &[part.name.as_ref(), &file])?;
        }
    }
    write_schemas(&package)?;
    npm::compile(&package)
}

/// Writes the schemas that don't depend on documents as `src/embedded/schemas.ts`: as text, parsed when one is asked for.
fn write_schemas(package: &Path) -> Result<(), String> {
    let berth = Berth::embedded().map_err(|errors| errors.to_string())?;
    let mut text =
        "// JSON Schemas as text. Written by `cargo xtask wasm`.\nexport const schemas = {\n".to_owned();
    for name in berth.schema_names().filter(|name| !name.ends_with("request")) {
        let schema = berth.schema(&name).map_err(|error| error.to_string())?;
        // A JSON string is a literal of TypeScript, too.
        let literal = Value::from(schema.to_string());
        let _ = writeln!(text, "  '{name}': {literal},");
    }
    text.push_str("};\n");
    let file = package.join("src/embedded/schemas.ts");
    fs::write(&file, text).map_err(|error| format!("can't write `{}`: {error}", file.display()))
}
