// Parts a module in two: what the usual questions need, and the rest, which is loaded when something first needs it. Nothing
// stands twice: the rest imports memory, table and functions of the first part, and the first part calls the rest through slots that
// are added to the table. Which functions the usual questions need is found by asking them (usual.mjs). One that was
// not called here is no mistake there: it loads the rest.
//   node scripts/split.mjs small.wat main.wat rest.wat
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { alike, module, parse } from './text.mjs';
import { imports, usualQuestions } from './usual.mjs';

/** A page of memory. */
const PAGE = 64 * 1024;
const [from, toMain, toRest] = process.argv.slice(2);
const { entries, functions } = parse(readFileSync(from, 'utf8'));
const [memory] = kind('memory');
const table = kind('table').find(line => line.includes('funcref'));
const slots = Number(/ (\d+) funcref/.exec(table)[1]);

const called = await watch();
const main = functions.filter(({ name }) => called.has(name));
const rest = functions.filter(({ name }) => !called.has(name));
const shared = reach(rest, main);
const lent = reach(main, rest, [...kind('elem'), ...kind('export')]);
writeFileSync(toMain, mainPart());
writeFileSync(toRest, restPart());

function kind(name) {
  return entries.filter(line => line.startsWith(` (${name} `));
}

/** The names of all functions that the usual questions call: each notes it in a byte of a page that nobody else knows. */
async function watch() {
  const pages = Number(/(\d+)\)$/.exec(memory)[1]);
  const more = Math.ceil(functions.length / PAGE);
  const watched = functions.flatMap(({ text: [head, ...body] }, index) => {
    const code = body.findIndex(line => !line.startsWith('  (local $'));
    const note = `  (i32.store8 (i32.const ${pages * PAGE + index}) (i32.const 1))`;
    return [head, ...body.slice(0, code), note, ...body.slice(code)];
  });
  const grown = entries.map(line => (line === memory ? line.replace(/\d+\)$/, `${pages + more})`) : line));
  writeFileSync(toMain, module([...grown, ...watched]));
  const binary = execFileSync('node_modules/.bin/wasm-as', ['--all-features', toMain, '--output', '-'], { maxBuffer: Infinity });
  const { instance } = await WebAssembly.instantiate(binary, imports);
  usualQuestions(instance.exports);
  const notes = new Uint8Array(instance.exports.memory.buffer, pages * PAGE);
  return new Set(functions.filter((_, index) => notes[index] === 1).map(({ name }) => name));
}

/** Those of `others` that `some` call, or that these entries name. */
function reach(some, others, named = []) {
  const calls = some.flatMap(({ text }) => text.flatMap(line => line.match(/(?<=\(call )\$[\w$]+/g) ?? []));
  const names = new Set([...calls, ...named.flatMap(line => line.match(/\$[\w$]+/g) ?? [])]);
  return others.filter(({ name }) => names.has(name));
}

/** The functions of the rest stand here as what calls them; whoever comes first has the rest loaded. */
function mainPart() {
  const firstImport = entries.findIndex(line => line.startsWith(' (import '));
  const all = entries.map(line => (line === table ? ` (table $0 ${slots + lent.length} funcref)` : line));
  all.splice(firstImport, 0, ' (import "rest" "load" (func $load))');
  const stubs = lent.map(({ name, parameters, type, text: [head] }, index) => {
    const given = parameters.map(parameter => `(local.get ${parameter})`).join(' ');
    return `${head} (call $need) (call_indirect $0${type} ${given} (i32.const ${slots + index})))`;
  });
  return module([
    ...all,
    ' (export "table" (table $0))',
    ' (export "stack" (global $global$0))',
    ...shared.map(({ name }, index) => ` (export "${short(index)}" (func ${name}))`),
    ` (func $need (if (ref.is_null (table.get $0 (i32.const ${slots}))) (then (call $load))))`,
    ...stubs,
    ...alike(main).flatMap(({ text }) => text),
  ]);
}

function restPart() {
  return module([
    ...kind('type'),
    ` (import "main" "memory" ${memory.trim()})`,
    ` (import "main" "table" (table $0 ${slots + lent.length} funcref))`,
    ' (import "main" "stack" (global $global$0 (mut i32)))',
    ...shared.map(({ name, type }, index) => ` (import "main" "${short(index)}" (func ${name}${type}))`),
    ` (elem (table $0) (i32.const ${slots}) func ${lent.map(({ name }) => name).join(' ')})`,
    ...alike(rest).flatMap(({ text }) => text),
  ]);
}

/** A name of few letters. */
function short(index) {
  return index.toString(36);
}
