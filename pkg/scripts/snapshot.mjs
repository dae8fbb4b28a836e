// Saves a module together with its memory as it is once the embedded documents are compiled: to load it then needs neither
// the time for that nor the code, which an engine compiles when it first runs. Zeros are left to wasm-opt, which takes them out.
//   node scripts/snapshot.mjs bound.wasm saved.wasm
import { readFileSync, writeFileSync } from 'node:fs';

/** Names of functions and of data: there is other data now. */
const isNames = ([id, content]) => id === 0 && content.subarray(1, 5).toString() === 'name';
/** The sections of a module that say something about its memory. */
const MEMORY = 5;
const DATA = 11;
const DATA_COUNT = 12;
/** The bytes of a page of memory. */
const PAGE = 64 * 1024;
/** The bytes of the magic number and the version, before the first section. */
const PREAMBLE = 8;

const [from, to] = process.argv.slice(2);
const bytes = readFileSync(from);
const imports = { './berth_bg.js': { __wbindgen_init_externref_table() {} } };
const { instance } = await WebAssembly.instantiate(bytes, imports);
const { memory, prepare, output } = instance.exports;

// Below the data lies the stack, which has held nothing yet, and holds nothing between two calls.
const start = new Uint8Array(memory.buffer).findIndex(byte => byte !== 0);
const length = prepare();
if (length < 0) {
  throw new Error(`the module can't compile its own documents: ${Buffer.from(memory.buffer, output(), -length)}`);
}
const data = new Uint8Array(memory.buffer, start);
const contents = {
  // One memory, without a limit; one segment, which a constant places.
  [MEMORY]: [1, 0, ...unsigned(data.buffer.byteLength / PAGE)],
  [DATA]: [1, 0, 0x41, ...signed(start), 0x0b, ...unsigned(data.length), ...data],
  [DATA_COUNT]: [1],
};
const kept = sections(bytes).filter(one => !isNames(one));
const saved = kept.map(([id, content]) => section(id, contents[id] ?? content));
writeFileSync(to, Buffer.concat([bytes.subarray(0, PREAMBLE), ...saved]));

/** The number and the content of each section. */
function sections(wasm) {
  const found = [];
  for (let at = PREAMBLE; at < wasm.length; ) {
    const id = wasm[at];
    let size = 0;
    let shift = 0;
    do {
      at += 1;
      size |= (wasm[at] & 0x7f) << shift;
      shift += 7;
    } while (wasm[at] & 0x80);
    found.push([id, wasm.subarray(at + 1, at + 1 + size)]);
    at += 1 + size;
  }
  return found;
}

function section(id, content) {
  return Buffer.concat([Buffer.from([id, ...unsigned(content.length)]), Buffer.from(content)]);
}

/** A number in LEB128, as WebAssembly writes all of them. */
function unsigned(number) {
  return number < 0x80 ? [number] : [(number & 0x7f) | 0x80, ...unsigned(number >>> 7)];
}

function signed(number) {
  return number < 0x40 ? [number] : [(number & 0x7f) | 0x80, ...signed(number >> 7)];
}
