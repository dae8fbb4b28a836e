//! How long a text takes to become a value: the request of the README as JSON and as YAML, against `serde_json` alone.

use std::hint::black_box;

use berth_core::input::{Format, locate, parse};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

const REQUEST_JSON: &str = r#"{
  "namespaceName": "payments-checkout",
  "team": "payments",
  "environment": "production",
  "resourceTier": "small",
  "networkPolicy": "team-shared",
  "features": ["istio-injection", "monitoring-enhanced"],
  "description": "The checkout of the web shop, moved out of the monolith",
  "costCenter": "CC-1042",
  "expiresAt": "2027-01-01T00:00:00Z"
}
"#;

const REQUEST_YAML: &str = r#"namespaceName: payments-checkout
team: payments
environment: production
resourceTier: small
networkPolicy: team-shared
features: [istio-injection, monitoring-enhanced]
description: The checkout of the web shop, moved out of the monolith
costCenter: CC-1042
expiresAt: "2027-01-01T00:00:00Z"
"#;

fn reading(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("input");
    group.throughput(Throughput::Bytes(REQUEST_JSON.len() as u64));
    group.bench_function("json request", |bencher| {
        bencher.iter(|| parse(black_box(REQUEST_JSON), Format::Json));
    });
    group.bench_function("json request, serde_json alone", |bencher| {
        bencher.iter(|| serde_json::from_str::<serde_json::Value>(black_box(REQUEST_JSON)));
    });
    group.bench_function("yaml request", |bencher| {
        bencher.iter(|| parse(black_box(REQUEST_YAML), Format::Yaml));
    });
    group.bench_function("a position in a json request", |bencher| {
        bencher.iter(|| locate(black_box(REQUEST_JSON), Format::Json, 0, "/features/1"));
    });
    group.finish();
}

criterion_group!(benches, reading);
criterion_main!(benches);
