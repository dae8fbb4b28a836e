// Values become JSON text here. What JSON would lose or change without a word is refused with its place: a request must be
// judged as it is, not as `JSON.stringify` makes it.
import { BerthError } from './error.js';

/** The deepest nesting that is looked at; the core allows less, and says so. */
const DEEPEST = 200;

/**
 * The JSON text of a value.
 *
 * @param what - what it is, for the message: `request`, `context`...
 * @throws BerthError `not-json`, of a value that JSON can't hold: a function, a symbol, a BigInt, NaN, an infinite number,
 *   `undefined` in a list, a cycle, an object of a class. A key whose value is `undefined` is left out.
 */
export function toJson(value: unknown, what: string): string {
  const bad = find(value, 0);
  if (bad !== undefined) throw refuse(what, bad);
  return JSON.stringify(value);
}

/** A value that JSON can't hold, with the keys that lead to it, the innermost first. */
interface Bad {
  keys: string[];
  is: string;
}

function find(value: unknown, depth: number): Bad | undefined {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return undefined;
    case 'number':
      return Number.isFinite(value) ? undefined : { keys: [], is: String(value) };
    case 'object':
      return value === null ? undefined : findInside(value, depth);
    case 'undefined':
      return { keys: [], is: 'undefined' };
    default:
      return { keys: [], is: `a ${typeof value}` };
  }
}

function findInside(value: object, depth: number): Bad | undefined {
  if (depth > DEEPEST) return { keys: [], is: 'nested too deep, or in itself' };
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) {
      const bad = find(value[index], depth + 1);
      if (bad !== undefined) return under(String(index), bad);
    }
    return undefined;
  }
  if (!isPlain(value)) {
    const { toJSON } = value as { toJSON?: unknown };
    if (typeof toJSON !== 'function') return { keys: [], is: `an object of the class ${className(value)}` };
    return find(toJSON.call(value, ''), depth + 1);
  }
  for (const key of Object.keys(value)) {
    const inner = (value as Record<string, unknown>)[key];
    const bad = inner === undefined ? undefined : find(inner, depth + 1);
    if (bad !== undefined) return under(key, bad);
  }
  return undefined;
}

/** An object literal, of this realm or another. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function className(value: object): string {
  const { constructor } = value;
  return typeof constructor === 'function' && constructor.name !== '' ? `\`${constructor.name}\`` : 'without a name';
}

function under(key: string, bad: Bad): Bad {
  bad.keys.push(key);
  return bad;
}

function refuse(what: string, { keys, is }: Bad): BerthError {
  const pointer = keys
    .reverse()
    .map(key => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
  return new BerthError({
    code: 'not-json',
    message: `the ${what} can't be written as JSON: ${pointer === '' ? 'it' : `\`${pointer}\``} is ${is}`,
    hint: 'use text, whole numbers, true, false, null, lists and plain objects',
    location: { source: what, pointer },
  });
}
