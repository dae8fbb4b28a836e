//! What only those ask who write documents: in the module that reads YAML, so that nobody else loads it.

use berth_core::analysis::CheckOptions;
use berth_core::input::locate;
use serde_json::json;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::arguments::Arguments;
use crate::state::{answer, format_of, write};

/// Looks for what is probably not meant in the documents. Answers the Findings.
/// Arguments: `{maxCombinations?, witnesses?}`.
#[wasm_bindgen]
pub fn check_policy(instance: usize, arguments: usize) -> i32 {
    answer(|state| {
        let (berth, [arguments], output) = state.parts(instance, [arguments])?;
        let defaults = CheckOptions::default();
        let arguments = Arguments::read(arguments)?;
        let options = CheckOptions {
            max_combinations: arguments.count("maxCombinations")?.unwrap_or(defaults.max_combinations),
            witnesses: arguments.flag("witnesses")?,
        };
        write(output, &berth.check_policy(options));
        Ok(())
    })
}

/// Where a JSON pointer leads in a text: `{line, column}`, or `null`.
#[wasm_bindgen]
pub fn position(text: usize, name: usize, pointer: usize) -> i32 {
    answer(|state| {
        let [text, name, pointer] = state.texts([text, name, pointer])?;
        let found = locate(text, format_of(name), 0, pointer);
        let found = found.map(|at| json!({ "line": at.line, "column": at.column }));
        write(&mut state.output, &found);
        Ok(())
    })
}
