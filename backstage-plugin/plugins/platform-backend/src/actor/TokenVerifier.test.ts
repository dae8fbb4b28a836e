// Tokens of the platform's own issuers: which are taken, and which tricks are not.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mockServices } from '@backstage/backend-test-utils';
import { exportJWK, exportSPKI, generateKeyPair, type JWTPayload, type KeyLike, SignJWT, UnsecuredJWT } from 'jose';
import type { TokenConfig } from '../config';
import { TokenVerifier } from './TokenVerifier';

const secret = 'a-secret-of-the-tests-with-32-bytes-and-more';
const logger = mockServices.logger.mock();
const hs256: TokenConfig = { issuer: 'platform-api', audience: 'platform-users', secret, clockSkewSeconds: 30 };
const ada: JWTPayload = {
  sub: 'ada',
  iss: 'platform-api',
  aud: 'platform-users',
  exp: inSeconds(60),
  groups: ['Payments-Team'],
  roles: ['namespace:admin'],
  tenant: 'default',
  email: 'ada@company.com',
};

function inSeconds(seconds: number): number {
  return Math.floor(Date.now() / 1000) + seconds;
}

function sign(payload: JWTPayload, key: string | KeyLike = secret, alg = 'HS256'): Promise<string> {
  const material = typeof key === 'string' ? new TextEncoder().encode(key) : key;
  return new SignJWT(payload).setProtectedHeader({ alg, kid: 'k1' }).sign(material);
}

describe('HS256 tokens', () => {
  const verifier = new TokenVerifier([hs256], logger);

  it('say who calls, and what they claim', async () => {
    expect(await verifier.verify(await sign(ada))).toEqual({
      ref: 'external:ada',
      groups: ['Payments-Team'],
      roles: ['namespace:admin'],
      email: 'ada@company.com',
    });
  });

  it.each<[string, JWTPayload]>([
    ['another issuer', { ...ada, iss: 'somebody-else' }],
    ['no issuer', { ...ada, iss: undefined }],
    ['another audience', { ...ada, aud: 'other-users' }],
    ['no audience', { ...ada, aud: undefined }],
    ['no end', { ...ada, exp: undefined }],
    ['an end that has come', { ...ada, exp: inSeconds(-31) }],
    ['a beginning that is to come', { ...ada, nbf: inSeconds(40) }],
    ['no subject', { ...ada, sub: undefined }],
    ['an empty subject', { ...ada, sub: '' }],
    ['groups that are no list', { ...ada, groups: 'Platform-Admins' }],
    ['roles that are no names', { ...ada, roles: [{ admin: true }] }],
  ])('are refused with %s', async (_, payload) => {
    expect(await verifier.verify(await sign(payload))).toBeUndefined();
  });

  it('may have ended within the skew of the clocks', async () => {
    expect(await verifier.verify(await sign({ ...ada, exp: inSeconds(-20) }))).toBeDefined();
  });

  it('are refused with another key, another algorithm or none', async () => {
    expect(await verifier.verify(await sign(ada, `${secret}!`))).toBeUndefined();
    expect(await verifier.verify(await sign(ada, secret, 'HS512'))).toBeUndefined();
    expect(await verifier.verify(new UnsecuredJWT(ada).encode())).toBeUndefined();
    expect(await verifier.verify('static-token-of-somebody')).toBeUndefined();
  });

  it('link nobody by an e-mail address that was not verified', async () => {
    const caller = await verifier.verify(await sign({ ...ada, email_verified: false }));
    expect(caller).toMatchObject({ ref: 'external:ada' });
    expect(caller).not.toHaveProperty('email');
  });

  it('are refused for tenants that are not let in', async () => {
    const strict = new TokenVerifier([{ ...hs256, tenants: ['default'] }], logger);
    expect(await strict.verify(await sign(ada))).toBeDefined();
    expect(await strict.verify(await sign({ ...ada, tenant: 'other' }))).toBeUndefined();
    expect(await strict.verify(await sign({ ...ada, tenant: undefined }))).toBeUndefined();
  });

  it('are refused when they have ended, also when they were good a moment before', async () => {
    const token = await sign({ ...ada, exp: inSeconds(10) });
    expect(await verifier.verify(token)).toBeDefined();
    jest.useFakeTimers({ now: Date.now() + 41_000, doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
    expect(await verifier.verify(token)).toBeUndefined();
    jest.useRealTimers();
  });

  it('are taken with the old and the new key while a key is changed', async () => {
    const both = new TokenVerifier([{ ...hs256, secret: `${secret}-new` }, hs256], logger);
    expect(await both.verify(await sign(ada))).toBeDefined();
    expect(await both.verify(await sign(ada, `${secret}-new`))).toBeDefined();
  });
});

describe('RS256 tokens, by published keys', () => {
  let keys: { publicKey: KeyLike; privateKey: KeyLike };
  let server: Server;
  let rs256: TokenConfig;

  beforeAll(async () => {
    keys = await generateKeyPair('RS256');
    const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' };
    server = createServer((_, response) => response.end(JSON.stringify({ keys: [jwk] })));
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    rs256 = { issuer: 'idp', audience: 'platform-users', jwksUrl: `http://127.0.0.1:${port}/keys`, subjectPrefix: 'idp', clockSkewSeconds: 30 };
  });

  afterAll(() => server.close());

  it('are taken beside those of another issuer', async () => {
    const verifier = new TokenVerifier([hs256, rs256], logger);
    const caller = await verifier.verify(await sign({ ...ada, iss: 'idp' }, keys.privateKey, 'RS256'));
    expect(caller).toMatchObject({ ref: 'external:idp:ada' });
    expect(await verifier.verify(await sign(ada))).toMatchObject({ ref: 'external:ada' });
  });

  it('are refused when the public key was used as an HMAC secret', async () => {
    const verifier = new TokenVerifier([rs256], logger);
    const forged = await sign({ ...ada, iss: 'idp' }, await exportSPKI(keys.publicKey));
    expect(await verifier.verify(forged)).toBeUndefined();
  });

  it('are refused, with a line for the operator, while the keys can’t be read', async () => {
    const gone = new TokenVerifier([{ ...rs256, jwksUrl: 'http://127.0.0.1:1/keys' }], logger);
    const token = await sign({ ...ada, iss: 'idp' }, keys.privateKey, 'RS256');
    expect(await gone.verify(token)).toBeUndefined();
    expect(logger.warn).toHaveBeenCalledWith(expect.stringContaining('the keys of the issuer `idp` can’t be read'.replace('’', "'")));
    expect(JSON.stringify(logger.warn.mock.calls)).not.toContain(token);
  });
});
