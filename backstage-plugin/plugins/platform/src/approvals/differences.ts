// What a request asks for that the team's other namespaces don't have: what an approver wants to see first.
export interface Difference {
  field: string;
  /** As asked for now. */
  here: string;
  /** What the others have, the most common first. */
  others: { value: string; count: number }[];
}

type Parameters = Readonly<Record<string, unknown>>;

/** Those differ anyway, or say nothing about a namespace's shape. */
const NOT_COMPARED = new Set(['namespaceName', 'name', 'team', 'description', 'environment', 'costCenter', 'expiresAt']);

/** Fields whose value none of the others has. */
export function differencesOf(parameters: Parameters, others: readonly Parameters[]): Difference[] {
  if (others.length === 0) {
    return [];
  }
  return Object.entries(parameters)
    .filter(([field]) => !NOT_COMPARED.has(field))
    .flatMap(([field, value]) => {
      const here = textOf(value);
      const counts = new Map<string, number>();
      for (const other of others) {
        const text = textOf(other[field]);
        counts.set(text, (counts.get(text) ?? 0) + 1);
      }
      const rest = [...counts].map(([text, count]) => ({ value: text, count })).sort((a, b) => b.count - a.count);
      return counts.has(here) ? [] : [{ field, here, others: rest }];
    });
}

/** A value of a parameter, for people. */
export function textOf(value: unknown): string {
  if (value === undefined || value === null || value === '') {
    return 'none';
  }
  if (Array.isArray(value)) {
    return value.length === 0 ? 'none' : [...value].map(textOf).sort().join(', ');
  }
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** A JSON pointer as people read it: labels have slashes of their own, which it writes as `~1`. */
export function pointerWords(pointer: string): string {
  return pointer.replaceAll('~1', '/').replaceAll('~0', '~');
}

/** A field's name, for people: `resourceTier` is `Resource tier`. */
export function fieldWords(field: string): string {
  const words = field.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return words[0].toUpperCase() + words.slice(1);
}
