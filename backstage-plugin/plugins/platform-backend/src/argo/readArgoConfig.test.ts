/** Reading `argoWorkflows`, and what is wrong with it. */
import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { readArgoConfig } from './readArgoConfig';

const read = (argoWorkflows: JsonObject) => readArgoConfig(new ConfigReader({ argoWorkflows }));
const one = (instance: JsonObject) =>
  read({ instances: [{ name: 'main', baseUrl: 'https://argo.company.com', ...instance }] }).instances[0];

describe('readArgoConfig', () => {
  it('reads instances, and takes the first for the default', () => {
    expect(
      read({
        instances: [
          { name: 'main', baseUrl: 'https://argo.company.com/', tokenFile: '/var/run/secrets/argo/token' },
          { name: 'edge', baseUrl: 'https://company.com/argo', token: 'abc', namespace: 'edge', caFile: '/etc/ca.pem' },
        ],
      }),
    ).toEqual({
      defaultInstance: 'main',
      instances: [
        {
          name: 'main',
          baseUrl: 'https://argo.company.com',
          tokenFile: '/var/run/secrets/argo/token',
          namespace: 'berth-workflows',
          timeoutMs: 30_000,
        },
        {
          name: 'edge',
          baseUrl: 'https://company.com/argo',
          token: 'abc',
          namespace: 'edge',
          caFile: '/etc/ca.pem',
          timeoutMs: 30_000,
        },
      ],
    });
  });

  it('reads how Workflows are rendered, and refuses what it does not know', () => {
    expect(one({}).target).toBeUndefined();
    expect(one({ target: 'workflow-ref' }).target).toBe('workflow-ref');
    expect(() => one({ target: 'template' })).toThrow('`target` of Argo instance `main` is `template`: write `workflow`');
  });

  it('leaves the instances of the community plugin alone that have no Argo Server', () => {
    const config = read({
      instances: [
        { name: 'cluster', kubernetes: { clusterName: 'main' } },
        { name: 'main', baseUrl: 'http://argo:2746' },
      ],
    });
    expect(config.instances.map(instance => instance.name)).toEqual(['main']);
  });

  it.each([
    ['30000', 30_000],
    [5000, 5_000],
    ['5s', 5_000],
    ['PT1M', 60_000],
    [{ seconds: 10 }, 10_000],
    ['', 30_000],
  ])('reads the timeout %j', (timeout, milliseconds) => {
    expect(one({ timeout }).timeoutMs).toBe(milliseconds);
  });

  it('takes what a substitution left empty for what is not there', () => {
    expect(one({ token: '', tokenFile: '', caFile: '', namespace: '' })).toEqual({
      name: 'main',
      baseUrl: 'https://argo.company.com',
      namespace: 'berth-workflows',
      timeoutMs: 30_000,
    });
  });

  it.each([
    [{ instances: [] }, 'names no Argo Server'],
    [{}, 'names no Argo Server'],
    [{ instances: [{ name: 'main', baseUrl: 'argo.company.com' }] }, 'write it like `https://argo.company.com`'],
    [{ instances: [{ name: 'main', baseUrl: 'ftp://argo' }] }, '`baseUrl` of Argo instance `main` is `ftp://argo`'],
    [{ instances: [{ name: 'main', baseUrl: 'https://ada:secret@argo' }] }, 'holds credentials'],
    [{ instances: [{ name: 'main', baseUrl: 'http://argo', timeout: '1ms' }] }, 'is 1 ms'],
    [{ instances: [{ name: 'main', baseUrl: 'http://argo', token: 'a', tokenFile: 'b' }] }, 'keep one of them'],
    [{ defaultInstance: 'edge', instances: [{ name: 'main', baseUrl: 'http://argo' }] }, 'write one of `main`'],
    [
      {
        instances: [
          { name: 'main', baseUrl: 'http://a' },
          { name: 'main', baseUrl: 'http://b' },
        ],
      },
      'names `main` twice',
    ],
  ])('refuses %j', (config, message) => {
    expect(() => read(config)).toThrow(message);
    expect(() => read(config)).not.toThrow('secret');
  });
});
