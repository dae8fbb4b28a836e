/** JSON merge patch (RFC 7396): `null` takes a field away, an object is merged, all else replaces. */
export function mergePatch(
  target: Readonly<Record<string, unknown>>,
  patch: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const merged = new Map(Object.entries(target));
  for (const [field, value] of Object.entries(patch)) {
    if (value === null) {
      merged.delete(field);
    } else if (isObject(value)) {
      const before = merged.get(field);
      merged.set(field, mergePatch(isObject(before) ? before : {}, value));
    } else {
      merged.set(field, value);
    }
  }
  return Object.fromEntries(merged);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
