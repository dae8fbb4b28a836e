// Starts the demo: first the engine, then the backend that knows its address. Both keep their data in memory or in a folder that goes
// when they end, so that every demo starts from nothing.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './build.mjs';
import { checkNeeds } from './needs.mjs';
import { Processes, repository } from './processes.mjs';
import { FAILING_ONCE, seed } from './seed.mjs';

const LONGEST_START_MS = 120_000;

/**
 * Ends this process with status 2 when something is missing, and with 1 when something fails. With `withPortal` there are pages
 * to open, and a past to see on them.
 *
 * Gives `url` of the backend, `engine`, `metrics`, and `processes`, whose `end(code)` ends everything.
 */
export async function startDemo({ port, metricsPort, engineArguments = [], withPortal = false }) {
  const needs = await checkNeeds({ port, metricsPort });
  if (needs.problems.length > 0) {
    needs.problems.forEach(problem => console.error(`demo: ${problem}`));
    process.exit(2);
  }
  const data = mkdtempSync(join(tmpdir(), 'berth-demo-'));
  const processes = new Processes(() => rmSync(data, { recursive: true, force: true }));
  try {
    await build(processes, { ...needs, withPortal });
    console.log('demo: starting the engine and the backend');
    const engine = await processes
      .start('engine', needs.berth, ['sandbox', '--port', '0', ...(withPortal ? FAILING_ONCE : []), ...engineArguments])
      .line(/http:\/\/127\.0\.0\.1:\d+/);
    const url = `http://localhost:${port}`;
    await startBackend(processes, needs.node, url, {
      ARGO_NAMESPACE: 'berth-workflows',
      ARGO_TIMEOUT: '30s',
      ...process.env,
      ARGO_WORKFLOWS_URL: engine,
      BERTH_DEMO_DATA: data,
      BERTH_DEMO_PORT: String(port),
      BERTH_METRICS_PORT: String(metricsPort),
      NODE_ENV: 'production',
      NODE_OPTIONS: '--no-deprecation',
    });
    if (withPortal) {
      await seed(url);
    }
    return { url, engine, metrics: `http://127.0.0.1:${metricsPort}/metrics`, processes };
  } catch (error) {
    console.error(`demo: ${error.message}`);
    return processes.end(1);
  }
}

async function startBackend(processes, node, url, env) {
  const cwd = join(repository, 'backstage-plugin/packages/backend');
  const transform = ['--require', '@backstage/cli/config/nodeTransform.cjs'];
  const args = [...transform, 'src/index.ts', '--config', '../../app-config.yaml'];
  processes.start('backend', node, args, { cwd, env });
  const until = Date.now() + LONGEST_START_MS;
  while (Date.now() < until) {
    const ready = await fetch(`${url}/.backstage/health/v1/readiness`).catch(() => undefined);
    if (ready?.ok) {
      return;
    }
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  throw new Error(`the backend was not ready within ${LONGEST_START_MS / 1000} s: DEMO_VERBOSE=1 shows what it says`);
}
