// The types, as TypeScript finds them in each way of resolving modules; and two linters of packages.
import { copyFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { here, run } from '../project.mjs';

/** The ways of resolving modules, and the endings of sources for which each may differ. */
export const RESOLUTIONS = [
  { moduleResolution: 'bundler', module: 'esnext', ending: 'ts' },
  { moduleResolution: 'node16', module: 'node16', ending: 'mts' },
  { moduleResolution: 'node16', module: 'node16', ending: 'cts' },
  { moduleResolution: 'nodenext', module: 'nodenext', ending: 'mts' },
  { moduleResolution: 'nodenext', module: 'nodenext', ending: 'cts' },
];

/** Compiles the users of the types strictly, the package's own declarations included. */
export async function compile(project, { moduleResolution, module, ending }) {
  const folder = await project.environment(`types-${moduleResolution}-${ending}`, 'types');
  const [types, answers] = ['types', 'answers'].map(name => `${name}.${ending}`);
  await rename(join(folder, 'types.ts'), join(folder, types));
  await copyFile(join(here, 'projects/answers.ts'), join(folder, answers));
  // Nothing of the DOM or of Node: the package asks for neither.
  const language = { target: 'es2022', lib: ['es2022'], types: [] };
  const compilerOptions = { strict: true, noEmit: true, ...language, module, moduleResolution };
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: [types, answers] }));
  await tool('tsc', ['--project', folder]);
}

/** Are the types those of what is loaded? From node16 on; the older way knows no `exports`. */
export async function areTheTypesWrong(project) {
  await tool('attw', [project.tarball, '--profile', 'node16', '--no-emoji', '--no-color']);
}

/** Is the package.json right? */
export async function publint(project) {
  await tool('publint', ['run', project.tarball, '--strict']);
}

async function tool(name, options) {
  try {
    await run(join(here, 'node_modules/.bin', name), options);
  } catch (error) {
    // These tools complain on standard output.
    throw new Error(`${error.stdout}${error.stderr}`);
  }
}
