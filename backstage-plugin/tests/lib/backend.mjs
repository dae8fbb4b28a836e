// The demo backend as a program of its own, on a free port, with its database as files in `folder`: started again with the same
// folder, it goes on where it was.
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startProgram } from './process.mjs';

const PACKAGE = fileURLToPath(new URL('../../packages/backend/', import.meta.url));
const STARTED = /Plugin initialization complete/;

/**
 * @param {{ folder: string, argoUrl: string, config?: object, port?: number }} options `config.database`: another one than files in `folder`
 * @returns started, and answering
 */
export async function startBackend({ folder, argoUrl, config = {}, port }) {
  const ownPort = port ?? (await freePort());
  const url = `http://127.0.0.1:${ownPort}`;
  const overrides = join(folder, 'app-config.tests.json');
  await writeFile(overrides, JSON.stringify(configuration({ url, port: ownPort, config })));
  const program = await startProgram(
    process.execPath,
    ['--require', '@backstage/cli/config/nodeTransform.cjs', 'src/index.ts', '--config', '../../app-config.yaml', '--config', overrides],
    { cwd: PACKAGE, env: environment({ folder, argoUrl }), ready: output => STARTED.test(output) || undefined },
  );
  return { url, port: ownPort, pid: program.pid, stop: signal => program.stop(signal), output: () => program.output };
}

function configuration({ url, port, config }) {
  return {
    app: { baseUrl: url },
    backend: {
      baseUrl: url,
      listen: { host: '127.0.0.1', port },
      ...(config.database && { database: config.database }),
    },
    berth: { api: { rateLimits: { writesPerMinute: 1_000_000, readsPerMinute: 1_000_000 } } },
  };
}

/** What the demo's `app-config.yaml` asks for. */
function environment({ folder, argoUrl }) {
  return {
    NODE_ENV: 'production',
    BERTH_DEMO_DATA: join(folder, 'database'),
    ARGO_WORKFLOWS_URL: argoUrl,
    ARGO_NAMESPACE: 'berth-workflows',
    ARGO_TIMEOUT: '10s',
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
