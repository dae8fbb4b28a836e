// Where a violation points.

/** The parameter that a JSON pointer into a request is about, and the rest of the pointer: `/parameters/features/0` is `features`, `0`. */
export function placeOf(path: string): { field: string; index?: number } {
  const parts = path.split('/').slice(1);
  const [field = '', index] = parts[0] === 'parameters' ? parts.slice(1) : parts;
  return {
    field: field.replace(/~1/g, '/').replace(/~0/g, '~'),
    ...(index !== undefined && { index: Number(index) }),
  };
}
