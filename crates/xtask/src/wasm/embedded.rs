//! The files in `pkg/src/embedded`: what the package carries as text.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use berth_core::Berth;
use serde_json::Value;
use zopfli::{Format, Options};

/// Writes a finished module as `NAME.ts`: deflated, in base64.
pub(super) fn write_module(package: &Path, name: &str, module: &Path) -> Result<(), String> {
    let bytes = fs::read(module).map_err(|error| format!("can't read `{}`: {error}", module.display()))?;
    let mut deflated = Vec::new();
    zopfli::compress(Options::default(), Format::Deflate, &bytes[..], &mut deflated)
        .map_err(|error| format!("can't deflate `{}`: {error}", module.display()))?;
    let (size, text) = (bytes.len(), BASE64_STANDARD.encode(deflated));
    // Its type is written out: else the declarations of the package hold all of it once more.
    let source = format!(
        "// The module `{name}`. Written by `cargo xtask wasm`.
import type {{ Embedded }} from '../inflate.js';

export const {name}: Embedded = {{
  size: {size},
  text: '{text}',
}};
"
    );
    write(package, name, &source)
}

/// Writes the schemas that don't depend on documents as `schemas.ts`: as text, parsed when one is asked for.
pub(super) fn write_schemas(package: &Path) -> Result<(), String> {
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
    write(package, "schemas", &text)
}

fn write(package: &Path, name: &str, text: &str) -> Result<(), String> {
    let folder = package.join("src/embedded");
    let file = folder.join(format!("{name}.ts"));
    fs::create_dir_all(&folder)
        .and_then(|()| fs::write(&file, text))
        .map_err(|error| format!("can't write `{}`: {error}", file.display()))
}
