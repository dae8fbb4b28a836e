// The demo backend as a program of its own, on a free port, with its database as files in `folder`: started again with the same
// folder, it goes on where it was.
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startProgram } from './process.mjs';

const PACKAGE = fileURLToPath(new URL('../../packages/backend/', import.meta.url));
const STARTED = /Plugin initialization complete/;
/** Seconds as a rule; a machine that builds something beside it takes its time. */
const LONGEST_START_MS = 180_000;

/**
 * @param {{ folder: string, argoUrl: string, postgres?: { host: string, user: string }, config?: Record<string, unknown>, nodeArguments?: string[] }} options
 *   with `postgres` its databases are there instead of in `folder`; `config` replaces parts of the configuration, by their path such as `berth_clusters`
 * @returns started, and answering
 */
export async function startBackend({ folder, argoUrl, postgres, config = {}, nodeArguments = [] }) {
  const port = await freePort();
  const env = environment({ folder, argoUrl, postgres, config, port, metricsPort: await freePort() });
  const program = await startProgram(
    process.execPath,
    [...nodeArguments, '--require', '@backstage/cli/config/nodeTransform.cjs', 'src/index.ts', '--config', '../../app-config.yaml'],
    { cwd: PACKAGE, env, ready: output => STARTED.test(output) || undefined, timeoutMs: LONGEST_START_MS },
  );
  return {
    url: `http://127.0.0.1:${port}`,
    pid: program.pid,
    signal: signal => program.child.kill(signal),
    stop: signal => program.stop(signal),
    output: () => program.output,
  };
}

/** What the demo's `app-config.yaml` asks for. */
function environment({ folder, argoUrl, postgres, config, port, metricsPort }) {
  const parts = { ...config, ...(postgres && { backend_database: { client: 'pg', connection: postgres } }) };
  return {
    NODE_ENV: 'production',
    BERTH_DEMO_DATA: join(folder, 'database'),
    ARGO_WORKFLOWS_URL: argoUrl,
    ARGO_NAMESPACE: 'berth-workflows',
    ARGO_TIMEOUT: '10s',
    BERTH_DEMO_PORT: String(port),
    BERTH_METRICS_PORT: String(metricsPort),
    // Backstage's own way to set a part of the configuration.
    ...Object.fromEntries(Object.entries(parts).map(([path, value]) => [`APP_CONFIG_${path}`, JSON.stringify(value)])),
  };
}

async function freePort() {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
