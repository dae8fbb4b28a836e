// Prints the size of a module, raw and compressed; fails when brotli leaves more than it may.
//   node scripts/size.mjs core target/core.wasm 100000
import { readFileSync } from 'node:fs';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const [name, file, most] = process.argv.slice(2);
const raw = readFileSync(file);
const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
const [gzip, brotli] = [gzipSync(raw, { level: 9 }), brotliCompressSync(raw, quality)].map(bytes => bytes.length);
console.log(`${name}.wasm: ${raw.length} bytes, gzip ${gzip}, brotli ${brotli}${most ? ` (at most ${most})` : ''}`);
if (most && brotli > Number(most)) {
  console.error(`${name}.wasm is larger than it may be: find what grew, or raise the limit in crates/xtask/src/wasm.rs`);
  process.exit(1);
}
