// What `policy check` finds in the documents, for the platform team. The module that knows is too large for a browser.
import type { Berth } from '@berth/core/yaml';

type Findings = ReturnType<Berth['checkPolicy']>;

/** The check looks at every combination of options: its answer is kept for as long as the documents are. */
const kept = new WeakMap<Berth, Findings>();

/** What is probably not meant in these documents. */
export function findingsIn(berth: Berth): Findings {
  const findings = kept.get(berth) ?? berth.checkPolicy();
  kept.set(berth, findings);
  return findings;
}
