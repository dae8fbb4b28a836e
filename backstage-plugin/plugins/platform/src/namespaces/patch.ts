// What of a namespace's parameters is to be others, as the API wants it: a JSON merge patch, in which `null` takes something away.
import type { NamespacePatch } from '../api';

type Parameters = Readonly<Record<string, unknown>>;

export function patchOf(before: Parameters, after: Parameters): NamespacePatch {
  const patch: NamespacePatch = {};
  for (const [field, value] of Object.entries(after)) {
    if (!isSame(before[field], value)) {
      patch[field] = value;
    }
  }
  for (const field of Object.keys(before)) {
    if (after[field] === undefined && !isSame(before[field], undefined)) {
      patch[field] = null;
    }
  }
  return patch;
}

/** The same to who asks: the order of a choice is no matter, and nothing chosen is as good as nothing. */
function isSame(a: unknown, b: unknown): boolean {
  return textOf(a) === textOf(b);
}

function textOf(value: unknown): string {
  if (value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)) {
    return '';
  }
  return JSON.stringify(Array.isArray(value) ? [...value].sort() : value);
}
