// The catalog holds what stands, and keeps it while the backend is away.
import { mockServices } from '@backstage/backend-test-utils';
import { type Entity, entityEnvelopeSchemaValidator, FieldFormatEntityPolicy } from '@backstage/catalog-model';
import type { EntityProviderConnection } from '@backstage/plugin-catalog-node';
import type { NamespaceDetail, PlatformClient } from '@berth/plugin-platform-common';
import { entityOf } from './entityOf';
import { NamespaceProvider } from './NamespaceProvider';

const checkout: NamespaceDetail = {
  name: 'payments-checkout',
  cluster: 'main',
  team: 'payments',
  environment: 'production',
  requestId: 'f0d6c5a1',
  appliedBy: 'f0d6c5a1',
  state: 'standing',
  parameters: { namespaceName: 'payments-checkout', resourceTier: 'medium', description: 'The checkout' },
  cost: { monthly: 26000, currency: 'USD', decimals: 2 },
  standsSince: '2026-11-01T09:00:00Z',
  openRequests: [],
  source: 'tables',
};
const platform = { spec: { labelPrefix: 'platform.io', teams: { payments: { catalogRef: 'group:default/payments-team' }, checkout: {} } } };
const options = { labelPrefix: 'platform.io', owners: {}, argoInstances: ['main', 'edge'], appUrl: 'https://backstage.company.com/' };

/** The catalog as the provider sees it, and a backend with two pages. */
function stage(answer: (path: string, cursor?: string) => object | undefined) {
  const applied: Entity[][] = [];
  const connection = {
    applyMutation: async (mutation: { entities: { entity: Entity }[] }) => {
      applied.push(mutation.entities.map(({ entity }) => entity));
    },
  } as unknown as EntityProviderConnection;
  const GET = async (path: string, call?: { params: { query: { cursor?: string } } }) => {
    const data = answer(path, call?.params.query.cursor);
    return { data, response: new Response(null, { status: data ? 200 : 503 }) };
  };
  let task = async () => {};
  const provider = new NamespaceProvider({
    logger: mockServices.logger.mock(),
    tasks: { run: async ({ fn }) => { task = fn as typeof task; } },
    client: async () => ({ GET }) as unknown as PlatformClient,
    argoInstances: ['main'],
  });
  return { applied, connection, provider, look: () => task() };
}

describe('NamespaceProvider', () => {
  it('brings in all pages, without what is gone', async () => {
    const pages: Record<string, object> = {
      first: { items: [checkout], nextCursor: 'second' },
      second: { items: [{ ...checkout, name: 'payments-old', state: 'gone' }, { ...checkout, name: 'shop-web', team: 'checkout' }] },
    };
    const { applied, connection, provider, look } = stage((path, cursor = 'first') => (path === '/documents' ? { platform } : pages[cursor]));
    await provider.connect(connection);
    await look();
    expect(applied).toEqual([
      [
        expect.objectContaining({ spec: { type: 'kubernetes-namespace', owner: 'group:default/payments-team' } }),
        expect.objectContaining({ spec: { type: 'kubernetes-namespace', owner: 'group:default/checkout' } }),
      ],
    ]);
  });

  it('leaves the catalog alone when the backend does not answer', async () => {
    const { applied, connection, provider, look } = stage(path => (path === '/documents' ? { platform } : undefined));
    await provider.connect(connection);
    await look();
    expect(applied).toEqual([]);
  });
});

describe('the entity of a namespace', () => {
  it('has owner, place, cost and the annotations of Argo', async () => {
    const entity = entityOf(checkout, options);
    expect(entity.metadata).toMatchObject({
      name: 'main.payments-checkout',
      title: 'payments-checkout',
      tags: ['production', 'medium'],
      annotations: {
        'argoworkflows.argoproj.io/workflow-selector': 'platform.io/namespace=payments-checkout',
        'argoworkflows.argoproj.io/instance-name': 'main',
        'berth.dev/environment': 'production',
        'berth.dev/tier': 'medium',
        'berth.dev/monthly-cost': '260.00 USD',
      },
      links: [{ url: 'https://backstage.company.com/platform/namespaces/main/payments-checkout' }],
    });
    expect(() => entityEnvelopeSchemaValidator()(entity)).not.toThrow();
    // Says of every field what the catalog says of it, which else leaves the entity out.
    await expect(new FieldFormatEntityPolicy().enforce(entity)).resolves.toEqual(entity);
  });

  it('has no link where nobody knows the portal’s address', () => {
    expect(entityOf(checkout, { ...options, appUrl: undefined }).metadata.links).toBeUndefined();
  });

  it('has a name that the catalog takes, also where cluster and namespace are long', () => {
    const long = { ...checkout, cluster: 'production-europe-west', name: 'payments-reconciliation-of-a-very-long-winded-department-x' };
    const names = ['main', 'production-europe-west', 'production-europe-north'].map(cluster => entityOf({ ...long, cluster }, options).metadata.name);
    expect(new Set(names).size).toBe(3);
    names.forEach(name => expect(name).toMatch(/^[a-z0-9][a-z0-9.-]{0,61}[a-z0-9]$/));
  });

  it('is found in the instance of its cluster', () => {
    const instanceOf = (cluster: string, defaultArgoInstance?: string) =>
      entityOf({ ...checkout, cluster }, { ...options, defaultArgoInstance }).metadata.annotations?.['argoworkflows.argoproj.io/instance-name'];
    expect([instanceOf('edge'), instanceOf('far'), instanceOf('far', 'edge')]).toEqual(['edge', 'main', 'edge']);
  });
});
