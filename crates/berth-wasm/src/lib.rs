//! The face of `berth-core` in WebAssembly: text in, text out. It decides nothing; the npm package in `pkg/` makes
//! JavaScript objects of it, and calls it by the numbers that are written here.
//!
//! What goes in is written as UTF-8 into the buffer that [`reserve`] gives, one text after the other; each function takes
//! their lengths. The name of a request is that of the text it came as, and empty for an object. What comes out stands at [`output`] until the next call. A function returns the length of the answer,
//! or, as a negative number, that of a failure as JSON. So nothing is allocated on either side for a call, and the
//! module imports nothing.

mod arguments;
#[cfg(feature = "backend")]
pub mod backend;
mod documents;
#[cfg(feature = "yaml")]
pub mod editing;
mod failure;
#[cfg(all(feature = "embedded", target_arch = "wasm32"))]
pub mod snapshot;
mod state;

use serde_json::json;
use wasm_bindgen::prelude::wasm_bindgen;

use arguments::Arguments;
use documents::Document;
use failure::Failure;
use state::{answer, with, write};

/// Makes room for `bytes` of input and says where it is. What was there is lost.
#[wasm_bindgen]
pub fn reserve(bytes: usize) -> *mut u8 {
    with(|state| state.reserve(bytes))
}

/// Where the last answer stands.
#[wasm_bindgen]
pub fn output() -> *const u8 {
    with(|state| state.output.as_ptr())
}

/// Takes a document for the next [`load`]: the platform, or one of the blueprints.
#[wasm_bindgen]
pub fn add_document(is_platform: bool, was_object: bool, name: usize, text: usize) -> i32 {
    answer(|state| {
        let [name, text] = state.texts([name, text])?;
        let document = Document { is_platform, was_object, name: name.to_owned(), text: text.to_owned() };
        state.pending.push(document);
        Ok(())
    })
}

/// Compiles the documents that were added; the embedded ones stand in for a platform that was not, and for the blueprints
/// unless `own_blueprints`. Answers `{instance, policyDigest, blueprints}`: the number of the instance, for all else.
#[wasm_bindgen]
pub fn load(own_blueprints: bool) -> i32 {
    answer(|state| {
        let berth = state.compile(own_blueprints)?;
        let instance = state.free_place();
        let loaded = json!({
            "instance": instance,
            "policyDigest": berth.policy_digest(),
            "blueprints": berth.blueprints().collect::<Vec<_>>(),
        });
        state.keep(instance, berth);
        write(&mut state.output, &loaded);
        Ok(())
    })
}

/// Forgets an instance.
#[wasm_bindgen]
pub fn dispose(instance: usize) {
    with(|state| state.forget(instance));
}

/// Judges a request; an empty context knows nothing. Answers the Decision.
#[wasm_bindgen]
pub fn decide(instance: usize, name: usize, request: usize, context: usize, with_options: bool) -> i32 {
    answer(|state| {
        let (berth, [name, request, context], output) = state.parts(instance, [name, request, context])?;
        let request = arguments::request(name, request)?;
        let context = arguments::context(context)?;
        let decision = if with_options {
            berth.decide_with_options(&request, &context)
        } else {
            berth.decide(&request, &context)
        };
        write(output, &decision);
        Ok(())
    })
}

/// Plans a valid request. Answers the Plan. Arguments: `{context?, requestId?, now?, kind?, origin?, live?}`.
#[wasm_bindgen]
pub fn plan(instance: usize, name: usize, request: usize, arguments: usize) -> i32 {
    answer(|state| {
        let (berth, [name, request, arguments], output) =
            state.parts(instance, [name, request, arguments])?;
        let request = arguments::request(name, request)?;
        let arguments = Arguments::read(arguments)?;
        let (context, origin) = (arguments.context()?, arguments.origin()?);
        let options = arguments.plan_options(origin.as_ref())?;
        let plan =
            berth.plan(&request, &context, &options).map_err(|refused| Failure::refused(&refused.0))?;
        write(output, &plan);
        Ok(())
    })
}

/// Renders a valid request, as JSON or as YAML. Arguments: `{context?, target, requestId, now, attempt?, kind?, from?, origin?}`.
#[wasm_bindgen]
pub fn render(instance: usize, name: usize, request: usize, arguments: usize, as_yaml: bool) -> i32 {
    answer(|state| {
        let (berth, [name, request, arguments], output) =
            state.parts(instance, [name, request, arguments])?;
        let request = arguments::request(name, request)?;
        let arguments = Arguments::read(arguments)?;
        let (context, origin) = (arguments.context()?, arguments.origin()?);
        let options = arguments.render_options(origin.as_ref())?;
        let rendering = berth.render(&request, &context, &options)?;
        if as_yaml {
            rendering.write_yaml(output);
            return Ok(());
        }
        write(output, &rendering);
        Ok(())
    })
}
