/**
 * What a cluster holds of Berth's at one moment: its namespaces, and the objects that belong to them. A snapshot is whole, or there is
 * none: a list that breaks off throws.
 */
import type { ObjectKind } from '../requests/policy';
import type { KubernetesApi, KubernetesObject } from './KubernetesApi';
import { ClusterError } from './ClusterError';

export interface Snapshot {
  namespaces: Map<string, KubernetesObject>;
  /** Objects that belong to a namespace, wherever they stand, by the request that made them. */
  objects: Map<string, KubernetesObject[]>;
  /** Kinds that the account may not list: nobody knows what there is of them. */
  forbidden: string[];
  /** Kinds that the cluster does not know: there is nothing of them. */
  unknown: string[];
}

/** Fields that are long and say nothing about drift. */
const UNREAD_METADATA = ['managedFields', 'ownerReferences'];

/** Reads all kinds. @throws ClusterError when namespaces can't be read, or when a list breaks off */
export async function readSnapshot(api: KubernetesApi, labelPrefix: string, kinds: readonly ObjectKind[]): Promise<Snapshot> {
  const selector = `${labelPrefix}/managed=true`;
  const snapshot: Snapshot = { namespaces: new Map(), objects: new Map(), forbidden: [], unknown: [] };
  for await (const namespace of api.list('/api/v1/namespaces', selector)) {
    snapshot.namespaces.set(namespace.metadata.name, { ...slim(namespace), apiVersion: 'v1', kind: 'Namespace' });
  }
  for (const { apiVersion, kind } of kinds.filter(other => other.kind !== 'Namespace')) {
    const path = await api.pathOf(apiVersion, kind);
    if (path === undefined) {
      snapshot.unknown.push(kind);
      continue;
    }
    try {
      for await (const object of api.list(path, selector)) {
        const owner = object.metadata.labels[`${labelPrefix}/request-id`];
        if (owner !== undefined) {
          // Items of a list don't say their kind.
          snapshot.objects.set(owner, [...(snapshot.objects.get(owner) ?? []), { ...slim(object), apiVersion, kind }]);
        }
      }
    } catch (error) {
      // One kind that may not be read spoils no other.
      if (!(error instanceof ClusterError) || error.status !== 403) {
        throw error;
      }
      snapshot.forbidden.push(kind);
    }
  }
  return snapshot;
}

function slim(object: KubernetesObject): KubernetesObject {
  const metadata = { ...object.metadata };
  UNREAD_METADATA.forEach(field => delete metadata[field]);
  return { ...object, metadata };
}
