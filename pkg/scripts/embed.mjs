// Writes a finished module as src/embedded/NAME.ts: deflated, in base64.
//   node scripts/embed.mjs core core.wasm
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { constants, deflateRawSync } from 'node:zlib';

const EMBEDDED = new URL('../src/embedded/', import.meta.url);

const [name, file] = process.argv.slice(2);
const bytes = readFileSync(file);
const text = deflateRawSync(bytes, { level: constants.Z_BEST_COMPRESSION, memLevel: 9 }).toString('base64');
mkdirSync(EMBEDDED, { recursive: true });
// Its type is written out: else the declarations of the package hold all of it once more.
writeFileSync(
  new URL(`${name}.ts`, EMBEDDED),
  `// The module \`${name}\`. Written by \`cargo xtask wasm\`.
import type { Embedded } from '../inflate.js';

export const ${name}: Embedded = {
  size: ${bytes.length},
  text: '${text}',
};
`,
);
