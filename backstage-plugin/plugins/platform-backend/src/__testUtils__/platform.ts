/**
 * The whole plugin in a test backend; without an Argo Server, unless a test gives one, requests stay queued. Users come with Backstage's mock tokens, external
 * callers with real ones; that Backstage lets both in is tested where a real backend runs (tests/guide).
 */
import { type BackendFeature, coreServices, createServiceFactory, type HttpAuthService } from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { JsonObject } from '@backstage/types';
import { decodeJwt, SignJWT } from 'jose';
import knexFactory from 'knex';
import request, { type Test } from 'supertest';
import platformPlugin from '..';

const SECRET = 'a-secret-of-the-tests-with-32-bytes-and-more';

/** What is different from the standard in a test. */
export interface PlatformOptions {
  /** Over `berth` of the configuration. */
  berth?: JsonObject;
  /** Groups of the catalog by user. */
  groups?: Record<string, string[]>;
  features?: BackendFeature[];
  /** Where an Argo Server answers, or several of them as in `argoWorkflows.instances`. */
  argo?: string | JsonObject[];
}

/** A caller: `as.get('/requests')`. */
export type As = Record<'get' | 'post' | 'patch' | 'delete', (path: string, body?: object, headers?: Record<string, string>) => Test>;

export interface TestPlatform {
  /** A user of the catalog, such as `ada`. */
  user(name: string): As;
  /** Somebody with a token of our issuer. */
  external(claims: JsonObject): Promise<As>;
  anybody: As;
  stop(): Promise<void>;
}

/** Groups that the users of the tests are in. */
const GROUPS: Record<string, string[]> = {
  ada: ['group:default/payments'],
  bob: ['group:default/payments'],
  carol: ['group:default/checkout'],
  grace: ['group:default/platform-admins'],
};

/** As Backstage does it: the token handler lets external callers in as services, of which only the subject is kept. */
const lettingIn = createServiceFactory({
  service: coreServices.httpAuth,
  deps: { plugin: coreServices.pluginMetadata },
  factory({ plugin }): HttpAuthService {
    const mock = mockServices.httpAuth({ pluginId: plugin.getId(), defaultCredentials: mockCredentials.none() });
    return {
      issueUserCookie: mock.issueUserCookie.bind(mock),
      async credentials(req, accepted) {
        const token = req.headers.authorization?.replace(/^Bearer /, '') ?? '';
        // A token of ours has three parts; all others are mocks.
        return token.split('.').length === 3
          ? (mockCredentials.service(`external:${decodeJwt(token).sub}`) as never)
          : mock.credentials(req, accepted);
      },
    };
  },
});

export async function startPlatform(options: PlatformOptions = {}): Promise<TestPlatform> {
  const groups = { ...GROUPS, ...options.groups };
  const data = {
    backend: {
      listen: { host: '127.0.0.1', port: 0 },
      auth: { externalAccess: [{ type: 'berth', options: {}, accessRestrictions: [{ plugin: 'platform' }] }] },
    },
    berth: { tokens: [{ secret: SECRET }], ...options.berth },
    argoWorkflows: {
      instances: Array.isArray(options.argo) ? options.argo : [{ name: 'main', baseUrl: options.argo ?? 'http://127.0.0.1:1' }],
    },
  };
  const entities = Object.keys(groups).map(name => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: { name, namespace: 'default' },
    spec: { profile: { email: `${name}@company.com` }, memberOf: [] },
  }));
  // Its own, since Backstage closes none of SQLite: its pool would keep the process alive.
  const knex = knexFactory({ client: 'better-sqlite3', connection: ':memory:', useNullAsDefault: true });
  const backend = await startTestBackend({
    features: [
      mockServices.database.factory({ knex }),
      platformPlugin,
      catalogServiceMock.factory({ entities }),
      mockServices.rootConfig.factory({ data }),
      lettingIn,
      createServiceFactory({
        service: coreServices.userInfo,
        deps: {},
        factory: () => ({
          async getUserInfo(credentials) {
            const { userEntityRef } = (credentials as ReturnType<typeof mockCredentials.user>).principal;
            const name = userEntityRef.replace('user:default/', '');
            return { userEntityRef, ownershipEntityRefs: [userEntityRef, ...(groups[name] ?? [])] };
          },
        }),
      }),
      ...(options.features ?? []),
    ],
  });
  const as = (authorization?: string): As => {
    const call = (method: keyof As) => (path: string, body?: object, headers: Record<string, string> = {}) => {
      const test = request(backend.server)[method](`/api/platform${path}`).set(headers);
      const authorized = authorization === undefined ? test : test.set('authorization', authorization);
      return body === undefined ? authorized : authorized.send(body);
    };
    return { get: call('get'), post: call('post'), patch: call('patch'), delete: call('delete') };
  };
  return {
    async stop() {
      await backend.stop();
      await knex.destroy();
    },
    anybody: as(),
    user: name => as(mockCredentials.user.header(`user:default/${name}`)),
    external: async claims => as(`Bearer ${await sign(claims)}`),
  };
}

function sign(claims: JsonObject): Promise<string> {
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer('platform-api')
    .setAudience('platform-users')
    .setExpirationTime('5m')
    .sign(new TextEncoder().encode(SECRET));
}
