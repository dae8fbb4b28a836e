// Makes what the demo runs, as far as it is missing: the engine, the core as an npm package, and Backstage's packages with the
// SQLite driver for their Node.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from './processes.mjs';

const workspace = join(repository, 'backstage-plugin');

export async function build(processes, { berth, hasCargo }) {
  if (hasCargo && !process.env.BERTH_BIN) {
    say('building the engine');
    await processes.run('cargo', ['build', '--release', '--locked', '--package', 'berth-cli']);
  }
  if (!existsSync(join(repository, 'pkg/dist'))) {
    say('building the core as WebAssembly');
    await processes.run('cargo', ['xtask', 'wasm']);
  }
  if (!isInstalled()) {
    say('installing Backstage (some minutes, about 1.5 GB)');
    await processes.run('npm', ['ci', '--ignore-scripts', '--loglevel=error'], { cwd: workspace });
  }
  const driver = join(workspace, 'node_modules/better-sqlite3/build/Release/better_sqlite3.node');
  if (!existsSync(driver)) {
    say('building the SQLite driver');
    await processes.run('npm', ['run', 'rebuild-sqlite'], { cwd: workspace });
  }
  if (!existsSync(berth)) {
    throw new Error(`there is no \`${berth}\` after the build`);
  }
}

/** Is what npm says it has installed what the lockfile asks for? Packages for other systems may be missing. */
function isInstalled() {
  const packagesOf = file => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : {});
  const installed = packagesOf(join(workspace, 'node_modules/.package-lock.json'));
  const wanted = Object.entries(packagesOf(join(workspace, 'package-lock.json')));
  return wanted.every(
    ([path, { version, optional, link }]) =>
      !path.includes('node_modules/') || link || installed[path]?.version === version || (optional && !installed[path]),
  );
}

function say(what) {
  console.log(`demo: ${what}`);
}
