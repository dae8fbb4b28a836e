// Reads the documents of a folder: `platform.yaml` and whatever lies in `blueprints`. What they mean is the core's matter.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError, isError } from '@backstage/errors';
import { Source } from '@berth/core/yaml';

/** The texts of a folder; what isn't there is left out, and the documents that come with Berth stand in for it. */
export interface DocumentTexts {
  platform?: Source;
  blueprints?: Source[];
}

const IS_DOCUMENT = /^[^.].*\.(ya?ml|json)$/;

/**
 * @throws InputError when the folder has neither, which is hardly meant; errors of the file system
 */
export async function readDocuments(directory: string): Promise<DocumentTexts> {
  const platform = await readFirst(directory, ['platform.yaml', 'platform.yml', 'platform.json']);
  const folder = join(directory, 'blueprints');
  const names = (await orNothing(readdir(folder))) ?? [];
  const blueprints = await Promise.all(
    names
      .filter(name => IS_DOCUMENT.test(name))
      .sort()
      .map(async name => new Source(await readFile(join(folder, name), 'utf8'), `blueprints/${name}`)),
  );
  if (platform === undefined && blueprints.length === 0) {
    throw new InputError(
      `\`berth.documents\` is \`${directory}\`, which holds no \`platform.yaml\` and no \`blueprints/*.yaml\`: ` +
        'name the folder that does, or leave it out for the documents that come with Berth',
    );
  }
  return { platform, ...(blueprints.length > 0 && { blueprints }) };
}

async function readFirst(directory: string, names: string[]): Promise<Source | undefined> {
  for (const name of names) {
    const text = await orNothing(readFile(join(directory, name), 'utf8'));
    if (text !== undefined) {
      return new Source(text, name);
    }
  }
  return undefined;
}

async function orNothing<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (isError(error) && error.code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}
