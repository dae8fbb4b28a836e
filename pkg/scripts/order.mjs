// Orders the functions of a module so that it compresses better, and takes out what only the build calls.
//   node scripts/order.mjs small.wat ordered.wat
import { readFileSync, writeFileSync } from 'node:fs';
import { alike, module, parse } from './text.mjs';

const [from, to] = process.argv.slice(2);
const { entries, functions } = parse(readFileSync(from, 'utf8'));
writeFileSync(to, module([...entries, ...alike(functions).flatMap(({ text }) => text)]));
