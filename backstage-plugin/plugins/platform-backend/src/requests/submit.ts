/** A new request: judged, stored and queued in one transaction. */
import { createHash } from 'node:crypto';
import type { Actor } from '../actor/Actor';
import type { IdempotencyEntry } from '../database/IdempotencyStore';
import { APPROVAL_DAYS, type RequestEnvironment } from './environment';
import { KeyReusedError } from './errors';
import { type Ask, assertAllowed, judge, parametersOf, planned } from './judge';
import type { StoredRequest } from './model';
import { Policy } from './policy';
import { renderWorkflow, submission } from './queueing';
import type { Work } from './Work';

/** How long a key counts, in days. */
export const IDEMPOTENCY_DAYS = 1;

/** A request that was stored, now or before. */
export interface Submitted {
  request: StoredRequest;
  /** An earlier call with this idempotency key made it. */
  replayed: boolean;
}

/**
 * Stores a request.
 *
 * @throws ViolationsError, ConflictError when only the name is taken, KeyReusedError
 */
export async function submit(
  env: RequestEnvironment,
  actor: Actor,
  blueprint: string,
  parameters: Readonly<Record<string, unknown>>,
  options: { idempotencyKey?: string } = {},
): Promise<Submitted> {
  const ask = { actor, blueprint, parameters };
  const key = options.idempotencyKey;
  const { team } = Policy.of(env.berth()).placeOf(blueprint, parameters);
  if (key === undefined) {
    const once = async (work: Work) => ({ request: await store(env, work, ask, env.newId()), replayed: false });
    return env.commit(once, team);
  }
  const bodyHash = createHash('sha256').update(JSON.stringify([blueprint, parameters])).digest('hex');
  const since = env.inDays(-IDEMPOTENCY_DAYS);
  return env.commit(async work => {
    const earlier = await work.stores.idempotency.find(actor.ref, key, since);
    if (earlier !== undefined) {
      return replay(work, earlier, bodyHash);
    }
    const requestId = env.newId();
    // Before anything else: whoever sends the same key meanwhile waits here, and then finds our request.
    await work.stores.idempotency.take({ actorRef: actor.ref, key, bodyHash, requestId, createdAt: work.at }, since);
    return { request: await store(env, work, ask, requestId), replayed: false };
  }, team);
}

async function replay(work: Work, earlier: IdempotencyEntry, bodyHash: string): Promise<Submitted> {
  if (earlier.bodyHash !== bodyHash) {
    throw new KeyReusedError(earlier.key);
  }
  return { request: await work.stores.requests.get(earlier.requestId), replayed: true };
}

async function store(env: RequestEnvironment, work: Work, ask: Ask, id: string): Promise<StoredRequest> {
  const berth = env.berth();
  const { decision, context, policy } = await judge(work.stores, berth, ask, { now: work.at, lock: true });
  assertAllowed(decision);
  const plan = planned(berth, ask, context);
  const { approval } = decision;
  const asked: StoredRequest = {
    id,
    blueprint: ask.blueprint,
    kind: 'create',
    cluster: plan.cluster,
    name: plan.name,
    team: plan.team,
    environment: plan.environment,
    parameters: parametersOf(decision),
    requester: ask.actor,
    status: approval.required ? 'pending-approval' : 'queued',
    version: 1,
    attempt: 1,
    workflowName: null,
    workflowNamespace: policy.workflowNamespace,
    argoInstance: env.instanceOf(plan.cluster),
    policyDigest: plan.policyDigest,
    coreVersion: plan.coreVersion,
    planDigest: plan.planDigest,
    monthlyCost: decision.cost.monthly,
    currency: decision.cost.currency,
    approval,
    approvals: [],
    rollback: 'none',
    holdsName: true,
    createdAt: work.at,
    updatedAt: work.at,
  };
  const details = { planDigest: plan.planDigest, policyDigest: plan.policyDigest };
  if (approval.required) {
    const request = { ...asked, expiresAt: env.inDays(APPROVAL_DAYS) };
    await work.create(request, { actorRef: ask.actor.ref, details, notify: 'approval-needed' });
    return request;
  }
  const workflow = renderWorkflow(env, berth, asked);
  const request = { ...asked, workflowName: workflow.name };
  await work.create(request, { actorRef: ask.actor.ref, details, todo: [submission(request, workflow)] });
  return request;
}
