// Who gets in without a password: the people of the configuration, from this machine, in the demo.
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import authPlugin from '@backstage/plugin-auth-backend';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import request from 'supertest';
import personas from './personas';

const ADA = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: { name: 'ada', namespace: 'default' },
  spec: { memberOf: ['payments'] },
  relations: [{ type: 'memberOf', targetRef: 'group:default/payments' }],
};

function start(host: string, demo = true) {
  const data = {
    app: { baseUrl: 'http://localhost:3000' },
    backend: { baseUrl: 'http://localhost:7007', listen: { host, port: 0 } },
    auth: { providers: { persona: { people: [{ name: 'ada', title: 'Ada' }] } } },
    berth: { demo },
  };
  return startTestBackend({
    features: [authPlugin, personas, catalogServiceMock.factory({ entities: [ADA] }), mockServices.rootConfig.factory({ data })],
  });
}

describe('sign-in by choosing somebody', () => {
  it('knows the people of the configuration, and nobody else', async () => {
    const backend = await start('127.0.0.1');
    const enter = (name: string, host = 'localhost:3000') =>
      request(backend.server).get('/api/auth/persona/refresh').set({ 'x-berth-persona': name, host });
    const { status, body } = await enter('ada');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      profile: { displayName: 'Ada' },
      backstageIdentity: { identity: { userEntityRef: 'user:default/ada', ownershipEntityRefs: expect.arrayContaining(['group:default/payments']) } },
    });
    expect((await enter('mallory')).status).toBe(403);
    // A page elsewhere, whose name leads here.
    expect((await enter('ada', 'evil.example:3000')).status).toBe(403);
    await backend.stop();
  });

  it.each([
    ['on other addresses than loopback', '0.0.0.0', true],
    ['outside the demo', '127.0.0.1', false],
  ])('refuses to start %s', async (_, host, demo) => {
    await expect(start(host, demo)).rejects.toThrow('personas sign in without a password');
  });
});
