// Memory stays flat, what is forgotten is freed, and a module that trapped is replaced: run with --expose-gc.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { Berth } from '@berth/core';
import { memory, started } from './modules.mjs';

const request = { namespaceName: 'payments-checkout', team: 'payments', environment: 'staging' };

/** Runs a script in a process of its own, with flags of Node. */
function run(flags, script) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...flags, '--input-type=module', '--eval', script], {
    cwd: new URL('..', import.meta.url),
    encoding: 'utf8',
  });
  assert.equal(status, 0, stderr);
  return stdout.trim();
}

test('200,000 decisions take no memory that stays', () => {
  const berth = new Berth();
  for (let index = 0; index < 1000; index += 1) berth.decide(request, { nameTaken: true });
  const before = { heap: heap(), memory: memory() };
  for (let index = 0; index < 200_000; index += 1) {
    berth.decide({ ...request, namespaceName: `payments-${index % 2 === 0 ? index : 'Not A Name'}` });
  }
  assert.equal(memory(), before.memory);
  assert.ok(heap() - before.heap < 2_000_000, `${heap() - before.heap} bytes more`);
});

function heap() {
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}

test('instances that are disposed of, or forgotten, give their memory back', async () => {
  // Their own documents: the embedded ones are there once, for all.
  const { platform } = new Berth().documents();
  const make = () => new Berth({ platform }).policyDigest;
  const twenty = async () => {
    for (let index = 0; index < 20; index += 1) make();
    await collected();
    const disposed = Array.from({ length: 20 }, () => new Berth({ platform }));
    for (const berth of disposed) berth.dispose();
  };
  await twenty();
  const before = memory();
  for (let round = 0; round < 10; round += 1) await twenty();
  // 400 instances need some 40 MB; a little is left to chance, since nobody says when a collection is.
  assert.ok(memory() - before < 2_000_000, `${memory() - before} bytes more`);
});

/** Finalizers run in a task of their own after a collection. */
async function collected() {
  for (let round = 0; round < 3; round += 1) {
    globalThis.gc();
    await setImmediate();
  }
}

test('a stack overflow inside the module does not poison it', () => {
  const berth = new Berth({ platform: new Berth().documents().platform });
  const wanted = berth.decide(request);
  const before = started();
  const errors = new Array(10_000);
  let count = 0;
  // The way back up tries at every depth, so that some calls end in the middle of the core.
  const descend = () => {
    try {
      descend();
    } catch {
      try {
        // Never twice the same: that needs no module.
        berth.decide({ ...request, description: `attempt ${count}` });
      } catch (error) {
        errors[count] = error;
        count += 1;
        throw error;
      }
    }
  };
  descend();
  assert.ok(started() > before, 'the module was replaced');
  assert.ok(errors.some(error => error instanceof RangeError || error?.code === 'crashed'));
  assert.deepEqual(berth.decide(request), wanted);
});

test('memory that runs out does not poison the module', () => {
  const script = `
    import { Berth } from '@berth/core';
    const berth = new Berth();
    const request = ${JSON.stringify(request)};
    const wanted = JSON.stringify(berth.decide(request));
    const large = { ...request, features: new Array(90000).fill('gpu-access') };
    let code = 'none';
    try { berth.decide(large); } catch (error) { code = error.code; }
    console.log(code, JSON.stringify(berth.decide(request)) === wanted);
  `;
  // 64 kB a page: the module starts with less than 30, and 90,000 values need more.
  assert.equal(run(['--wasm-max-mem-pages=60'], script), 'crashed true');
  assert.equal(run([], script), 'too-long true');
});

test('nothing of Node is needed, and nothing to wait for', () => {
  const script = `
    delete globalThis.Buffer;
    const { decide } = await import('@berth/core');
    console.log(decide(${JSON.stringify(request)}).valid);
  `;
  assert.equal(run([], script), 'true');
});

test('what judging does not need is loaded when it is first asked for, and again after a crash', () => {
  const script = `
    import { restsLoaded } from './test/modules.mjs';
    import { decide, plan, renderYaml } from '@berth/core';
    const request = ${JSON.stringify(request)};
    const counts = [];
    decide(request, { usage: { namespaces: 3, monthlyCost: 45000 } }, { options: true });
    decide({ ...request, environment: 'production', resourceTier: 'micro' });
    plan(request);
    counts.push(restsLoaded());
    const ask = () => renderYaml(request, { target: 'workflow', requestId: 'req-1', now: '2026-01-01T00:00:00Z' });
    const yaml = ask();
    ask();
    counts.push(restsLoaded());
    const large = { ...request, features: new Array(90000).fill('gpu-access') };
    try { decide(large); } catch (error) { counts.push(error.code); }
    counts.push(ask() === yaml, restsLoaded());
    console.log(counts.join(' '));
  `;
  assert.equal(run(['--wasm-max-mem-pages=60'], script), '0 1 crashed true 2');
});

test('the modules import nothing that could do anything', async () => {
  const { bytesOf } = await import('../dist/esm/inflate.js');
  const importsOf = async name => {
    const { [name]: embedded } = await import(`../dist/esm/embedded/${name}.js`);
    const bytes = bytesOf(embedded);
    assert.equal(bytes.length, embedded.size);
    return WebAssembly.Module.imports(new WebAssembly.Module(bytes));
  };
  const sources = async name => [...new Set((await importsOf(name)).map(({ module, name: what, kind }) =>
    kind === 'function' && module !== 'main' ? `${module} ${what}` : module,
  ))];
  assert.deepEqual(await sources('core'), ['rest load']);
  assert.deepEqual(await sources('rest'), ['main']);
  assert.deepEqual(await sources('bare'), []);
  assert.deepEqual(await sources('yaml'), []);
});
