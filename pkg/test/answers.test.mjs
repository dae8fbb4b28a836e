// What the package answers: to a request of the team `payments`, by the embedded documents and by its own.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { Berth, decide, plan, render, renderYaml, schema, Source } from '@berth/core';

const request = { namespaceName: 'payments-checkout', team: 'payments', environment: 'staging' };
const now = '2026-01-01T00:00:00Z';

test('a valid request is decided with defaults, cost and approval', () => {
  const decision = decide(request);
  assert.equal(decision.valid, true);
  assert.deepEqual(decision.violations, []);
  assert.equal(decision.request.resourceTier, 'small');
  assert.equal(decision.cost.monthly, 10_000);
  assert.equal(decision.approval.required, false);
  assert.equal(decision.options, undefined);
});

test('what is wrong are violations, not exceptions', () => {
  const { valid, violations } = decide({ ...request, namespaceName: 'Payments_Checkout' });
  assert.equal(valid, false);
  assert.deepEqual(
    violations.map(({ code, path, hint }) => ({ code, path, hint })),
    [{ code: 'pattern', path: '/namespaceName', hint: 'did you mean `payments-checkout`?' }],
  );
});

test('options say what may still be chosen, when asked for', () => {
  const { options } = decide({ ...request, environment: 'production' }, undefined, { options: true });
  const micro = options.resourceTier.find(option => option.value === 'micro');
  assert.equal(micro.allowed, false);
  assert.equal(micro.code, 'rule.production-needs-capacity');
});

test('who asks the same again gets the same, in objects of his own; who asks something else does not', () => {
  const berth = new Berth();
  const first = berth.decide(request);
  const wanted = structuredClone(first);
  first.cost.monthly = 0;
  first.request.team = 'orders';
  assert.deepEqual(berth.decide({ ...request }), wanted);
  assert.notEqual(berth.decide(request, undefined, { options: true }).options, undefined);
  assert.equal(berth.decide(request, { nameTaken: true }).valid, false);
  assert.equal(berth.decide(request).valid, true);
  assert.equal(berth.decide({ ...request, team: 'orders' }).request.team, 'orders');
  assert.throws(() => berth.decide(new Source(JSON.stringify(request), 'request.yaml')), { code: 'yaml-left-out' });
});

test('the context is judged', () => {
  const { violations } = decide(request, { nameTaken: true });
  assert.deepEqual(violations.map(({ code }) => code), ['name-taken']);
});

test('a plan, a Workflow and manifests come of a valid request', () => {
  assert.equal(plan(request).steps[0].id, 'namespace');
  const workflow = render(request, { target: 'workflow', requestId: 'req-1', now });
  assert.equal(workflow.kind, 'Workflow');
  assert.match(renderYaml(request, { target: 'manifests', requestId: 'req-1', now }), /^apiVersion: v1\nkind: Namespace\n/);
});

test('a change and a deletion are rendered from what stands', () => {
  const origin = { requestId: 'req-0', createdAt: '2025-06-01T08:00:00Z' };
  const bigger = { ...request, resourceTier: 'medium' };
  const options = { target: 'workflow', requestId: 'req-1', now, origin };
  const labels = kind => render(bigger, { ...options, kind, from: request }).metadata.labels;
  assert.equal(labels('change')['platform.io/workflow-kind'], 'change');
  assert.equal(labels('delete')['platform.io/workflow-kind'], 'delete');
});

test('own documents decide, and are given back', () => {
  const standard = new Berth();
  const { platform } = standard.documents();
  platform.spec.environments.staging.approval = { by: ['group:default/leads'], reason: 'staging is shared' };
  const berth = new Berth({ platform });
  assert.notEqual(berth.policyDigest, standard.policyDigest);
  assert.equal(berth.decide(request).approval.required, true);
  assert.deepEqual(berth.documents().platform, platform);
});

test('schemas of requests, documents and answers', () => {
  for (const name of ['request', 'namespace.request', 'platform', 'blueprint', 'decision', 'plan', 'workflow']) {
    assert.equal(schema(name).$schema, 'https://json-schema.org/draft/2020-12/schema', name);
  }
  assert.deepEqual(new Berth().requestSchema('namespace').required, ['namespaceName', 'team', 'environment']);
  assert.equal(new Berth().requestSchema('spaceship'), undefined);
});

test('CommonJS gives the same answers', () => {
  const commonjs = createRequire(import.meta.url)('@berth/core');
  assert.deepEqual(commonjs.decide(request), decide(request));
});
