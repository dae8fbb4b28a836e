//! Requests: any JSON value gets a decision, the same one twice; a valid one renders to a Workflow whose only tag is
//! Berth's own, whatever the request holds.
#![no_main]

use std::sync::LazyLock;

use berth_core::input::{Format, parse};
use berth_core::plan::RequestId;
use berth_core::render::{Kind, RenderOptions, Target};
use berth_core::{Berth, Context, Moment};
use libfuzzer_sys::fuzz_target;

static BERTH: LazyLock<Berth> = LazyLock::new(|| Berth::embedded().unwrap());

fuzz_target!(|text: &str| {
    let Ok(request) = parse(text, Format::Json) else { return };
    let context = Context::default();
    let decision = BERTH.decide_with_options(&request, &context);
    let written = serde_json::to_string(&decision).unwrap();
    assert_eq!(decision.valid, !written.contains(r#""severity":"error""#), "{written}");
    let again = serde_json::to_string(&BERTH.decide_with_options(&request, &context)).unwrap();
    assert_eq!(written, again, "one request, two decisions");
    if !decision.valid {
        return;
    }
    let options = RenderOptions {
        target: Target::Workflow,
        kind: Kind::Create,
        request_id: RequestId::parse("req-1").unwrap(),
        now: Moment::parse("2026-01-01T00:00:00Z").unwrap(),
        attempt: 1,
    };
    let workflow = BERTH.render(&request, &context, &options).expect("what is valid can be rendered");
    let workflow = serde_json::to_string(&workflow).unwrap();
    assert_eq!(workflow.matches("{{").count(), 1, "a tag that is not Berth's own");
});
