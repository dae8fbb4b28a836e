/** Requests for tests: the team `payments` wants the namespace `payments-checkout`. */
import type { Actor } from '../actor/Actor';
import type { StoredRequest } from '../requests/model';

/** Ada of the team `payments`. */
export const ada: Actor = {
  ref: 'user:default/ada',
  linkedRef: 'user:default/ada',
  kind: 'user',
  groups: ['group:default/payments'],
  roles: [],
  email: 'ada@company.com',
};

/** Grace, who approves what goes to production. */
export const grace: Actor = {
  ref: 'user:default/grace',
  linkedRef: 'user:default/grace',
  kind: 'user',
  groups: ['group:default/platform-admins'],
  roles: [],
  email: 'grace@company.com',
};

/** A request as it is kept, with what matters to a test. */
export function aRequest(changes: Partial<StoredRequest> = {}): StoredRequest {
  return {
    id: 'f0d6c3b2-1d2e-4f7a-9a53-6f4a0d7c9e11',
    blueprint: 'namespace',
    kind: 'create',
    cluster: 'main',
    name: 'payments-checkout',
    team: 'payments',
    environment: 'development',
    parameters: { namespaceName: 'payments-checkout', team: 'payments', environment: 'development' },
    requester: ada,
    status: 'queued',
    version: 1,
    attempt: 1,
    workflowName: 'berth-namespace-0123456789abcdef',
    workflowNamespace: 'berth-workflows',
    argoInstance: 'main',
    policyDigest: 'sha256:policy',
    coreVersion: '0.1.0',
    planDigest: 'sha256:plan',
    wantedDigest: changes.planDigest ?? 'sha256:plan',
    monthlyCost: 10000,
    currency: 'USD',
    approval: { required: false, requirements: [] },
    approvals: [],
    rollback: 'none',
    holdsName: true,
    heldCost: changes.holdsName === false ? 0 : (changes.monthlyCost ?? 10000),
    blocks: false,
    createdAt: '2026-11-23T11:00:00.000Z',
    updatedAt: '2026-11-23T11:00:00.000Z',
    ...changes,
  };
}
