// Parts a module in two: what the usual questions need, and the rest, which is loaded when something first needs it. Nothing
// stands twice: the rest imports memory, table and functions of the first part, and the first part calls the rest through slots that
// are added to the table. Which functions the usual questions need is found by asking them (usual.mjs). One that was
// not called here is no mistake there: it loads the rest.
//   node scripts/split.mjs small.wat main.wat rest.wat
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { imports, usualQuestions } from './usual.mjs';

/** A page of memory. */
const PAGE = 64 * 1024;
/** Functions are alike where so many lines are the same one after the other. */
const GRAM = 3;
/** What so many functions share says nothing. */
const COMMON = 200;
/** What only the build calls, and what wasm-bindgen adds for others. */
const UNUSED_EXPORT = /^ \(export "(prepare|__\w+)"/;

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

/**
 * The entries of a module as wasm-opt prints it, one a line, and its functions, several lines each: the names of the
 * parameters and of those that it calls, besides its text.
 */
function parse(text) {
  const found = { entries: [], functions: [] };
  const lines = text.trimEnd().split('\n').slice(1, -1);
  for (let at = 0; at < lines.length; at += 1) {
    const head = /^ \(func (\$\S+)(.*)$/.exec(lines[at]);
    if (head === null) {
      if (!UNUSED_EXPORT.test(lines[at])) found.entries.push(lines[at]);
      continue;
    }
    const start = at;
    while (lines[at] !== ' )') at += 1;
    const body = lines.slice(start, at + 1);
    found.functions.push({
      name: head[1],
      parameters: [...head[2].matchAll(/\(param (\$\d+)/g)].map(([, parameter]) => parameter),
      type: head[2].replace(/\(param \$\d+ /g, '(param '),
      text: body,
    });
  }
  return found;
}

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

/** Functions in an order in which each follows the one that it is most like: that takes some percent off the compressed size. */
function alike(all) {
  const grams = all.map(({ text }) => new Set(text.map((_, at) => text.slice(at, at + GRAM).join('').replace(/ +/g, ''))));
  const holders = new Map();
  grams.forEach((some, index) => some.forEach(gram => holders.set(gram, [...(holders.get(gram) ?? []), index])));
  const left = new Set(all.keys());
  const order = [];
  for (let next = 0; next !== undefined; ) {
    order.push(all[next]);
    left.delete(next);
    const shared = new Map();
    for (const others of [...grams[next]].map(gram => holders.get(gram)).filter(({ length }) => length <= COMMON)) {
      for (const other of others) if (left.has(other)) shared.set(other, (shared.get(other) ?? 0) + 1);
    }
    const likeness = other => shared.get(other) / Math.sqrt(grams[other].size);
    const [first] = left;
    next = [...shared.keys()].reduce((best, other) => (likeness(best) >= likeness(other) ? best : other), [...shared.keys()][0] ?? first);
  }
  return order;
}

function module(lines) {
  return `(module\n${lines.join('\n')}\n)\n`;
}

/** A name of few letters. */
function short(index) {
  return index.toString(36);
}
