/**
 * Keeps the catalog's Resources equal to the namespaces that stand. It asks the plugin `platform` for all of them; when that doesn't
 * answer, the catalog keeps what it has. What an entity looks like is in `entityOf.ts`.
 */
import type { LoggerService, SchedulerServiceTaskRunner } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError, stringifyError } from '@backstage/errors';
import type { EntityProvider, EntityProviderConnection } from '@backstage/plugin-catalog-node';
import type { NamespaceDetail, PlatformClient } from '@berth/plugin-platform-common';
import { entityOf, readPlatform } from './entityOf';

export interface NamespaceProviderOptions {
  logger: LoggerService;
  tasks: SchedulerServiceTaskRunner;
  /** A client with a fresh token. */
  client(): Promise<PlatformClient>;
  /** Names of the Argo instances, as the configuration has them. */
  argoInstances: readonly string[];
  defaultArgoInstance?: string;
  /** Where the portal is; without it entities have no link to their page. */
  appUrl?: string;
}

export class NamespaceProvider implements EntityProvider {
  readonly #options: NamespaceProviderOptions;

  constructor(options: NamespaceProviderOptions) {
    this.#options = options;
  }

  getProviderName(): string {
    return 'berth-namespaces';
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    await this.#options.tasks.run({
      id: `${this.getProviderName()}:refresh`,
      fn: async () => {
        try {
          await this.refresh(connection);
        } catch (error) {
          this.#options.logger.warn(`the catalog keeps the namespaces that it has: ${stringifyError(error)}`);
        }
      },
    });
  }

  /** Reads all namespaces and hands them to the catalog, which takes away what is gone. */
  async refresh(connection: EntityProviderConnection): Promise<void> {
    const client = await this.#options.client();
    const documents = await client.GET('/documents');
    const platform = readPlatform(answered(documents).platform);
    const namespaces = await allNamespaces(client);
    const { argoInstances, defaultArgoInstance, appUrl } = this.#options;
    const entities = namespaces.map(namespace => entityOf(namespace, { ...platform, argoInstances, defaultArgoInstance, appUrl }));
    const locationKey = this.getProviderName();
    await connection.applyMutation({ type: 'full', entities: entities.map(entity => ({ entity, locationKey })) });
  }
}

async function allNamespaces(client: PlatformClient): Promise<NamespaceDetail[]> {
  const all: NamespaceDetail[] = [];
  let cursor: string | undefined;
  do {
    const page: { items: NamespaceDetail[]; nextCursor?: string } = answered(
      await client.GET('/namespaces', { params: { query: { limit: 200, ...(cursor && { cursor }) } } }),
    );
    all.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor);
  return all.filter(({ state }) => state !== 'gone');
}

function answered<T>({ data, response }: { data?: T; response: Response }): T {
  if (data === undefined) {
    throw new ServiceUnavailableError(`the plugin \`platform\` answered ${response.status}`);
  }
  return data;
}
