//! Documents: a text taken as platform or as blueprint is loaded or refused with errors that name a place and say what
//! is wrong; what was loaded can judge a request.
#![no_main]

use berth_core::input::{Format, parse};
use berth_core::{Berth, Context, DocumentErrors, Source};
use libfuzzer_sys::fuzz_target;

const REQUEST: &str =
    r#"{"namespaceName": "payments-checkout", "team": "payments", "environment": "development"}"#;

fuzz_target!(|text: &str| {
    let document = Source { name: "document.yaml", text, format: Format::Yaml };
    if text.contains("kind: Platform") {
        judge(Berth::load(Some(document), None), text);
    } else {
        judge(Berth::load(None, Some(&[document])), text);
    }
});

fn judge(loaded: Result<Berth, DocumentErrors>, text: &str) {
    match loaded {
        Ok(berth) => {
            let request = parse(REQUEST, Format::Json).unwrap();
            let context = Context::default();
            let _ = berth.decide_with_options(&request, &context).valid;
        }
        Err(errors) => {
            assert!(!errors.errors.is_empty(), "refused without a reason");
            for error in errors.errors {
                assert!(!error.message.is_empty());
                let lines = text.lines().count().max(1);
                assert!(
                    error.location.is_none_or(|place| (1..=lines + 1).contains(&place.line)),
                    "{error:?}"
                );
            }
        }
    }
}
