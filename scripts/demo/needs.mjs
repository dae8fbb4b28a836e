// What the demo needs of this machine, looked at before anything is downloaded or built.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { repository } from './processes.mjs';

/** Backstage's SQLite driver is built for these; a newer Node ends it within seconds. */
const NODES = [20, 22];

/** What is wrong, and the programs to use: `node` for the backend, `berth` for the engine. */
export async function checkNeeds({ port, metricsPort }) {
  const problems = [];
  const packaged = join(repository, 'backstage-plugin/node_modules/.bin/node');
  const isPackaged = process.platform === 'linux' && process.arch === 'x64';
  const major = Number(process.versions.node.split('.')[0]);
  if (major < NODES[0] || (!isPackaged && !NODES.includes(major))) {
    problems.push(`this is Node ${process.versions.node}, the demo needs Node ${NODES.join(' or ')}: install one of them`);
  }
  const ports = [
    [port, 'the Backstage backend', 'BERTH_DEMO_PORT'],
    [metricsPort, 'its metrics', 'BERTH_METRICS_PORT'],
  ];
  for (const [number, what, variable] of ports) {
    if (!(await isFree(number))) {
      problems.push(`port ${number}, for ${what}, is taken: end what listens there (\`lsof -i :${number}\`), or set ${variable}`);
    }
  }
  const berth = process.env.BERTH_BIN ?? resolve(repository, process.env.CARGO_TARGET_DIR ?? 'target', 'release/berth');
  if (process.env.BERTH_BIN && !existsSync(berth)) {
    problems.push(`BERTH_BIN is \`${berth}\`, which isn't there: build it with \`cargo build --release -p berth-cli\`, or unset BERTH_BIN`);
  }
  if (!runs('cargo') && !(existsSync(berth) && existsSync(join(repository, 'pkg/dist')))) {
    problems.push('cargo is missing, which builds the engine and the core: install Rust by https://rustup.rs');
  }
  if (!runs('npm')) {
    problems.push('npm is missing: it comes with Node');
  }
  return { problems, berth, node: isPackaged ? packaged : process.execPath, hasCargo: runs('cargo') };
}

function runs(program) {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0;
}

function isFree(port) {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
