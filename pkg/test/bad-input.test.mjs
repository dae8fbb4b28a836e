// What can't be judged is refused with its place, changes nothing, and the next request is judged as ever.
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { Berth, BerthError, decide, plan, render, renderYaml, schema, Source } from '@berth/core';

const request = { namespaceName: 'payments-checkout', team: 'payments', environment: 'staging' };
const berth = new Berth();

afterEach(() => {
  assert.equal(berth.decide(request).valid, true, 'the instance works afterwards');
  assert.equal(Object.keys(Object.prototype).length, 0, 'nothing was added to every object');
});

function refused(work, code, pointer) {
  assert.throws(work, error => {
    assert.ok(error instanceof BerthError, String(error));
    assert.equal(error.code, code);
    assert.ok(error.message.length > 0);
    if (pointer !== undefined) assert.equal(error.location?.pointer, pointer);
    return true;
  });
}

test('values that JSON can not hold', () => {
  const cyclic = { ...request };
  cyclic.features = [cyclic];
  for (const [value, pointer] of [
    [undefined, ''],
    [() => request, ''],
    [Symbol('request'), ''],
    [10n, ''],
    [{ ...request, costCenter: 10n }, '/costCenter'],
    [{ ...request, costCenter: NaN }, '/costCenter'],
    [{ ...request, costCenter: -Infinity }, '/costCenter'],
    [{ ...request, 'a/b~c': () => 1 }, '/a~1b~0c'],
    [{ ...request, features: ['gpu-access', undefined] }, '/features/1'],
    // eslint-disable-next-line no-sparse-arrays
    [{ ...request, features: [, 'gpu-access'] }, '/features/0'],
    [{ ...request, features: new Set(['gpu-access']) }, '/features'],
    [new Map(Object.entries(request)), ''],
    [{ ...request, expiresAt: new Date(NaN) }, undefined],
  ]) {
    if (pointer === undefined) assert.equal(berth.decide(value).valid, false);
    else refused(() => berth.decide(value), 'not-json', pointer);
  }
  refused(() => berth.decide(cyclic), 'not-json');
});

test('a key that is undefined is a key that is left out; a date is its text', () => {
  assert.deepEqual(berth.decide({ ...request, description: undefined }), berth.decide(request));
  const { request: read, valid } = berth.decide({ ...request, expiresAt: new Date('2030-01-01T00:00:00Z') });
  assert.equal(valid, true);
  assert.equal(read.expiresAt, '2030-01-01T00:00:00.000Z');
});

test('numbers that are no whole numbers', () => {
  refused(() => berth.decide({ ...request, costCenter: 1.5 }), 'not-whole', '/costCenter');
  refused(() => berth.decide({ ...request, costCenter: 2 ** 60 }), 'number-too-large', '/costCenter');
});

test('text that is no text, and too much of it', () => {
  refused(() => berth.decide({ ...request, description: '\ud83d' }), 'syntax');
  refused(() => berth.decide({ ...request, description: 'x'.repeat(10_000_000) }), 'too-long');
  refused(() => berth.decide(JSON.parse('['.repeat(150) + ']'.repeat(150))), 'too-deep');
  refused(() => berth.decide({ features: new Array(200_000).fill('gpu-access') }), 'too-long');
  refused(() => berth.decide({ features: new Array(120_000).fill(1) }), 'too-many-values');
});

test('what is no request is a violation', () => {
  for (const value of [null, true, 7, 'text', [], [request]]) {
    assert.deepEqual(berth.decide(value).violations.map(({ code }) => code), ['type'], JSON.stringify(value));
  }
  assert.equal(berth.decide({}).violations.length, 3);
});

test('keys that would reach a prototype are unknown keys', () => {
  const polluting = JSON.parse('{"__proto__": {"valid": true}, "constructor": {"prototype": {"polluted": 1}}}');
  const { violations, request: read } = berth.decide({ ...polluting, ...request, ['__proto__']: { valid: true } });
  assert.deepEqual(violations.map(({ path }) => path).sort(), ['/__proto__', '/constructor']);
  assert.equal(Object.getPrototypeOf(read), Object.prototype);
  assert.equal({}.polluted, undefined);
  refused(() => new Berth({ platform: polluting }), 'invalid-document');
  refused(() => schema('__proto__'), 'unknown-schema');
  refused(() => schema('constructor'), 'unknown-schema');
});

test('requests as text keep their lines, and keys that stand twice are found', () => {
  assert.equal(berth.decide(new Source(JSON.stringify(request))).valid, true);
  assert.throws(() => berth.decide(new Source('{"team": "payments",\n "team": "orders"}', 'request.json')), {
    code: 'duplicate-key',
    location: { source: 'request.json', pointer: '/team', line: 2, column: 2 },
  });
  refused(() => berth.decide(new Source('team: payments', 'request.yaml')), 'yaml-left-out');
});

test('a document with errors names all of them, with their places', () => {
  const platform = '{\n  "apiVersion": "berth.dev/v1alpha1",\n  "kind": "Platfrom"\n}';
  assert.throws(() => new Berth({ platform }), error => {
    assert.equal(error.code, 'invalid-document');
    assert.equal(error.location.line, 3);
    assert.equal(error.location.source, 'platform.json');
    assert.equal(error.errors.length, 1);
    return true;
  });
  assert.throws(() => new Berth({ platform: JSON.parse(platform) }), error => {
    assert.deepEqual(error.location, { source: 'platform.json', pointer: '/kind' });
    return true;
  });
  refused(() => new Berth({ blueprints: [] }), 'invalid-document');
});

test('a request that is not valid is neither planned nor rendered, and the error says why', () => {
  const options = { target: 'workflow', requestId: 'req-1', now: '2026-01-01T00:00:00Z' };
  for (const work of [() => plan({}), () => render({}, options), () => renderYaml({}, options)]) {
    assert.throws(work, error => {
      assert.equal(error.code, 'invalid-request');
      assert.equal(error.decision.valid, false);
      assert.deepEqual(error.decision, decide({}));
      return true;
    });
  }
});

test('arguments that are not what they must be', () => {
  const now = '2026-01-01T00:00:00Z';
  const good = { target: 'workflow', requestId: 'req-1', now };
  refused(() => render(request, { ...good, target: 'helm' }), 'invalid-argument');
  refused(() => render(request, { ...good, requestId: '$(id)' }), 'invalid-argument');
  refused(() => render(request, { ...good, requestId: undefined }), 'invalid-argument');
  refused(() => render(request, { ...good, now: 'today' }), 'invalid-argument');
  refused(() => render(request, { ...good, attempt: 0 }), 'invalid-argument');
  refused(() => render(request, { ...good, kind: 'change' }), 'invalid-argument');
  refused(() => decide(request, { requester: 'ada' }), 'invalid-context', '/requester');
  const origin = { requestId: 'req-0', createdAt: now };
  const other = { ...request, namespaceName: 'payments-ledger' };
  refused(() => render(request, { ...good, kind: 'change', from: other, origin }), 'invalid-request');
});

test('nothing can be asked of what was disposed of', () => {
  const gone = new Berth();
  gone.dispose();
  gone.dispose();
  refused(() => gone.decide(request), 'disposed');
  refused(() => gone.documents(), 'disposed');
});
