#!/usr/bin/env node
// The demo: Berth's engine and the Backstage backend on this machine, with one command; Ctrl-C ends both. What is needed is checked
// before anything is downloaded or built (scripts/demo/needs.mjs), and built only when it is missing (scripts/demo/build.mjs).
//   node scripts/demo.mjs [--fail STEP:TIMES] [--step-delay TIME]   further arguments are those of `berth sandbox`
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './demo/build.mjs';
import { checkNeeds } from './demo/needs.mjs';
import { Processes, repository } from './demo/processes.mjs';
import { whatToTry } from './demo/whatToTry.mjs';

const URL_OF_BACKEND = 'http://localhost:3000';

const needs = await checkNeeds();
if (needs.problems.length > 0) {
  needs.problems.forEach(problem => console.error(`demo: ${problem}`));
  process.exit(2);
}

const data = mkdtempSync(join(tmpdir(), 'berth-demo-'));
const processes = new Processes(() => rmSync(data, { recursive: true, force: true }));
try {
  await build(processes, needs);
  const engine = await startEngine();
  await startBackend(engine);
  console.log(await whatToTry(URL_OF_BACKEND, engine));
} catch (error) {
  console.error(`demo: ${error.message}`);
  await processes.end(1);
}

async function startEngine() {
  console.log('demo: starting the engine');
  const engine = processes.start('engine', needs.berth, ['sandbox', '--port', '0', ...process.argv.slice(2)]);
  return engine.line(/http:\/\/127\.0\.0\.1:\d+/);
}

async function startBackend(engine) {
  console.log('demo: starting the Backstage backend');
  const args = ['--require', '@backstage/cli/config/nodeTransform.cjs', 'src/index.ts', '--config', '../../app-config.yaml'];
  processes.start('backend', needs.node, args, {
    cwd: join(repository, 'backstage-plugin/packages/backend'),
    env: {
      ARGO_NAMESPACE: 'berth-workflows',
      ARGO_TIMEOUT: '30s',
      ...process.env,
      ARGO_WORKFLOWS_URL: engine,
      BERTH_DEMO_DATA: data,
      NODE_ENV: 'production',
      NODE_OPTIONS: '--no-deprecation',
    },
  });
  const until = Date.now() + 60_000;
  while (Date.now() < until) {
    const ready = await fetch(`${URL_OF_BACKEND}/.backstage/health/v1/readiness`).catch(() => undefined);
    if (ready?.ok) {
      return;
    }
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  throw new Error('the backend was not ready within 60 s; its last lines are above');
}
