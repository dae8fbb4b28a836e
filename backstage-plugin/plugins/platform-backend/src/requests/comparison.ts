/**
 * What is unusual about a request: what it chooses that none of the team's other namespaces has. Whoever answers a request sees it, also
 * when they may not see those namespaces: it counts choices, and names nothing.
 */
import type { RequestEnvironment } from './environment';
import type { StoredRequest } from './model';
import { Policy } from './policy';

/** A request beside what its team has already. */
export interface Comparison {
  /** How many other namespaces of the team stand, of those that were made by the same blueprint. */
  namespaces: number;
  /** Choices that none of them has, in the blueprint's order. */
  differences: Difference[];
}

export interface Difference {
  parameter: string;
  /** As asked for; left out where nothing was chosen. */
  value?: unknown;
  /** What the others have, the most common first. */
  others: { value?: unknown; count: number }[];
}

/** More say nothing more about what is usual. */
const MOST_COMPARED = 500;

export async function comparisonOf(env: RequestEnvironment, request: StoredRequest): Promise<Comparison> {
  const { blueprint, team, id, originId } = request;
  const standing = await env.stores.namespaces.ofTeam(team, blueprint, MOST_COMPARED);
  const others = standing.filter(({ requestId }) => requestId !== id && requestId !== originId).map(({ parameters }) => parameters);
  const choices = others.length > 0 ? Policy.of(env.berth()).choicesOf(blueprint) : [];
  const differences = choices.flatMap(parameter => {
    const counts = countsOf(others.map(parameters => parameters[parameter]));
    const value = request.parameters[parameter];
    return counts.has(keyOf(value)) ? [] : [{ parameter, value, others: [...counts.values()].sort((a, b) => b.count - a.count) }];
  });
  return { namespaces: others.length, differences };
}

function countsOf(values: readonly unknown[]): Map<string, { value?: unknown; count: number }> {
  const counts = new Map<string, { value?: unknown; count: number }>();
  for (const value of values) {
    const key = keyOf(value);
    counts.set(key, { value, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return counts;
}

/** Lists are sets here: several options are chosen in any order, and none is as good as an empty list. */
function keyOf(value: unknown): string {
  return JSON.stringify(Array.isArray(value) ? [...value].sort() : (value ?? []));
}
