// The package as users get it: packed, and installed into a temporary project. What is tried there lies in projects/.
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import ts from 'typescript';

export const run = promisify(execFile);

/** The folder of these tests. */
export const here = fileURLToPath(new URL('.', import.meta.url));
/** The folder of the repository. */
export const repository = fileURLToPath(new URL('../../', import.meta.url));

/** A temporary project with nothing but the package installed, and folders in it for each environment. */
export class Project {
  constructor(folder, tarball) {
    this.folder = folder;
    this.tarball = tarball;
  }

  /** Packs the package and installs it. */
  static async create() {
    const folder = await mkdtemp(join(tmpdir(), 'berth-package-'));
    const packed = await run('npm', ['pack', '--json', '--pack-destination', folder], { cwd: join(repository, 'pkg') });
    const tarball = join(folder, JSON.parse(packed.stdout)[0].filename);
    await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'user', private: true }));
    await run('npm', ['install', '--offline', '--no-audit', '--no-fund', tarball], { cwd: folder });
    return new Project(folder, tarball);
  }

  /** A folder of its own with the files of `projects/<kind>`; answers.ts, compiled both ways, lies in its folder `sources`. */
  async environment(name, kind, sources = '.') {
    const folder = join(this.folder, name);
    await cp(join(here, 'projects', kind), folder, { recursive: true });
    const source = await readFile(join(here, 'projects/answers.ts'), 'utf8');
    for (const [ending, module] of [['mjs', ts.ModuleKind.ES2022], ['cjs', ts.ModuleKind.CommonJS]]) {
      const { outputText } = ts.transpileModule(source, { compilerOptions: { module, target: ts.ScriptTarget.ES2022 } });
      await writeFile(join(folder, sources, `answers.${ending}`), outputText);
    }
    return folder;
  }

  async remove() {
    await rm(this.folder, { recursive: true, force: true });
  }
}
