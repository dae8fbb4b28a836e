// Bundlers, told nothing but what to bundle and where to put it. Each answers with a folder that a page can be opened from.
import { existsSync } from 'node:fs';
import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { rspack } from '@rspack/core';
import { build, createServer } from 'vite';
import webpack from 'webpack';
import { here, repository, run } from '../project.mjs';

/** As the plugins of this repository have it. */
const BACKSTAGE_CLI = join(repository, 'backstage-plugin/node_modules/.bin/backstage-cli');

/** webpack 5. */
export async function withWebpack(project) {
  return packed(webpack, await project.environment('webpack', 'page'));
}

/** rspack. */
export async function withRspack(project) {
  return packed(rspack, await project.environment('rspack', 'page'));
}

/** Both take the same settings, and leave the page to others. */
async function packed(bundler, folder) {
  const output = join(folder, 'dist');
  const compiler = bundler({
    mode: 'production',
    context: folder,
    entry: './main.mjs',
    output: { path: output, filename: 'main.js' },
  });
  const stats = await promisify(compiler.run.bind(compiler))();
  await promisify(compiler.close.bind(compiler))();
  // Warnings are about size: the module is inside.
  if (stats.hasErrors()) throw new Error(stats.toString('errors-only'));
  await writeFile(join(output, 'index.html'), '<!doctype html><title>Berth</title><script defer src="main.js"></script>');
  return output;
}

/** Why there is no backstage-cli; `false` when there is one. */
export const noBackstage = !existsSync(BACKSTAGE_CLI) && 'the packages of backstage-plugin/ are not installed';

/** backstage-cli, which has an rspack and many settings of its own. */
export async function withBackstage(project) {
  const sources = 'packages/app/src';
  const folder = await project.environment('backstage', 'backstage', sources);
  await copyFile(join(here, 'projects/page/main.mjs'), join(folder, sources, 'main.mjs'));
  const app = join(folder, 'packages/app');
  await run(BACKSTAGE_CLI, ['package', 'build'], { cwd: app });
  return join(app, 'dist');
}

/** Vite, as for production. */
export async function withVite(project) {
  const root = await project.environment('vite', 'page');
  await build({ root, configFile: false, logLevel: 'error' });
  return join(root, 'dist');
}

/** Vite's server for development, as a handler of requests: what it needs of a server is `close` and a handler. */
export async function viteServer(project) {
  const root = await project.environment('vite-server', 'page');
  return createServer({ root, configFile: false, logLevel: 'error', server: { middlewareMode: true, hmr: false, ws: false } });
}
