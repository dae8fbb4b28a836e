/** What clusters say of what stands. It is read by `Reconciler`, kept by `database/ObservationStore`, and shown by the API. */
import type { JsonValue } from '@backstage/types';

/** Used and allowed amounts of a quota by resource, as Kubernetes writes them. */
export type QuotaUsage = Record<string, { used: string; hard: string }>;

/** A field that is not as it was rendered, or an object that is missing. */
export interface DriftedField {
  object: { apiVersion: string; kind: string; name: string; namespace?: string };
  /** JSON pointer; empty for an object that is missing. */
  path: string;
  /** What was rendered. */
  want?: JsonValue;
  /** What stands. */
  have?: JsonValue;
}

/** What was seen of one namespace. */
export interface Observation {
  cluster: string;
  name: string;
  /** Nothing of one that was never seen. */
  uid?: string;
  /** By their labels. */
  requestId?: string;
  team?: string;
  environment?: string;
  phase: 'Active' | 'Terminating' | 'Missing';
  /** What keeps a namespace that terminates, for people. */
  heldBy?: string;
  usage: QuotaUsage;
  drift: DriftedField[];
  /** Digest of the drift that people were told of. */
  driftTold?: string;
  seenAt: string;
  /** Since when a namespace that should stand was not found. */
  missingSince?: string;
}

/** When a cluster was read. */
export interface InventoryState {
  cluster: string;
  /** The last time that all went well. */
  readAt?: string;
  triedAt: string;
  /** How often it is read. */
  everySeconds: number;
  /** Why the last try failed. */
  error?: string;
}

/** Does what was seen of a cluster still count? It does until it was not read three times. */
export function isFresh({ readAt, everySeconds }: InventoryState, now: Date): boolean {
  return readAt !== undefined && now.getTime() - Date.parse(readAt) < 3 * everySeconds * 1000 + 60_000;
}
