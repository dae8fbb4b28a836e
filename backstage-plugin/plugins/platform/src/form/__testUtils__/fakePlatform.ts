// A platform for tests of forms: the real core with its embedded documents, and a server whose answers a test can turn.
import { Berth } from '@berth/core';
import type { PlatformApi, ServerDecision, TaggedDocuments } from '../../api';

/** Ada of the team payments, as Backstage knows her. */
export const ADA = { type: 'user' as const, userEntityRef: 'user:default/ada', ownershipEntityRefs: ['user:default/ada', 'group:default/payments'] };

export function embeddedDocuments(): TaggedDocuments & { etag: string } {
  const berth = new Berth();
  const { platform, blueprints } = berth.documents();
  return { etag: '"one"', documents: { policyDigest: berth.policyDigest, coreVersion: '0.1.0', cut: false, platform, blueprints } };
}

/** What a form asks of the server; names in `taken` are taken. */
export function fakePlatform({ taken = [], used = 0 }: { taken?: string[]; used?: number } = {}) {
  const berth = new Berth();
  return {
    documentsSince: jest.fn(async (_etag?: string): Promise<TaggedDocuments | undefined> => embeddedDocuments()),
    usage: jest.fn(async (team: string) => ({
      team,
      namespaces: { limit: 12, used: 1, left: 11 },
      monthly: { budget: 400000, used, left: 400000 - used },
      currency: 'USD',
    })),
    validate: jest.fn(async (blueprint: string, parameters: Record<string, unknown>) => {
      const nameTaken = taken.includes(String(parameters.namespaceName));
      return berth.decide({ blueprint, parameters }, { nameTaken }) as ServerDecision;
    }),
    submit: jest.fn(async () => ({
      requestId: 'req-1',
      kind: 'create' as const,
      workflowId: null,
      status: 'queued' as const,
      replayed: false,
      planDigest: 'sha256:1',
      approval: { required: false, requirements: [] },
    })),
  } satisfies Partial<PlatformApi>;
}

/** As the API that an app has. */
export function asPlatformApi(fake: ReturnType<typeof fakePlatform>): PlatformApi {
  return fake as unknown as PlatformApi;
}
