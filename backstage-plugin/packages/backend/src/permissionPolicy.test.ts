// The same requests with permissions off, with everything allowed and with the sample policy: what always holds, holds in all three,
// and a policy only narrows it.
import {
  type BackendFeature,
  type BackstageCredentials,
  coreServices,
  createServiceFactory,
  type PermissionsService,
} from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices, startTestBackend, type TestBackend } from '@backstage/backend-test-utils';
import { permissionsServiceFactory } from '@backstage/backend-defaults/permissions';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult, type Permission } from '@backstage/plugin-permission-common';
import type { PermissionPolicy, PolicyQueryUser } from '@backstage/plugin-permission-node';
import platformPlugin from '@berth/plugin-platform-backend';
import request from 'supertest';
import { SamplePolicy } from './permissionPolicy';

const GROUPS: Record<string, string[]> = {
  ada: ['group:default/payments'],
  bob: ['group:default/payments'],
  carol: ['group:default/checkout'],
  grace: ['group:default/platform-admins'],
  heidi: ['group:default/platform-admins', 'group:default/payments'],
};

/** What the catalog says of a user. */
function infoOf(credentials: BackstageCredentials) {
  const { userEntityRef } = (credentials as ReturnType<typeof mockCredentials.user>).principal;
  const groups = GROUPS[userEntityRef.replace('user:default/', '')] ?? [];
  return { userEntityRef, ownershipEntityRefs: [userEntityRef, ...groups] };
}

const userInfo = createServiceFactory({
  service: coreServices.userInfo,
  deps: {},
  factory: () => ({ getUserInfo: async credentials => infoOf(credentials) }),
});

/** Permissions by a policy, without the permission backend: Backstage's mock tokens can't pass through it for lists. */
function permissionsBy(policy: PermissionPolicy): BackendFeature {
  const ask = (requests: { permission: Permission }[], { credentials }: { credentials: BackstageCredentials }) =>
    Promise.all(requests.map(one => policy.handle(one, { credentials, info: infoOf(credentials) } as PolicyQueryUser)));
  return createServiceFactory({
    service: coreServices.permissions,
    deps: {},
    factory: () => ({ authorize: ask, authorizeConditional: ask }) as unknown as PermissionsService,
  });
}

const MODES: Record<string, BackendFeature> = {
  'permissions off': permissionsServiceFactory,
  'everything allowed': permissionsBy({ handle: async () => ({ result: AuthorizeResult.ALLOW }) }),
  'the sample policy': permissionsBy(new SamplePolicy()),
};

describe.each(Object.entries(MODES))('with %s', (mode, permissions) => {
  let backend: TestBackend;
  let development: string;
  let production: { id: string; planDigest: string };

  const as = (user: string) => {
    const authorization = mockCredentials.user.header(`user:default/${user}`);
    const url = (path: string) => `/api/platform${path}`;
    return {
      get: (path: string) => request(backend.server).get(url(path)).set({ authorization }),
      post: (path: string, body: object = {}) => request(backend.server).post(url(path)).set({ authorization }).send(body),
    };
  };
  const ask = async (namespaceName: string, environment: string, user = 'ada') =>
    (await as(user).post('/namespaces/request', { namespaceName, team: 'payments', environment, description: 'The checkout' })).body;

  beforeAll(async () => {
    const data = {
      permission: { enabled: false },
      backend: { baseUrl: 'http://localhost:0', listen: { host: '127.0.0.1', port: 0 } },
      argoWorkflows: { instances: [{ name: 'main', baseUrl: 'http://127.0.0.1:1' }] },
    };
    backend = await startTestBackend({
      features: [
        platformPlugin,
        permissions,
        catalogServiceMock.factory({ entities: [] }),
        mockServices.rootConfig.factory({ data }),
        userInfo,
      ],
    });
    development = (await ask('payments-checkout', 'development')).requestId;
    const asked = await ask('payments-live', 'production');
    production = { id: asked.requestId, planDigest: asked.planDigest };
  }, 30_000);

  afterAll(() => backend.stop());

  it('nobody asks for a team that they are not in', async () => {
    const answer = await ask('stolen', 'development', 'carol');
    expect(answer.violations).toEqual([expect.objectContaining({ code: 'not-a-member' })]);
  });

  it('requests are seen by their team and by who sees all, in lists and one by one', async () => {
    const seen = async (user: string) => {
      const { body } = await as(user).get('/requests');
      return body.items.map((item: { name: string }) => item.name).sort();
    };
    expect(await seen('ada')).toEqual(['payments-checkout', 'payments-live']);
    expect(await seen('bob')).toEqual(['payments-checkout', 'payments-live']);
    expect(await seen('carol')).toEqual([]);
    // The sample policy shows approvers what they may approve, and no more.
    expect(await seen('grace')).toEqual(mode === 'the sample policy' ? ['payments-live'] : ['payments-checkout', 'payments-live']);
    expect((await as('bob').get(`/requests/${development}`)).status).toBe(200);
    expect((await as('carol').get(`/requests/${development}`)).status).toBe(404);
    expect((await as('grace').get(`/requests/${development}`)).status).toBe(mode === 'the sample policy' ? 404 : 200);
  });

  it('nobody approves what they asked for, and nobody outside the approving group approves', async () => {
    const { planDigest } = production;
    expect((await as('ada').post(`/requests/${production.id}/approve`, { planDigest })).status).toBe(403);
    expect((await as('bob').post(`/requests/${production.id}/approve`, { planDigest })).status).toBe(403);
    const own = await ask('payments-own', 'production', 'heidi');
    const approval = await as('heidi').post(`/requests/${own.requestId}/approve`, { planDigest: own.planDigest });
    expect(approval.status).toBe(403);
    expect((await as('grace').post(`/requests/${production.id}/approve`, { planDigest })).body.status).toBe('queued');
  });

  it('what runs in production is stopped by the team, unless the policy forbids it', async () => {
    expect((await as('carol').post(`/requests/${production.id}/cancel`)).status).toBe(404);
    const { status } = await as('bob').post(`/requests/${production.id}/cancel`);
    expect(status).toBe(mode === 'the sample policy' ? 403 : 200);
    expect((await as('bob').post(`/requests/${development}/cancel`)).status).toBe(200);
  });
});
