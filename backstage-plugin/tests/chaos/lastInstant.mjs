// Cancels requests in the last instant: when their workflow is about to end, or has just made its namespace ready and not said so yet.
// Whoever wins, the status is what stands in the cluster.
//   node tests/chaos/lastInstant.mjs [--requests 120] [--seed 1]
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startBackend } from '../lib/backend.mjs';
import { startEngine } from '../lib/engine.mjs';
import { seeded } from '../lib/random.mjs';
import { judge } from './judge.mjs';
import { Requesters } from './requesters.mjs';

const { values: options } = parseArgs({
  options: { requests: { type: 'string', default: '120' }, seed: { type: 'string', default: String(Date.now() % 100_000) } },
});
const random = seeded(Number(options.seed));

const folder = await mkdtemp(join(tmpdir(), 'berth-last-instant-'));
const ends = [() => rm(folder, { recursive: true, force: true })];
try {
  console.log(`last instant: ${options.requests} requests, seed ${options.seed}`);
  const engine = await startEngine('--step-delay', '30ms');
  ends.push(() => engine.stop());
  const backend = await startBackend({ folder, argoUrl: engine.url });
  ends.push(() => backend.stop('SIGKILL'));
  const requesters = new Requesters({ url: () => backend.url, random });
  await requesters.askAndAim(Number(options.requests));
  const findings = await judge({ requesters, engine, backend });
  for (const finding of findings) console.error(`  WRONG: ${finding}`);
  console.log(findings.length === 0 ? 'last instant: the status is what stands' : `last instant: ${findings.length} findings`);
  process.exitCode = findings.length === 0 ? 0 : 1;
} finally {
  for (const end of ends.reverse()) await end();
}
