// Makes what the demo runs, as far as it is missing: the engine, the core as an npm package, Backstage's packages with the SQLite
// driver for their Node, and the portal, which is built anew when one of its sources has changed.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository, SQLITE_DRIVER } from './processes.mjs';

const workspace = join(repository, 'backstage-plugin');

/** What the portal is made of, below the repository. */
const PORTAL_SOURCES = [
  'backstage-plugin/package-lock.json',
  'backstage-plugin/packages/app/package.json',
  'backstage-plugin/packages/app/config.d.ts',
  'backstage-plugin/packages/app/public',
  'backstage-plugin/packages/app/src',
  'backstage-plugin/plugins/platform/package.json',
  'backstage-plugin/plugins/platform/src',
  'backstage-plugin/plugins/platform-common/src',
  'pkg/dist/esm',
];

/** @param withPortal - false where nobody will open a page */
export async function build(processes, { berth, hasCargo, withPortal }) {
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
  if (!existsSync(SQLITE_DRIVER)) {
    say('building the SQLite driver');
    await processes.run('npm', ['run', 'rebuild-sqlite'], { cwd: workspace });
  }
  if (withPortal) {
    await buildPortal(processes);
  }
  if (!existsSync(berth)) {
    throw new Error(`there is no \`${berth}\` after the build`);
  }
}

/** Takes half a minute: what it was made of is remembered beside it. */
async function buildPortal(processes) {
  const mark = join(workspace, 'packages/app/dist/.sources');
  const sources = digestOf(PORTAL_SOURCES.map(path => join(repository, path)));
  if (existsSync(mark) && readFileSync(mark, 'utf8') === sources) {
    return;
  }
  say('building the portal');
  await processes.run('npm', ['run', 'build', '--silent', '--workspace', 'app'], { cwd: workspace, quiet: true });
  writeFileSync(mark, sources);
}

function digestOf(paths) {
  const hash = createHash('sha256');
  const add = path => {
    if (statSync(path).isDirectory()) {
      readdirSync(path)
        .sort()
        .forEach(name => add(join(path, name)));
    } else if (!/\.test\.tsx?$/.test(path)) {
      hash.update(`${path.slice(repository.length)}\0`).update(readFileSync(path));
    }
  };
  paths.forEach(add);
  return hash.digest('hex');
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
