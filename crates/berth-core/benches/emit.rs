//! How long a Workflow of the usual size takes to become YAML: twelve steps, each with a bundle of JSON in one string.

use std::hint::black_box;

use berth_core::emit::to_yaml;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use serde_json::{Value, json};

fn workflow() -> Value {
    let bundle = r#"\u007b"apiVersion":"v1","kind":"ResourceQuota","metadata":\u007b"name":"compute-quota"\u007d\u007d"#.repeat(14);
    let containers: Vec<Value> = (0..12)
        .map(|step| {
            json!({
                "name": format!("step-{step}"),
                "image": "registry.k8s.io/kubectl:v1.34.1",
                "command": ["kubectl", "apply", "--server-side", "--field-manager=berth", "--filename=/dev/stdin"],
                "env": [{"name": "BUNDLE", "value": bundle}, {"name": "HOME", "value": "/tmp"}],
                "dependencies": if step > 0 { vec![format!("step-{}", step - 1)] } else { Vec::new() },
                "resources": {"limits": {"cpu": "500m", "memory": "128Mi"}, "requests": {"cpu": "50m", "memory": "64Mi"}},
                "securityContext": {"runAsUser": 65532, "readOnlyRootFilesystem": true},
            })
        })
        .collect();
    json!({
        "apiVersion": "argoproj.io/v1alpha1",
        "kind": "Workflow",
        "metadata": {"name": "berth-namespace-0123456789abcdef", "labels": {"platform.io/team": "payments"}},
        "spec": {"templates": [{"name": "main", "containerSet": {"containers": containers}}]},
    })
}

fn writing(criterion: &mut Criterion) {
    let workflow = workflow();
    let mut group = criterion.benchmark_group("emit");
    group.throughput(Throughput::Bytes(to_yaml(&workflow).len() as u64));
    group.bench_function("workflow", |bencher| bencher.iter(|| to_yaml(black_box(&workflow))));
    group.bench_function("workflow, as json by serde_json", |bencher| {
        bencher.iter(|| serde_json::to_string(black_box(&workflow)));
    });
    group.finish();
}

criterion_group!(benches, writing);
criterion_main!(benches);
