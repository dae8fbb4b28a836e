// What `make demo` says on a machine that lacks something: at once, all of it, and before anything is downloaded or built. Each test has a
// fresh clone, of which only the scripts matter, and a PATH with nothing but stand-ins that write down what they are asked to do.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const scripts = fileURLToPath(new URL('..', import.meta.url));
const EVERYTHING = ['cargo', 'rustc', 'cc', 'c++', 'make', 'python3', 'npm'];
const folders = [];
after(() => folders.forEach(folder => rmSync(folder, { recursive: true, force: true })));

/** A fresh clone on a machine that has these programs. */
function machine(programs) {
  const folder = mkdtempSync(join(tmpdir(), 'berth-needs-'));
  folders.push(folder);
  cpSync(scripts, join(folder, 'scripts'), { recursive: true });
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  const calls = join(folder, 'calls');
  for (const program of programs) {
    // Each answers `--version`; rustc names a folder of its own for every target.
    writeFileSync(join(bin, program), `#!/bin/sh\n[ "$1" = --print ] && echo '${bin}' && exit\n[ "$1" = --version ] || echo "${program} $*" >> '${calls}'\n`);
    chmodSync(join(bin, program), 0o755);
  }
  return { folder, bin, calls };
}

/** Runs the demo there until it gives up. */
async function demo({ folder, bin, calls }, { env = {}, nodeArguments = [] } = {}) {
  const child = spawn(process.execPath, [...nodeArguments, join(folder, 'scripts/demo.mjs')], {
    env: { PATH: bin, BERTH_DEMO_PORT: String(await freePort()), BERTH_METRICS_PORT: String(await freePort()), ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', text => {
    said += text;
  });
  const status = await new Promise(resolve => child.once('close', resolve));
  assert.equal(status, 2, said);
  assert.equal(existsSync(calls) ? readFileSync(calls, 'utf8') : '', '', 'nothing is built or downloaded');
  return said;
}

async function freePort() {
  const server = await listening();
  const { port } = server.address();
  await new Promise(resolve => server.close(resolve));
  return port;
}

function listening() {
  const server = createServer();
  return new Promise(resolve => server.listen(0, '127.0.0.1', () => resolve(server)));
}

describe('make demo', () => {
  it('says which port is taken, how to find by whom, and how to take another', async () => {
    const taken = await listening();
    const { port } = taken.address();
    const said = await demo(machine(EVERYTHING), { env: { BERTH_DEMO_PORT: String(port) } });
    taken.close();
    assert.match(said, new RegExp(`port ${port}, for the Backstage backend, is taken: .*lsof -i :${port}.*BERTH_DEMO_PORT`));
  });

  it('says what is no port', async () => {
    assert.match(await demo(machine(EVERYTHING), { env: { BERTH_METRICS_PORT: 'nine' } }), /BERTH_METRICS_PORT is `nine`, which is no port/);
  });

  it('says that Node is too old', async () => {
    const old = "Object.defineProperty(process,'versions',{value:{...process.versions,node:'18.20.4'}})";
    const said = await demo(machine(EVERYTHING), { nodeArguments: ['--import', `data:text/javascript,${encodeURIComponent(old)}`] });
    assert.match(said, /this is Node 18\.20\.4, the demo needs Node 20 or 22/);
  });

  it('says that Rust is missing, and where it is had', async () => {
    assert.match(await demo(machine(EVERYTHING.filter(program => program !== 'cargo'))), /cargo is missing.*rustup\.rs/);
  });

  it('says that Rust can’t build for WebAssembly, and how it will', async () => {
    const there = machine(EVERYTHING);
    writeFileSync(join(there.bin, 'rustc'), '#!/bin/sh\necho /nowhere\n');
    assert.match(await demo(there), /rustup target add wasm32-unknown-unknown/);
  });

  it('names all that is missing at once', async () => {
    const said = await demo(machine([]));
    for (const what of ['cargo', '`c\\+\\+`', '`make`', '`python3`', 'npm']) {
      assert.match(said, new RegExp(`${what} is missing`));
    }
  });
});
