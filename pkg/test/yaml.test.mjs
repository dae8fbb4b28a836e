// `@berth/core/yaml`: documents and requests as YAML, with the place of every mistake, and what only authors ask.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import * as core from '@berth/core';
import { Berth, locate, Source } from '@berth/core/yaml';

const read = path => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const platform = read('platform.yaml');
const namespace = read('blueprints/namespace.yaml');
const request = { namespaceName: 'payments-checkout', team: 'payments', environment: 'staging' };

test('the documents of the repository are the embedded ones', () => {
  const berth = new Berth({ platform: new Source(platform, 'platform.yaml'), blueprints: [namespace] });
  assert.equal(berth.policyDigest, new core.Berth().policyDigest);
  assert.deepEqual(berth.decide(request), core.decide(request));
});

test('a mistake has a file, a line and a column', () => {
  const wrong = platform.replace('kind: Platform', 'kind: Platfrom');
  const line = wrong.split('\n').findIndex(text => text === 'kind: Platfrom') + 1;
  assert.throws(() => new Berth({ platform: new Source(wrong, 'platform.yaml') }), {
    name: 'BerthError',
    code: 'invalid-document',
    location: { source: 'platform.yaml', pointer: '/kind', line, column: 7 },
  });
  assert.throws(() => new Berth({ platform: 'a: [1' }), { code: 'invalid-document' });
});

test('a request in YAML is judged, and its violations are found in the text', () => {
  const source = new Source('namespaceName: payments-checkout\nteam: payments\nenvironment: prod\n', 'request.yaml');
  const { violations } = new Berth().decide(source);
  assert.deepEqual(violations.map(({ path }) => locate(source, path)), [
    { source: 'request.yaml', pointer: '/environment', line: 3, column: 14 },
  ]);
  assert.throws(() => new Berth().decide(new Source('team: a\nteam: b\n', 'request.yaml')), {
    code: 'duplicate-key',
    location: { source: 'request.yaml', pointer: '/team', line: 2, column: 1 },
  });
});

test('a policy is checked', () => {
  const berth = new Berth();
  const { findings, coverage, policyDigest } = berth.checkPolicy();
  assert.deepEqual(findings.filter(({ severity }) => severity === 'error'), []);
  assert.equal(coverage[0].exhaustive, true);
  assert.equal(policyDigest, berth.policyDigest);
  assert.ok(berth.checkPolicy({ witnesses: true }).witnesses.length > 10);
});

test('CommonJS gives the same answers', () => {
  const commonjs = createRequire(import.meta.url)('@berth/core/yaml');
  assert.deepEqual(new commonjs.Berth().decide(request), new Berth().decide(request));
});
