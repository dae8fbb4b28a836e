// A namespace as an entity: a Resource of its team, with the annotations by which the Kubernetes plugin finds what runs in it and the
// community's Argo Workflows plugin the workflows that made and changed it.
import { createHash } from 'node:crypto';
import { ANNOTATION_LOCATION, ANNOTATION_ORIGIN_LOCATION, type ResourceEntity } from '@backstage/catalog-model';
import { namespacePath, type NamespaceDetail } from '@berth/plugin-platform-common';

/** What of the platform document an entity needs. */
export interface PlatformNames {
  labelPrefix: string;
  /** The entity of each team that has not the usual one. */
  owners: Readonly<Record<string, string>>;
}

export interface EntityOptions extends PlatformNames {
  argoInstances: readonly string[];
  defaultArgoInstance?: string;
  /** Where the portal is, such as `https://backstage.company.com`: the catalog takes links only whole. */
  appUrl?: string;
}

/** Longer names the catalog doesn't take. */
const LONGEST_NAME = 63;

export function entityOf(namespace: NamespaceDetail, options: EntityOptions): ResourceEntity {
  const { cluster, name, team, environment, parameters, cost, requestId, expiresAt } = namespace;
  const { labelPrefix, owners, appUrl } = options;
  const location = `berth:${cluster}/${name}`;
  const description = textOf(parameters.description);
  const tier = textOf(parameters.resourceTier);
  const instance = instanceFor(cluster, options);
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: {
      name: entityName(cluster, name),
      title: name,
      ...(description && { description }),
      annotations: {
        [ANNOTATION_LOCATION]: location,
        [ANNOTATION_ORIGIN_LOCATION]: location,
        'backstage.io/kubernetes-namespace': name,
        'backstage.io/kubernetes-cluster': cluster,
        'argoworkflows.argoproj.io/workflow-selector': `${labelPrefix}/namespace=${name}`,
        ...(instance && { 'argoworkflows.argoproj.io/instance-name': instance }),
        'berth.dev/environment': environment,
        ...(tier && { 'berth.dev/tier': tier }),
        'berth.dev/monthly-cost': `${(cost.monthly / 10 ** cost.decimals).toFixed(cost.decimals)} ${cost.currency}`,
        'berth.dev/request-id': requestId,
        ...(expiresAt && { 'berth.dev/expires-at': expiresAt }),
      },
      tags: [...new Set([environment, ...(tier ? [tier] : [])])],
      ...(appUrl && { links: [{ url: appUrl.replace(/\/$/, '') + namespacePath(cluster, name), title: 'Usage, cost and changes', icon: 'dashboard' }] }),
    },
    spec: { type: 'kubernetes-namespace', owner: owners[team] ?? `group:default/${team}` },
  };
}

/** Reads what is needed of the platform document; the core has checked it. */
export function readPlatform(platform: Readonly<Record<string, unknown>>): PlatformNames {
  const { labelPrefix, teams = {} } = platform.spec as { labelPrefix: string; teams?: Record<string, { catalogRef?: string }> };
  const owners = Object.entries(teams).flatMap(([team, { catalogRef }]) => (catalogRef ? [[team, catalogRef]] : []));
  return { labelPrefix, owners: Object.fromEntries(owners) };
}

/** Unique over all clusters, and short enough. */
function entityName(cluster: string, name: string): string {
  const whole = `${cluster}.${name}`;
  if (whole.length <= LONGEST_NAME) {
    return whole;
  }
  const digest = createHash('sha256').update(whole).digest('hex').slice(0, 8);
  return `${whole.slice(0, LONGEST_NAME - digest.length - 1).replace(/[^a-z0-9]+$/, '')}-${digest}`;
}

/** As the backend chooses: the instance of the cluster's name, else the default one, else the first. */
function instanceFor(cluster: string, { argoInstances, defaultArgoInstance }: EntityOptions): string | undefined {
  return argoInstances.includes(cluster) ? cluster : (defaultArgoInstance ?? argoInstances[0]);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
