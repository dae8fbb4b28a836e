// Things that pages show in tests: the requests of Ada's team, and what they made.
import type { RequestDetail, RequestProgress } from '@berth/plugin-platform-common';
import type { RequestPlan, StandingNamespace } from '../api';

export function aRequest(changes: Partial<RequestDetail> = {}): RequestDetail {
  return {
    requestId: 'checkout-1',
    workflowId: 'berth-namespace-0ec546f41b106977',
    blueprint: 'namespace',
    kind: 'create',
    cluster: 'main',
    name: 'payments-checkout',
    team: 'payments',
    environment: 'production',
    parameters: { namespaceName: 'payments-checkout', team: 'payments', environment: 'production', resourceTier: 'medium', features: ['backup-enabled'] },
    requester: { ref: 'user:default/ada', kind: 'user' },
    status: 'completed',
    rollback: 'none',
    attempt: 1,
    version: 3,
    planDigest: 'sha256:0000000000000000',
    policyDigest: 'sha256:1111111111111111',
    coreVersion: '0.1.0',
    monthlyCost: 26000,
    currency: 'USD',
    approval: { required: false, requirements: [] },
    approvals: [],
    createdAt: '2026-11-23T09:00:00Z',
    updatedAt: '2026-11-23T09:01:00Z',
    submittedAt: '2026-11-23T09:00:10Z',
    finishedAt: '2026-11-23T09:01:00Z',
    ...changes,
  };
}

/** One that waits for a yes of the platform team. */
export function aWaitingRequest(changes: Partial<RequestDetail> = {}): RequestDetail {
  const by = ['group:default/platform-admins'];
  return aRequest({
    status: 'pending-approval',
    workflowId: null,
    submittedAt: undefined,
    finishedAt: undefined,
    expiresAt: '2099-01-01T00:00:00Z',
    approval: { required: true, requirements: [{ id: 'environment.production', by, count: 1, reason: 'a second person looks at everything that goes to production' }] },
    ...changes,
  });
}

export function someProgress(changes: Partial<RequestProgress> = {}): RequestProgress {
  const moments = { startedAt: '2026-11-23T09:00:10Z', finishedAt: '2026-11-23T09:00:13Z' };
  return {
    requestId: 'checkout-1',
    workflowId: 'berth-namespace-0ec546f41b106977',
    status: 'completed',
    rollback: 'none',
    attempt: 1,
    updatedAt: '2026-11-23T09:01:00Z',
    steps: [
      { id: 'guard', phase: 'Succeeded', retries: 0, ...moments },
      { id: 'namespace', phase: 'Succeeded', retries: 0, ...moments },
      { id: 'quotas', phase: 'Succeeded', retries: 2, ...moments },
      { id: 'verify', phase: 'Succeeded', retries: 0, ...moments },
      { id: 'main', phase: 'Succeeded', retries: 0, ...moments },
    ],
    ...changes,
  };
}

export function aPlan(changes: Partial<RequestPlan> = {}): RequestPlan {
  const step = (id: string, title: string, after: string[], kind: string) => ({
    id,
    title,
    after,
    reason: 'always',
    objects: [{ apiVersion: 'v1', kind, name: 'payments-checkout', manifest: {} }],
    verify: [],
  });
  return {
    kind: 'create',
    blueprint: 'namespace',
    name: 'payments-checkout',
    team: 'payments',
    environment: 'production',
    cluster: 'main',
    steps: [step('namespace', 'Namespace', [], 'Namespace'), step('quotas', 'Quota and limits', ['namespace'], 'ResourceQuota')],
    skipped: [],
    approval: { required: false, requirements: [] },
    cost: { currency: 'USD', decimals: 2, monthly: 26000, lines: [], budget: { limit: 400000, used: 100000, remaining: 300000 } },
    planDigest: 'sha256:2222222222222222',
    policyDigest: 'sha256:1111111111111111',
    coreVersion: '0.1.0',
    manifests: 'kind: Namespace\n',
    ...changes,
  };
}

export function aNamespace(changes: Partial<StandingNamespace> = {}): StandingNamespace {
  return {
    name: 'payments-checkout',
    cluster: 'main',
    team: 'payments',
    environment: 'production',
    requestId: 'checkout-1',
    appliedBy: 'checkout-1',
    state: 'standing',
    parameters: { namespaceName: 'payments-checkout', team: 'payments', environment: 'production', resourceTier: 'medium', features: ['backup-enabled'] },
    cost: { monthly: 26000, currency: 'USD', decimals: 2 },
    standsSince: '2026-11-23T09:01:00Z',
    openRequests: [],
    source: 'tables',
    ...changes,
  };
}
