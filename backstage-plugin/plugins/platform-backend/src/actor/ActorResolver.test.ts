// Who calls: users of Backstage, callers with tokens of our own issuer, services; and which user an external caller is.
import type { BackstageCredentials, HttpAuthService } from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { Request } from 'express';
import { type JWTPayload, SignJWT } from 'jose';
import { ActorResolver } from './ActorResolver';
import { People } from './People';
import { TokenVerifier } from './TokenVerifier';

const secret = 'a-secret-of-the-tests-with-32-bytes-and-more';

const user = (name: string, email: string) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: { name, namespace: 'default' },
  spec: { profile: { email }, memberOf: [] },
});

const company = catalogServiceMock({
  entities: [
    user('ada', 'ada@company.com'),
    user('twin-a', 'twins@company.com'),
    user('twin-b', 'twins@company.com'),
  ],
});

const away = catalogServiceMock.mock({
  getEntities: () => Promise.reject(new Error('connection refused')),
  getEntityByRef: () => Promise.reject(new Error('connection refused')),
});

/** A resolver for callers whom Backstage lets in with these credentials. */
function resolver(credentials: BackstageCredentials, catalog: CatalogService = company, links: Record<string, string> = {}) {
  const auth = mockServices.auth();
  const logger = mockServices.logger.mock();
  const letIn = (async () => credentials) as unknown as HttpAuthService['credentials'];
  return new ActorResolver({
    auth,
    logger,
    links,
    httpAuth: mockServices.httpAuth.mock({ credentials: letIn }),
    userInfo: mockServices.userInfo({ ownershipEntityRefs: ['user:default/ada', 'group:default/payments'] }),
    people: new People({ catalog, auth }),
    verifier: new TokenVerifier(
      [{ issuer: 'platform-api', audience: 'platform-users', secret, clockSkewSeconds: 0 }],
      logger,
    ),
  });
}

const letInAsExternal = mockCredentials.service('external:ada');

function call(token: string): Request {
  return { header: () => `Bearer ${token}` } as unknown as Request;
}

async function callWith(claims: JWTPayload): Promise<Request> {
  const token = await new SignJWT({ sub: 'ada', ...claims })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer('platform-api')
    .setAudience('platform-users')
    .setExpirationTime('1m')
    .sign(new TextEncoder().encode(secret));
  return call(token);
}

describe('a caller', () => {
  it('who is a user belongs to their groups of the catalog', async () => {
    const credentials = mockCredentials.user('user:default/ada');
    const caller = await resolver(credentials).resolve(call('backstage'));
    expect(caller).toEqual({
      credentials,
      actor: { ref: 'user:default/ada', kind: 'user', groups: ['group:default/payments'], roles: [], email: 'ada@company.com' },
    });
  });

  it('with a token of our issuer belongs to what it claims, and is the user with that e-mail address', async () => {
    const request = await callWith({ groups: ['Payments-Team'], roles: ['namespace:admin'], email: 'Ada@company.com' });
    const { actor } = await resolver(letInAsExternal).resolve(request);
    expect(actor).toEqual({
      ref: 'external:ada',
      kind: 'external',
      groups: ['Payments-Team'],
      roles: ['namespace:admin'],
      email: 'Ada@company.com',
      linkedRef: 'user:default/ada',
    });
  });

  it('is linked by the configured map first', async () => {
    const request = await callWith({ email: 'twins@company.com' });
    const { actor } = await resolver(letInAsExternal, company, { ada: 'user:default/Ada' }).resolve(request);
    expect(actor.linkedRef).toBe('user:default/ada');
  });

  it.each([
    ['nobody has the address', 'nobody@company.com'],
    ['two have it', 'twins@company.com'],
  ])('is linked to nobody when %s', async (_, email) => {
    const { actor } = await resolver(letInAsExternal).resolve(await callWith({ email }));
    expect(actor).not.toHaveProperty('linkedRef');
  });

  it('that is a service belongs to nothing', async () => {
    const { actor } = await resolver(mockCredentials.service('plugin:search')).resolve(call('a-plugin-token'));
    expect(actor).toEqual({ ref: 'service:plugin:search', kind: 'service', groups: [], roles: [] });
  });
});

describe('a caller of an action, where there are credentials alone', () => {
  it('who is a user is the one that they are in a call', async () => {
    const credentials = mockCredentials.user('user:default/ada');
    const caller = await resolver(credentials).resolveCredentials(credentials);
    expect(caller).toEqual(await resolver(credentials).resolve(call('backstage')));
    expect(caller.actor.groups).toEqual(['group:default/payments']);
  });

  it('with a token of our issuer belongs to nothing: its claims are not to be had', async () => {
    const { actor } = await resolver(letInAsExternal).resolveCredentials(letInAsExternal);
    expect(actor).toEqual({ ref: 'service:external:ada', kind: 'service', groups: [], roles: [] });
  });
});

describe('while the catalog is away', () => {
  it('calls go on, without a link', async () => {
    const { actor } = await resolver(letInAsExternal, away).resolve(await callWith({ email: 'ada@company.com' }));
    expect(actor).toMatchObject({ ref: 'external:ada', email: 'ada@company.com' });
    expect(actor).not.toHaveProperty('linkedRef');
  });

  it('nothing goes on that depends on who somebody is', async () => {
    const request = await callWith({ email: 'ada@company.com' });
    await expect(resolver(letInAsExternal, away).resolve(request, 'needed')).rejects.toThrow("the catalog doesn't answer");
    const asUser = resolver(mockCredentials.user('user:default/ada'), away).resolve(call('backstage'), 'needed');
    await expect(asUser).rejects.toThrow("the catalog doesn't answer");
  });
});
