/** What the objects of a cluster say of one namespace. Pure. */
import { z } from 'zod';
import type { KubernetesObject } from './KubernetesApi';
import type { DriftedField, Observation, QuotaUsage } from './model';
import type { ObjectDrift } from './Reconciler';

const quantities = z.record(z.string(), z.string()).default({});
const quotaStatus = z.object({ hard: quantities, used: quantities });
const conditions = z
  .object({ conditions: z.array(z.object({ type: z.string(), status: z.string(), message: z.string().default('') })).default([]) })
  .prefault({});
const namespaceSpec = z.object({ finalizers: z.array(z.string()).default([]) }).prefault({});

/** A namespace as it is seen, without its drift. */
export function observationOf(
  cluster: string,
  namespace: KubernetesObject,
  objects: readonly KubernetesObject[],
  labelPrefix: string,
  seenAt: string,
): Observation {
  const { name, uid, labels, deletionTimestamp } = namespace.metadata;
  const label = (key: string) => labels[`${labelPrefix}/${key}`];
  const [requestId, team, environment] = [label('request-id'), label('team'), label('environment')];
  return {
    cluster,
    name,
    uid,
    ...(requestId && { requestId }),
    ...(team && { team }),
    ...(environment && { environment }),
    ...(deletionTimestamp === undefined ? { phase: 'Active' } : { phase: 'Terminating', heldBy: heldBy(namespace) }),
    usage: usageOf(objects),
    drift: [],
    seenAt,
  };
}

/** Used and allowed amounts of all quotas together; of two that limit the same, the tighter one. */
export function usageOf(objects: readonly KubernetesObject[]): QuotaUsage {
  const usage: QuotaUsage = {};
  for (const quota of objects.filter(({ kind }) => kind === 'ResourceQuota')) {
    const status = quotaStatus.safeParse(quota.status).data;
    for (const [resource, hard] of Object.entries(status?.hard ?? {})) {
      usage[resource] ??= { used: status?.used[resource] ?? '0', hard };
    }
  }
  return Object.fromEntries(Object.entries(usage).sort(([one], [other]) => one.localeCompare(other)));
}

/** What keeps a namespace that is being deleted: finalizers, and what Kubernetes says of what is left. */
function heldBy(namespace: KubernetesObject): string {
  const finalizers = [...(namespaceSpec.safeParse(namespace.spec).data?.finalizers ?? []), ...namespace.metadata.finalizers];
  const said = (conditions.safeParse(namespace.status).data?.conditions ?? [])
    .filter(({ status, type }) => status === 'True' && type.startsWith('Namespace'))
    .map(({ message }) => message);
  return [...(finalizers.length > 0 ? [`finalizers ${finalizers.join(', ')}`] : []), ...said].join('; ');
}

/** The core's answer, field by field. */
export function fieldsOf(drift: readonly ObjectDrift[]): DriftedField[] {
  return drift.flatMap(({ apiVersion, kind, name, namespace, fields }) => {
    const object = { apiVersion, kind, name, ...(namespace !== undefined && { namespace }) };
    return fields === undefined
      ? [{ object, path: '' }]
      : fields.map(({ path, from, to }) => ({
          object,
          path,
          ...(to !== undefined && { want: to }),
          ...(from !== undefined && { have: from }),
        }));
  });
}
