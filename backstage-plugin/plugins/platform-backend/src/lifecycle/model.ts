/**
 * What stands, as our tables have it: one row for each request that made something. What a cluster says of it is the matter of
 * `inventory/`.
 */
import type { JsonObject } from '@backstage/types';

/** `frozen`: its quota is 0, and it is deleted after a grace period unless somebody takes it back. `gone` rows stay as history. */
export type NamespaceState = 'standing' | 'frozen' | 'gone';

/** How it went. */
export type GoneWhy = 'decommissioned' | 'by-hand';

/** Something that stands, or stood. */
export interface StoredNamespace {
  /** The request that made it: what its labels in the cluster name. */
  requestId: string;
  blueprint: string;
  cluster: string;
  name: string;
  team: string;
  environment: string;
  state: NamespaceState;
  /** As they were carried out last, with defaults filled in. */
  parameters: JsonObject;
  /** The request that was carried out last. */
  appliedBy: string;
  /** Of what stands, by the documents of then. */
  wantedDigest: string;
  /** Minor units. */
  monthlyCost: number;
  currency: string;
  stoodAt: string;
  updatedAt: string;
  /** When it shall go, by its parameters or by the platform document. */
  expiresAt?: string;
  /** The last warning that was sent: the end that it was about, and the days before. */
  warned?: string;
  /** Of what is frozen: when it is deleted. */
  deleteAt?: string;
  goneAt?: string;
  goneWhy?: GoneWhy;
}
