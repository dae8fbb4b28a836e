// How many requests the backend takes: POST at a concurrency of 16 with everything that makes it safe (locks, audit, outbox,
// durable settings), and reads of a status. A benchmark: it asserts only that every answer was the wanted one.
//   node tests/load/load.mjs [--seconds 10] [--connections 16]
import autocannon from 'autocannon';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { demoToken } from '../../../scripts/demo/token.mjs';
import { startBackend } from '../lib/backend.mjs';
import { startEngine } from '../lib/engine.mjs';

const { values: options } = parseArgs({
  options: { seconds: { type: 'string', default: '10' }, connections: { type: 'string', default: '16' } },
});
const duration = Number(options.seconds);
const connections = Number(options.connections);

const folder = await mkdtemp(join(tmpdir(), 'berth-load-'));
const ends = [() => rm(folder, { recursive: true, force: true })];
try {
  const engine = await startEngine();
  ends.push(() => engine.stop());
  const began = performance.now();
  const backend = await startBackend({ folder, argoUrl: engine.url });
  ends.push(() => backend.stop('SIGTERM'));
  console.log(`start to ready: ${((performance.now() - began) / 1000).toFixed(1)} s; load ${loadavg()[0].toFixed(1)}`);

  const token = demoToken({ sub: 'load-test', groups: ['Platform-Admins'], roles: ['platform:admin'] });
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const base = `${backend.url}/api/platform/namespaces/request`;

  let number = 0;
  let requestId;
  const post = await run({
    url: base,
    connections,
    duration,
    requests: [
      {
        method: 'POST',
        headers,
        setupRequest: request => ({ ...request, body: JSON.stringify(namespace(number++)) }),
        onResponse: (status, body) => {
          if (status === 201) requestId ??= JSON.parse(body).requestId;
        },
      },
    ],
  });
  report('POST /namespaces/request', post, await memory(backend.pid));
  const read = await run({ url: `${base}/${requestId}/status`, connections, duration, headers });
  report('GET  .../status', read, await memory(backend.pid));
  if (post.non2xx + read.non2xx > 0) {
    console.error(`not every answer was 2xx: ${JSON.stringify(post.statusCodeStats)}, ${JSON.stringify(read.statusCodeStats)}`);
    process.exitCode = 1;
  }
} finally {
  for (const end of ends.reverse()) await end();
}

function namespace(n) {
  return {
    namespaceName: `load-${n}`,
    team: `team-${Math.floor(n / 8)}`,
    environment: 'development',
    resourceTier: 'small',
    networkPolicy: 'isolated',
    features: [],
    description: 'One of very many',
  };
}

function run(settings) {
  return new Promise((resolve, reject) => autocannon(settings, (error, result) => (error ? reject(error) : resolve(result))));
}

function report(what, result, rss) {
  const { requests, latency } = result;
  console.log(`${what}: ${requests.average.toFixed(0)}/s, p50 ${latency.p50} ms, p99 ${latency.p99} ms, ${requests.total} in all; backend ${rss} MiB`);
}

/** Resident memory of a process, in MiB. */
async function memory(pid) {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)[1]) / 1024);
}
