// The folder of documents: read at the start, read again when it changes, and shown to callers as far as they may see it.
import { createMockDirectory, mockServices } from '@backstage/backend-test-utils';
import { Berth } from '@berth/core/yaml';
import { stringify } from 'yaml';
import type { Actor } from '../actor';
import { DocumentStore, viewFor } from '.';

const standard = new Berth().documents();

/** The standard platform, with another budget for the team `payments`. */
function platformWith(monthlyBudget: unknown): string {
  const spec = standard.platform.spec as Record<string, unknown>;
  return stringify({ ...standard.platform, spec: { ...spec, teams: { payments: { limits: { monthlyBudget } } } } });
}

const namespace = stringify(standard.blueprints[0]);

describe('the folder of documents', () => {
  const folder = createMockDirectory();
  const logger = mockServices.logger.mock();
  let store: DocumentStore | undefined;
  const open = async () => {
    store = await DocumentStore.open({ directory: folder.path, logger, lookAgainMs: 10 });
    return store;
  };

  beforeEach(() => {
    jest.clearAllMocks();
    folder.setContent({ 'platform.yaml': platformWith(100000), blueprints: { 'namespace.yaml': namespace, 'README.md': 'not one' } });
  });

  afterEach(() => store?.close());

  it('is what is decided by', async () => {
    const berth = (await open()).berth();
    expect(berth.blueprints).toEqual(['namespace']);
    expect(berth.decide({ team: 'payments' }).cost.budget).toMatchObject({ limit: 100000 });
  });

  it('may leave out what comes with Berth', async () => {
    folder.setContent({ 'platform.yaml': platformWith(7) });
    expect((await open()).berth().blueprints).toEqual(['namespace']);
    folder.setContent({ 'notes.txt': 'nothing of ours' });
    await expect(DocumentStore.open({ directory: folder.path, logger })).rejects.toThrow(/holds no `platform.yaml`/);
  });

  it('stops the start-up when it can’t be used, with file, line and hint', async () => {
    folder.addContent({ 'platform.yaml': 'apiVersion: berth.dev/v1alpha1\nkind: Platform\nmetadata: { name: x }\nspec: { labelPrefx: y }\n' });
    await expect(open()).rejects.toThrow('platform.yaml:4:9: unknown key');
  });

  it('is read again when it changes', async () => {
    const before = (await open()).berth().policyDigest;
    folder.addContent({ 'platform.yaml': platformWith(200000) });
    await until(() => store!.berth().policyDigest !== before);
    expect(logger.info).toHaveBeenLastCalledWith(expect.stringContaining(`changed, ${store!.berth().policyDigest}`));
    expect(store!.problem()).toBeUndefined();
  });

  it('keeps the last good documents, and says so once, until they are mended', async () => {
    const before = (await open()).berth();
    folder.addContent({ 'platform.yaml': platformWith('a lot') });
    await until(() => store!.problem() !== undefined);
    await store!.reload();
    expect(store!.berth()).toBe(before);
    expect(store!.problem()).toMatch(/platform.yaml:\d+:\d+/);
    expect(logger.error).toHaveBeenCalledTimes(1);
    expect(logger.error).toHaveBeenCalledWith(expect.stringContaining(`those of before stay (${before.policyDigest})`));

    folder.addContent({ 'platform.yaml': platformWith(100000) });
    await until(() => store!.problem() === undefined);
    expect(store!.berth().policyDigest).toBe(before.policyDigest);
  });

  it('keeps them when new ones don’t fit what else is configured', async () => {
    const { policyDigest: digest } = (await open()).berth();
    const check = ({ policyDigest }: Berth) => {
      if (policyDigest !== digest) {
        throw new Error('`workflow.ttlSeconds` of the platform document is 60');
      }
    };
    store!.close();
    store = await DocumentStore.open({ directory: folder.path, logger, check, lookAgainMs: 5 });
    folder.addContent({ 'platform.yaml': platformWith(200000) });
    await until(() => store!.problem() !== undefined);
    expect(store.problem()).toContain('`workflow.ttlSeconds` of the platform document is 60');
    expect(store.berth().policyDigest).toBe(digest);
    store.close();
    await expect(DocumentStore.open({ directory: folder.path, logger, check })).rejects.toThrow('`workflow.ttlSeconds`');
  });

  it('keeps them when the folder goes away, too', async () => {
    const before = (await open()).berth();
    folder.clear();
    await until(() => store!.problem() !== undefined);
    expect(store!.berth()).toBe(before);
  });
});

describe('what callers see of the documents', () => {
  const berth = new Berth();
  const actor = (groups: string[], roles: string[] = []): Actor => ({ ref: 'user:default/ada', kind: 'user', groups, roles });
  const teamsIn = (view: { platform: Record<string, unknown> }) => Object.keys((view.platform.spec as { teams: object }).teams);

  it('is everything for platform engineers, tagged with the digest', () => {
    const { etag, view } = viewFor(berth, actor(['group:default/platform-admins']));
    expect(etag).toBe(`"${berth.policyDigest}"`);
    expect(view).toMatchObject({ cut: false, platform: standard.platform, policyDigest: berth.policyDigest });
  });

  it('is their own teams and roles for others, tagged apart', () => {
    const payments = viewFor(berth, actor(['group:default/payments']));
    const checkout = viewFor(berth, actor(['Checkout-Team']));
    expect(teamsIn(payments.view)).toEqual(['payments']);
    expect(teamsIn(checkout.view)).toEqual(['checkout']);
    expect(payments.view.platform).toMatchObject({ spec: { roles: {} } });
    expect(JSON.stringify(payments.view)).not.toContain('checkout-developers');
    expect(new Set([payments.etag, checkout.etag, `"${berth.policyDigest}"`]).size).toBe(3);
  });

  it('decides for their teams as the backend does', () => {
    const { view } = viewFor(berth, actor(['group:default/payments']));
    const theirs = new Berth({ platform: view.platform, blueprints: view.blueprints });
    const request = { namespaceName: 'payments-checkout', team: 'payments', environment: 'production', resourceTier: 'micro' };
    const context = { requester: { ref: 'user:default/ada', groups: ['group:default/payments'] }, usage: { namespaces: 11, monthlyCost: 390000 } };
    const { policyDigest, ...answer } = theirs.decide(request, context as never);
    expect(berth.decide(request, context as never)).toMatchObject(answer);
    expect(policyDigest).not.toBe(berth.policyDigest);
  });
});

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) {
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}
