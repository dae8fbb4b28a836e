// Who must say yes, as one list: what a template shows, where the requirements one by one stand in the log.
import type { Approval } from '../platform/types';

/** The groups and claims of which somebody must approve, each once; empty when nobody must. */
export function approversOf({ requirements }: Approval): string[] {
  return [...new Set(requirements.flatMap(({ by }) => by))];
}
