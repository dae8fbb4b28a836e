// How many requests the backend takes: POST with everything that makes it safe (locks, audit, outbox, durable settings), and reads of
// a status, on SQLite and on PostgreSQL. A benchmark: it asserts only that every answer was the wanted one.
//   node tests/load/load.mjs [--databases sqlite,postgres] [--seconds 10] [--connections 16] [--profile] [--soak REQUESTS]
// `--profile` says where the time of the POSTs went. `--soak` asks for so many namespaces instead, and says on the way how much
// memory the backend needs.
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findPostgres, startPostgres } from '../../plugins/platform-backend/src/testing/postgres.ts';
import { startBackend } from '../lib/backend.mjs';
import { startEngine } from '../lib/engine.mjs';
import { Inside } from './inside.mjs';
import { Caller } from './caller.mjs';
import { soak } from './soak.mjs';

const { values: options } = parseArgs({
  options: {
    databases: { type: 'string', default: 'sqlite,postgres' },
    seconds: { type: 'string', default: '10' },
    connections: { type: 'string', default: '16' },
    profile: { type: 'boolean', default: false },
    soak: { type: 'string', default: '' },
  },
});

const databases = options.databases.split(',');
const unknown = databases.find(name => !['sqlite', 'postgres'].includes(name));
if (unknown !== undefined) throw new Error(`\`${unknown}\` is no database that is measured here: write sqlite, postgres or both`);
for (const database of databases) {
  const ends = [];
  try {
    await onDatabase(database, ends);
  } finally {
    for (const end of ends.reverse()) await end();
  }
}

async function onDatabase(database, ends) {
  const folder = await mkdtemp(join(tmpdir(), 'berth-load-'));
  ends.push(() => rm(folder, { recursive: true, force: true }));
  const postgres = database === 'postgres' ? await startDurablePostgres(ends) : undefined;
  const engine = await startEngine();
  ends.push(() => engine.stop());
  const began = performance.now();
  const backend = await startBackend({ folder, argoUrl: engine.url, postgres, nodeArguments: Inside.arguments });
  ends.push(() => backend.stop('SIGTERM'));
  console.log(`${database}: start to ready ${((performance.now() - began) / 1000).toFixed(1)} s; load ${loadavg()[0].toFixed(1)}`);
  const inside = new Inside(backend);
  const caller = new Caller({ url: backend.url, connections: Number(options.connections) });
  if (options.soak) await soak({ caller, inside, engine, requests: Number(options.soak) });
  else await measure({ caller, inside, database });
  if (caller.refused > 0) {
    console.error(`${database}: ${caller.refused} answers were not those that were wanted`);
    process.exitCode = 1;
  }
}

async function measure({ caller, inside, database }) {
  const duration = Number(options.seconds);
  const before = await inside.memory();
  // What runs for the first time is slower: V8 compiles it.
  await caller.ask({ amount: 200 });
  await caller.settled();
  if (options.profile) inside.toggleProfile();
  const post = await caller.ask({ duration });
  if (options.profile) console.log(await inside.profile());
  await caller.settled();
  const after = await inside.memory();
  report(`${database}: POST`, post);
  report(`${database}: GET status`, await caller.read({ duration }));
  console.log(`${database}: memory before ${inMiB(before)}, after ${inMiB(after)}`);
}

async function startDurablePostgres(ends) {
  const programs = findPostgres();
  if (!programs) throw new Error('PostgreSQL is not installed: `apt install postgresql-15`, or `--databases sqlite`');
  const { host, user, stop } = await startPostgres(programs, { durable: true });
  ends.push(stop);
  return { host, user };
}

function report(what, { requests, latency }) {
  console.log(`${what}: ${requests.average.toFixed(0)}/s, p50 ${latency.p50} ms, p99 ${latency.p99} ms, ${requests.total} in all; load ${loadavg()[0].toFixed(1)}`);
}

function inMiB({ rss, heapUsed }) {
  const mib = bytes => `${Math.round(bytes / 2 ** 20)} MiB`;
  return `${mib(rss)} (heap ${mib(heapUsed)})`;
}
