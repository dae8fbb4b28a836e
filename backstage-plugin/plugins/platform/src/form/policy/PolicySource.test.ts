// Documents that changed are decided by at once; without a core nothing is decided at all.
import type { IdentityApi } from '@backstage/frontend-plugin-api';
import { Berth } from '@berth/core';
import * as core from '@berth/core/bare';
import { ADA, asPlatformApi, embeddedDocuments, fakePlatform } from '../__testUtils__/fakePlatform';
import { PolicySource } from './PolicySource';

const identity = { getBackstageIdentity: async () => ADA } as unknown as IdentityApi;

/** The embedded documents, but production needs nobody's consent any more. */
function relaxedDocuments() {
  const { platform, blueprints } = new Berth().documents();
  const relaxed = structuredClone(platform) as { spec: { environments: { production: { approval?: object } } } };
  delete relaxed.spec.environments.production.approval;
  const { policyDigest } = new Berth({ platform: relaxed, blueprints });
  return { etag: '"two"', documents: { policyDigest, coreVersion: '0.1.0', cut: false, platform: { ...relaxed }, blueprints } };
}

const PRODUCTION = { namespaceName: 'payments-live', team: 'payments', environment: 'production' };

describe('where forms get their policy from', () => {
  it('asks with the ETag, keeps what holds still and takes what changed', async () => {
    const platform = fakePlatform();
    const source = new PolicySource(asPlatformApi(platform), identity, async () => core);
    const heard = jest.fn();
    source.subscribe(heard);
    const first = await source.policy();
    expect(first.decide('namespace', PRODUCTION).approval.required).toBe(true);

    platform.documentsSince.mockResolvedValueOnce(undefined);
    await source.refresh();
    expect(platform.documentsSince).toHaveBeenLastCalledWith(embeddedDocuments().etag);
    expect(await source.policy()).toBe(first);
    expect(heard).toHaveBeenCalledTimes(1);

    platform.documentsSince.mockResolvedValueOnce(relaxedDocuments());
    await source.refresh();
    expect((await source.policy()).decide('namespace', PRODUCTION).approval.required).toBe(false);
    expect(heard).toHaveBeenCalledTimes(2);
  });

  it('knows who asks: only their own teams can be asked for', async () => {
    const policy = await new PolicySource(asPlatformApi(fakePlatform()), identity, async () => core).policy();
    expect(policy.teams(policy.blueprint('namespace')!)).toEqual([{ name: 'payments', title: 'Payments' }]);
    const { violations } = policy.decide('namespace', { ...PRODUCTION, team: 'checkout' });
    expect(violations).toEqual([expect.objectContaining({ code: 'not-a-member' })]);
  });

  it('fails closed when the core does not load, and tries again when asked to', async () => {
    let isBlocked = true;
    const load = async () => {
      if (isBlocked) {
        throw new Error('WebAssembly is blocked');
      }
      return core;
    };
    const source = new PolicySource(asPlatformApi(fakePlatform()), identity, load);
    await expect(source.policy()).rejects.toThrow('WebAssembly is blocked');
    expect(source.state()).toMatchObject({ status: 'failed', what: 'core' });
    isBlocked = false;
    await source.refresh();
    expect(source.state().status).toBe('ready');
  });

  it('fails closed when the documents can’t be compiled', async () => {
    const platform = fakePlatform();
    const { etag, documents } = embeddedDocuments();
    platform.documentsSince.mockResolvedValueOnce({ etag, documents: { ...documents, platform: { kind: 'Nonsense' } } });
    const source = new PolicySource(asPlatformApi(platform), identity, async () => core);
    await source.refresh();
    expect(source.state()).toMatchObject({ status: 'failed', what: 'core' });
  });

  it('keeps deciding when the backend goes away', async () => {
    const platform = fakePlatform();
    const source = new PolicySource(asPlatformApi(platform), identity, async () => core);
    await source.refresh();
    platform.documentsSince.mockRejectedValueOnce(new Error('connection refused'));
    await source.refresh();
    expect(source.state().status).toBe('ready');
  });
});
