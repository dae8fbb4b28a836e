// Where Argo's own pages show a workflow, where the configuration says it: `argoWorkflows.instances[].uiUrl`.
import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import type { RequestDetail } from '@berth/plugin-platform-common';

/** As the backend chooses: the instance of the cluster's name, else the default one, else the first. */
export function useArgoLink({ cluster, workflowId }: Pick<RequestDetail, 'cluster' | 'workflowId'>): string | undefined {
  const config = useApi(configApiRef).getOptionalConfig('argoWorkflows');
  const instances = config?.getOptionalConfigArray('instances') ?? [];
  const named = (name: string | undefined) => instances.find(one => one.getOptionalString('name') === name);
  const instance = named(cluster) ?? named(config?.getOptionalString('defaultInstance')) ?? instances[0];
  const uiUrl = instance?.getOptionalString('uiUrl');
  const namespace = instance?.getOptionalString('namespace') ?? 'berth-workflows';
  return uiUrl && workflowId ? `${uiUrl.replace(/\/+$/, '')}/workflows/${namespace}/${workflowId}` : undefined;
}
