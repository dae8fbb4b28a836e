// What the demo needs of this machine, looked at before anything is downloaded or built.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { repository, SQLITE_DRIVER } from './processes.mjs';

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
    if (!Number.isInteger(number) || number < 1 || number > 65_535) {
      problems.push(`${variable} is \`${process.env[variable]}\`, which is no port: set a number from 1 to 65535`);
    } else if (!(await isFree(number))) {
      problems.push(`port ${number}, for ${what}, is taken: end what listens there (\`lsof -i :${number}\`), or set ${variable}`);
    }
  }
  const berth = process.env.BERTH_BIN ?? resolve(repository, process.env.CARGO_TARGET_DIR ?? 'target', 'release/berth');
  if (process.env.BERTH_BIN && !existsSync(berth)) {
    problems.push(`BERTH_BIN is \`${berth}\`, which isn't there: build it with \`cargo build --release -p berth-cli\`, or unset BERTH_BIN`);
  }
  const hasCargo = runs('cargo');
  const hasCore = existsSync(join(repository, 'pkg/dist'));
  if (!hasCargo && !(existsSync(berth) && hasCore)) {
    problems.push('cargo is missing, which builds the engine and the core: install Rust by https://rustup.rs');
  }
  if (hasCargo && !hasCore && !hasTarget('wasm32-unknown-unknown')) {
    problems.push('Rust has no target `wasm32-unknown-unknown`, which the core is built for: `rustup target add wasm32-unknown-unknown`');
  }
  problems.push(...missingTools({ buildsRust: hasCargo && !(existsSync(berth) && hasCore), buildsDriver: !existsSync(SQLITE_DRIVER) }));
  if (!runs('npm')) {
    problems.push('npm is missing: it comes with Node');
  }
  return { problems, berth, node: isPackaged ? packaged : process.execPath, hasCargo };
}

/** Compilers that are called by others, whose own words would come after minutes. */
function missingTools({ buildsRust, buildsDriver }) {
  const needed = [
    ...(buildsRust ? [[['cc'], 'links Rust programs']] : []),
    ...(buildsDriver ? [[['c++', 'g++', 'clang++'], 'builds the SQLite driver'], [['make'], 'builds the SQLite driver'], [['python3'], 'builds the SQLite driver']] : []),
  ];
  return needed
    .filter(([programs]) => !programs.some(runs))
    .map(([[program], what]) => `\`${program}\` is missing, which ${what}: install a C++ compiler, make and Python (Debian: \`apt install build-essential python3\`)`);
}

/** Where rustc isn't to be asked, cargo says it. */
function hasTarget(target) {
  const { status, stdout } = spawnSync('rustc', ['--print', 'target-libdir', '--target', target], { encoding: 'utf8' });
  return status !== 0 || existsSync(stdout.trim());
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
