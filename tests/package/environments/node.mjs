// Node itself, both ways of loading a module, and jest's two worlds.
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { run } from '../project.mjs';

const { resolve } = createRequire(import.meta.url);

/** The answers in Node; `module` is `mjs` or `cjs`. */
export async function inNode(project, module) {
  const folder = await project.environment(`node-${module}`, 'node');
  const { stdout } = await run(process.execPath, [join(folder, `main.${module}`)]);
  return JSON.parse(stdout);
}

/** The answers in jest: `{node, jsdom}`. jest is told which environment, and what our test is called. */
export async function inJest(project) {
  const folder = await project.environment('jest', 'jest');
  const environment = name => ({
    displayName: name,
    rootDir: folder,
    testEnvironment: resolve(`jest-environment-${name}`),
    testMatch: ['**/*.test.cjs'],
  });
  const config = join(folder, 'jest.config.json');
  await writeFile(config, JSON.stringify({ projects: [environment('node'), environment('jsdom')] }));
  await run(process.execPath, [resolve('jest/bin/jest'), '--config', config]);
  const answers = async name => JSON.parse(await readFile(join(folder, `${name}.json`), 'utf8'));
  return { node: await answers('node'), jsdom: await answers('jsdom') };
}
