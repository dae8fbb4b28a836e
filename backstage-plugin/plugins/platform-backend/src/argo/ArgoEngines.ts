/** The Argo Servers of the configuration, by name. */
import { NotFoundError } from '@backstage/errors';
import { ArgoClient } from './ArgoClient';
import type { ArgoConfig } from './readArgoConfig';

export class ArgoEngines {
  readonly defaultInstance: string;
  readonly #clients: Map<string, ArgoClient>;

  constructor(config: ArgoConfig) {
    this.defaultInstance = config.defaultInstance;
    this.#clients = new Map(config.instances.map(instance => [instance.name, new ArgoClient(instance)]));
  }

  /** @throws NotFoundError for a name that the configuration does not have (any more) */
  get(instance: string): ArgoClient {
    const client = this.#clients.get(instance);
    if (!client) {
      throw new NotFoundError(`there is no Argo instance \`${instance}\`: add it to \`argoWorkflows.instances\` again`);
    }
    return client;
  }

  /** All of them, in the order of the configuration. */
  all(): ArgoClient[] {
    return [...this.#clients.values()];
  }

  /** Ends all connections. */
  async close(): Promise<void> {
    await Promise.all(this.all().map(client => client.close()));
  }
}
