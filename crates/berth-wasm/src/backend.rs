//! What no form asks: how what stands differs, JSON Schemas, and the documents themselves. A page that only asks for something
//! loads a module without it.

use wasm_bindgen::prelude::wasm_bindgen;

use crate::arguments::{self, Arguments};
use crate::failure::Failure;
use crate::state::{answer, write};

/// Compares what stands with what a request renders. Answers the Drift. Arguments: `{live, origin?, unread?}`.
#[wasm_bindgen]
pub fn drift(instance: usize, name: usize, request: usize, arguments: usize) -> i32 {
    answer(|state| {
        let (berth, [name, request, arguments], output) =
            state.parts(instance, [name, request, arguments])?;
        let request = arguments::request(name, request)?;
        let arguments = Arguments::read(arguments)?;
        let origin = arguments.origin()?;
        let options = arguments.drift_options(origin.as_ref())?;
        let drift = berth.drift(&request, &options).map_err(|refused| Failure::refused(&refused.0))?;
        write(output, &drift);
        Ok(())
    })
}

/// The JSON Schema of requests: of all blueprints for `request`, of one for `<blueprint>.request`, and of its parameters alone
/// for `<blueprint>`. Answers `null` when there is no such blueprint.
#[wasm_bindgen]
pub fn request_schema(instance: usize, name: usize) -> i32 {
    answer(|state| {
        let (berth, [name], output) = state.parts(instance, [name])?;
        let schema = match name.strip_suffix(".request") {
            _ if name == "request" => Some(berth.request_document_schema()),
            Some(blueprint) => berth.request_document_schema_of(blueprint),
            None => berth.request_schema(name),
        };
        write(output, &schema);
        Ok(())
    })
}

/// The documents of an instance: `{platform, blueprints}`.
#[wasm_bindgen]
pub fn documents(instance: usize) -> i32 {
    answer(|state| {
        let (berth, [], output) = state.parts(instance, [])?;
        let blueprints: Vec<&str> = berth.blueprint_documents().collect();
        let platform = berth.platform_document();
        *output = format!(r#"{{"platform":{platform},"blueprints":[{}]}}"#, blueprints.join(","));
        Ok(())
    })
}
