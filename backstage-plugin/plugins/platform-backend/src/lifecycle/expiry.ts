/** When what stands shall go. */
import type { JsonObject } from '@backstage/types';

/** The end that the parameters name, in Berth's form of times; nothing when they name none. */
export function endOf(parameters: JsonObject): string | undefined {
  const { expiresAt } = parameters;
  const end = typeof expiresAt === 'string' ? Date.parse(expiresAt) : NaN;
  return Number.isNaN(end) ? undefined : new Date(end).toISOString();
}
