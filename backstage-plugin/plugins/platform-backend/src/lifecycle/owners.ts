/** Who is told of what happens to something that stands: the team that owns it. */
import type { Berth } from '@berth/core';
import { Policy } from '../requests/policy';

/** Entities of the catalog. */
export function ownersOf(berth: Berth, { team }: { team: string }): string[] {
  return [Policy.of(berth).catalogRefOf(team)];
}
