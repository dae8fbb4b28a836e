/** What a cluster holds of one namespace that Berth did not make: read before it is taken over, so that the plan shows the differences. */
import { ConflictError, InputError } from '@backstage/errors';
import type { ObjectKind } from '../requests/policy';
import type { KubernetesApi, KubernetesObject } from './KubernetesApi';

/**
 * The namespace and the objects in it, of all kinds that blueprints make.
 *
 * @throws InputError when there is no such namespace; ConflictError when it is Berth's already
 */
export async function readLive(
  api: KubernetesApi,
  name: string,
  labelPrefix: string,
  kinds: readonly ObjectKind[],
): Promise<KubernetesObject[]> {
  const namespace = await api.namespace(name);
  if (namespace === undefined) {
    throw new InputError(`there is no namespace \`${name}\` on the cluster \`${api.cluster}\` to take over; ask for a new one`);
  }
  const managed = `${labelPrefix}/managed`;
  if (namespace.metadata.labels[managed] !== undefined) {
    throw new ConflictError(
      `the namespace \`${name}\` carries the label \`${managed}\`: somebody manages it already; take the label off if that is over`,
    );
  }
  const live: KubernetesObject[] = [{ ...namespace, apiVersion: 'v1', kind: 'Namespace' }];
  for (const { apiVersion, kind } of kinds.filter(other => other.kind !== 'Namespace')) {
    const path = await api.pathOf(apiVersion, kind, name);
    if (path !== undefined) {
      for await (const object of api.list(path)) {
        live.push({ ...object, apiVersion, kind });
      }
    }
  }
  return live;
}
