// `@berth/core/bare`: the documents of a server, the answers of `@berth/core`, and nothing of it is loaded.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import * as core from '@berth/core';
import { Berth, BerthError } from '@berth/core/bare';

const documents = new core.Berth().documents();
const berth = new Berth(documents);
const request = { namespaceName: 'payments-checkout', team: 'payments', environment: 'staging' };

test('the same documents have the same digest, and the same answers', () => {
  const complete = new core.Berth(documents);
  const identity = { requestId: 'req-1', now: '2026-01-01T00:00:00Z' };
  const context = { now: identity.now, requester: { ref: 'user:default/ada', groups: ['group:default/payments'] }, usage: { namespaces: 3, monthlyCost: 45000 } };
  assert.equal(berth.policyDigest, complete.policyDigest);
  assert.deepEqual(berth.blueprints, ['namespace']);
  for (const asked of [request, { ...request, environment: 'prod' }]) {
    assert.deepEqual(berth.decide(asked, context, { options: true }), complete.decide(asked, context, { options: true }));
  }
  assert.deepEqual(berth.plan(request, { context }), complete.plan(request, { context }));
  for (const target of ['workflow', 'workflow-ref', 'workflow-template', 'manifests']) {
    const options = { ...identity, context, target };
    assert.equal(berth.renderYaml(request, options), complete.renderYaml(request, options), target);
  }
});

test('a document that is missing is an error, not one of its own', () => {
  for (const [given, name] of [[{}, 'platform'], [{ platform: documents.platform }, 'blueprints'], [{ blueprints: documents.blueprints }, 'platform']]) {
    const wanted = { code: 'invalid-argument', message: `\`${name}\` is missing`, hint: /give the platform and its blueprints/ };
    assert.throws(() => new Berth(given), wanted);
  }
  assert.throws(() => new Berth({ ...documents, blueprints: [] }), { code: 'invalid-document', message: /there is no blueprint/ });
  assert.equal(berth.decide(request).valid, true, 'others go on');
});

test('its errors are those of `@berth/core`', () => {
  assert.equal(BerthError, core.BerthError);
  assert.throws(() => berth.plan({ ...request, environment: 'prod' }), core.BerthError);
});

test('it starts one module, two thirds of what `@berth/core` carries', () => {
  const script = `
    import { restsLoaded, started } from './test/modules.mjs';
    import { Berth } from '@berth/core/bare';
    const berth = new Berth(${JSON.stringify(documents)});
    berth.renderYaml(${JSON.stringify(request)}, { target: 'workflow', requestId: 'req-1', now: '2026-01-01T00:00:00Z' });
    console.log(started(), restsLoaded());
  `;
  const options = { cwd: new URL('..', import.meta.url), encoding: 'utf8' };
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], options);
  assert.equal(stdout, '1 0\n', stderr);
  const length = name => readFileSync(new URL(`../dist/esm/embedded/${name}.js`, import.meta.url)).length;
  assert.ok(length('bare') < (length('core') + length('rest')) * 0.7);
});

test('CommonJS gives the same answers', () => {
  const commonjs = createRequire(import.meta.url)('@berth/core/bare');
  assert.deepEqual(new commonjs.Berth(documents).decide(request), berth.decide(request));
});
