// Kills the backend with SIGKILL at random points while people ask for namespaces and take requests back, and while Argo goes
// away, is slow, answers 500 and loses connections. Then looks: nothing lost, nothing doubled, every status has ended.
//   node tests/chaos/chaos.mjs [--kills 50] [--seed 1]
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startBackend } from '../lib/backend.mjs';
import { startEngine } from '../lib/engine.mjs';
import { BAD_WEATHER, startProxy } from '../lib/proxy.mjs';
import { seeded } from '../lib/random.mjs';
import { judge } from './judge.mjs';
import { Requesters } from './requesters.mjs';

const { values: options } = parseArgs({
  options: { kills: { type: 'string', default: '50' }, seed: { type: 'string', default: String(Date.now() % 100_000) } },
});
const kills = Number(options.kills);
const random = seeded(Number(options.seed));
/** Ten seconds, and what a busy machine adds. */
const ENDS_WITHIN_MS = 20_000;
const pause = ms => new Promise(resolve => setTimeout(resolve, ms));

const folder = await mkdtemp(join(tmpdir(), 'berth-chaos-'));
const ends = [() => rm(folder, { recursive: true, force: true })];
let verdict = 1;
try {
  console.log(`chaos: ${kills} kills, seed ${options.seed}`);
  // Some requests fail for good, so that rollback and what follows it are met by kills, too.
  const engine = await startEngine('--step-delay', '30ms', '--fail', 'quotas:12');
  ends.push(() => engine.stop());
  const proxy = await startProxy({ target: engine.url, random });
  ends.push(() => proxy.close());
  const start = () => startBackend({ folder, argoUrl: proxy.url });
  let backend = await start();
  ends.push(() => backend.stop('SIGKILL'));

  const requesters = new Requesters({ url: () => backend.url, random });
  requesters.start();
  for (let kill = 1; kill <= kills; kill += 1) {
    proxy.setWeather(kill % 3 === 0 ? {} : BAD_WEATHER);
    await pause(500 + random() * 4000);
    const away = kill % 5 === 0;
    if (away) await proxy.goAway();
    await backend.stop('SIGKILL');
    backend = await start();
    if (away) {
      await pause(random() * 2000);
      await proxy.comeBack();
    }
    if (kill % 10 === 0) console.log(`  ${kill} kills; ${requesters.summary()}`);
  }
  proxy.setWeather({});
  await requesters.finish();
  console.log(`  faults given by the proxy: ${JSON.stringify(proxy.given)}`);
  const findings = await judge({ requesters, engine, backend });
  findings.push(...(await endsInTime(backend)));
  for (const finding of findings) console.error(`  WRONG: ${finding}`);
  console.log(findings.length === 0 ? 'chaos: nothing lost, nothing doubled, every status has ended' : `chaos: ${findings.length} findings; seed ${options.seed}`);
  verdict = findings.length === 0 ? 0 : 1;
  if (verdict !== 0) {
    const log = join(tmpdir(), `berth-chaos-${process.pid}.log`);
    await writeFile(log, backend.output());
    console.log(`chaos: what the last backend wrote is in ${log}`);
  }
} finally {
  for (const end of ends.reverse()) await end();
}
process.exitCode = verdict;

/** Asked to end, it does: before whoever runs it loses patience. */
async function endsInTime(backend) {
  const began = performance.now();
  await Promise.race([backend.stop('SIGTERM'), pause(ENDS_WITHIN_MS)]);
  const took = performance.now() - began;
  return took < ENDS_WITHIN_MS ? [] : [`the backend still runs ${ENDS_WITHIN_MS / 1000} s after SIGTERM`];
}
