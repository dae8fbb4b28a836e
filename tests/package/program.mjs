// The program `berth`, whose answers the package's are compared with.
import { join } from 'node:path';
import { repository, run } from './project.mjs';

const PROGRAM = process.env.BERTH_BIN ?? join(repository, 'target/release/berth');
/** Larger than any answer. */
const MOST_BYTES = 64 * 1024 * 1024;
/** Where the requests of an array of `validate` come from, which the package can't know. */
const ORIGIN_KEYS = ['file', 'line', 'document', 'positions'];

/** What the program prints; `{code, out, err}`. */
export async function berth(...options) {
  try {
    const { stdout, stderr } = await run(PROGRAM, options, { maxBuffer: MOST_BYTES });
    return { code: 0, out: stdout, err: stderr };
  } catch (error) {
    if (typeof error.code !== 'number') throw error;
    return { code: error.code, out: error.stdout, err: error.stderr };
  }
}

/** JSON that was printed for people, without its spaces. */
export function compact(json) {
  const value = JSON.parse(json);
  // Numbers, escapes and the order of keys survive, or what is compared would not be what was printed.
  if (`${JSON.stringify(value, null, 2)}\n` !== json) throw new Error(`JavaScript reads it otherwise: ${json}`);
  return JSON.stringify(value);
}

/** The decisions in the array that `validate` prints, as texts. */
export function decisions(json) {
  const lines = json.trimEnd().split('\n').slice(1, -1);
  return lines.map(line => {
    const text = line.replace(/,$/, '');
    const decision = JSON.parse(text);
    if (JSON.stringify(decision) !== text) throw new Error(`JavaScript reads it otherwise: ${text}`);
    for (const key of ORIGIN_KEYS) delete decision[key];
    return JSON.stringify(decision);
  });
}
