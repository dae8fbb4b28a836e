//! What a decision, a plan and a rendering cost, natively.
#![allow(missing_docs, clippy::unwrap_used)]

use std::hint::black_box;

use berth_core::input::{Format, parse};
use berth_core::plan::RequestId;
use berth_core::render::{Kind, RenderOptions, Target};
use berth_core::{Berth, Context, Moment, PlanOptions};
use criterion::{Criterion, criterion_group, criterion_main};

const REQUEST: &str = r#"{"namespaceName":"argo-test-1","team":"platform","environment":"development",
"resourceTier":"small","networkPolicy":"team-shared","features":["istio-injection","monitoring-enhanced"],
"description":"Testing"}"#;
const INVALID: &str = r#"{"namespaceName":"argo-test-1","team":"platform","environment":"production",
"resourceTier":"micro","networkPolicy":"open","features":["istio-injection","monitoring-enhanced"],
"description":"Testing"}"#;

fn core(c: &mut Criterion) {
    let berth = Berth::embedded().unwrap();
    let context = Context::UNKNOWN;
    let request = parse(REQUEST, Format::Json).unwrap();
    let invalid = parse(INVALID, Format::Json).unwrap();

    c.bench_function("load the embedded documents", |b| b.iter(Berth::embedded));
    c.bench_function("parse", |b| b.iter(|| parse(black_box(REQUEST), Format::Json)));
    c.bench_function("decide", |b| b.iter(|| berth.decide(black_box(&request), &context)));
    c.bench_function("decide, invalid", |b| b.iter(|| berth.decide(black_box(&invalid), &context)));
    c.bench_function("decide with options", |b| {
        b.iter(|| berth.decide_with_options(black_box(&request), &context));
    });
    c.bench_function("decide from text", |b| {
        b.iter(|| {
            let request = parse(black_box(REQUEST), Format::Json).unwrap();
            berth.decide(&request, &context).valid
        });
    });
    c.bench_function("decide from text to text", |b| {
        b.iter(|| {
            let request = parse(black_box(REQUEST), Format::Json).unwrap();
            serde_json::to_string(&berth.decide(&request, &context)).unwrap()
        });
    });
    c.bench_function("plan", |b| {
        b.iter(|| berth.plan(black_box(&request), &context, &PlanOptions::default()).unwrap().steps.len());
    });
    let options = RenderOptions {
        target: Target::Workflow,
        kind: Kind::Create,
        request_id: RequestId::parse("r1").unwrap(),
        now: Moment::parse("2026-01-01T00:00:00Z").unwrap(),
        attempt: 1,
    };
    c.bench_function("render a Workflow", |b| {
        b.iter(|| berth.render(black_box(&request), &context, &options).unwrap());
    });
    c.bench_function("render a Workflow to YAML", |b| {
        b.iter(|| berth.render(black_box(&request), &context, &options).unwrap().to_yaml());
    });
}

criterion_group!(benches, core);
criterion_main!(benches);
