// Two backends on one PostgreSQL, as in production: what is done at one is heard by the browsers of the other, and when one is killed
// the other goes on with what it had begun.
//   node tests/replicas/replicas.mjs
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPostgres, startPostgres } from '../../plugins/platform-backend/src/testing/postgres.ts';
import { startBackend } from '../lib/backend.mjs';
import { startEngine } from '../lib/engine.mjs';
import { Caller } from '../load/caller.mjs';
import { Browser } from './browser.mjs';

const programs = findPostgres();
if (!programs) throw new Error('PostgreSQL is not installed: run `apt install postgresql-15`, or name its programs in `PG_BIN`');

const folder = await mkdtemp(join(tmpdir(), 'berth-replicas-'));
const ends = [() => rm(folder, { recursive: true, force: true })];
try {
  const { stop, ...postgres } = await startPostgres(programs);
  ends.push(stop);
  const engine = await startEngine('--step-delay', '200ms');
  ends.push(() => engine.stop());
  const start = async () => {
    const backend = await startBackend({ folder, argoUrl: engine.url, postgres });
    ends.push(() => backend.stop('SIGKILL'));
    return backend;
  };
  // One after the other: whoever comes second finds the tables there.
  const [a, b] = [await start(), await start()];
  const [atA, atB] = [a, b].map(({ url }, index) => new Caller({ url, connections: 1, name: `at-${index}` }));

  for (const [from, asked, heard, to] of [['A', atA, b, 'B'], ['B', atB, a, 'A']]) {
    const browser = await Browser.open(heard.url);
    const { requestId, status } = await asked.one();
    assert.equal(status, 'queued');
    const began = performance.now();
    await browser.hears(requestId);
    console.log(`replicas: what was asked for at ${from} was heard at ${to} after ${(performance.now() - began).toFixed(0)} ms`);
    browser.close();
  }
  await atB.settled();

  // Whoever has the lease to watch, and whatever A has begun: all of it ends without A.
  const left = await Promise.all(Array.from({ length: 5 }, () => atA.one()));
  await a.stop('SIGKILL');
  const began = performance.now();
  await atB.settled();
  for (const { requestId } of left) assert.equal((await atB.status(requestId)).status, 'completed');
  console.log(`replicas: B ended what A had begun, ${((performance.now() - began) / 1000).toFixed(1)} s after A was killed`);
  assert.equal((await engine.workflows()).length, left.length + 2, 'one workflow for each request');
} finally {
  for (const end of ends.reverse()) await end();
}
