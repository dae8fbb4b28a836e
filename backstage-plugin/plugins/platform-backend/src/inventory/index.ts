/** What really stands: clusters that there is an account for are read by one process at a time. */
import type { LoggerService, SchedulerService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type { Berth } from '@berth/core';
import type { RequestEnvironment } from '../requests/environment';
import { Policy } from '../requests/policy';
import { KubernetesApi } from './KubernetesApi';
import { Reconciler } from './Reconciler';
import { readLive } from './live';
import type { ClusterAccess } from './readInventoryConfig';

export { readInventoryConfig } from './readInventoryConfig';

/** The clusters that can be read. */
export class Inventory {
  readonly #apis: KubernetesApi[];

  constructor(clusters: readonly ClusterAccess[]) {
    this.#apis = clusters.map(access => new KubernetesApi(access));
  }

  /** What a cluster holds of a namespace that Berth did not make. @throws InputError when there is none, or nobody may look */
  async readLive(berth: Berth, cluster: string, name: string): Promise<readonly object[]> {
    const api = this.#apis.find(one => one.cluster === cluster);
    if (api === undefined) {
      throw new InputError(
        `\`${name}\` can't be taken over: nobody can read the cluster \`${cluster}\`; the platform team must add \`berth.clusters.${cluster}.inventory\``,
      );
    }
    const { labelPrefix, kinds } = Policy.of(berth);
    return readLive(api, name, labelPrefix, kinds);
  }

  /** Reads each cluster again and again, in one process at a time. */
  async start(environment: RequestEnvironment, scheduler: SchedulerService, logger: LoggerService): Promise<void> {
    for (const api of this.#apis) {
      const reconciler = new Reconciler({ environment, api, logger });
      await scheduler.scheduleTask({
        id: `platform-inventory-${api.cluster}`,
        frequency: { seconds: api.everySeconds },
        // A cluster with thousands of namespaces is read in a minute; one that hangs must not be read twice at once.
        timeout: { minutes: 15 },
        initialDelay: { seconds: 5 },
        scope: 'global',
        fn: async () => {
          await reconciler.run();
        },
      });
    }
  }

  /** Ends all connections. */
  async close(): Promise<void> {
    await Promise.all(this.#apis.map(api => api.close()));
  }
}
