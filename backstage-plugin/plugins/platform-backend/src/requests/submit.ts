/** A new request: judged, stored and queued in one transaction. */
import { createHash } from 'node:crypto';
import { ConflictError } from '@backstage/errors';
import type { Actor } from '../actor/Actor';
import type { IdempotencyEntry } from '../database/IdempotencyStore';
import type { Stores } from '../database/Stores';
import type { RequestEnvironment } from './environment';
import { KeyReusedError } from './errors';
import type { RequestStatus, StoredRequest } from './model';
import { Policy } from './policy';
import { type Subject, prepare } from './prepare';
import { submission } from './queueing';
import { blocks, heldCost } from './stateMachine';
import type { Work } from './Work';

/** A request that was stored, now or before. */
export interface Submitted {
  request: StoredRequest;
  /** An earlier call with this idempotency key made it. */
  replayed: boolean;
}

/** How often the same call counts. */
export interface KeyOptions {
  /** Calls with the same key make one request. */
  idempotencyKey?: string;
  /** What is called, where the parameters alone don't say so: another call with the same key is an error. */
  call?: unknown;
}

/** What an earlier call with this key has made. @throws KeyReusedError when that was another call */
export async function replayed(env: RequestEnvironment, actor: Actor, options: KeyOptions): Promise<Submitted | undefined> {
  const key = options.idempotencyKey;
  const earlier = key && (await env.stores.idempotency.find(actor.ref, key, env.after(-env.times.idempotencyKey)));
  return earlier ? replay(env.stores, earlier, hashOf(options.call)) : undefined;
}

/**
 * Stores a request.
 *
 * @throws ViolationsError; KeyReusedError; ConflictError when only the name is taken, or another request about the same thing is under way
 */
export async function submit(
  env: RequestEnvironment,
  subject: Subject,
  options: KeyOptions = {},
): Promise<Submitted> {
  const { requester: actor, kind, blueprint, parameters } = subject;
  const key = options.idempotencyKey;
  const { team, cluster, name } = Policy.of(env.berth()).placeOf(blueprint, parameters);
  const reads = kind === 'adopt' && cluster !== undefined && name !== undefined;
  const live = reads ? await env.readLive(cluster, name) : undefined;
  if (key === undefined) {
    const once = async (work: Work) => ({ request: await storeRequest(env, work, subject, env.newId(), live), replayed: false });
    return env.commit(once, team);
  }
  const bodyHash = hashOf(options.call ?? [blueprint, parameters]);
  const since = env.after(-env.times.idempotencyKey);
  return env.commit(async work => {
    const earlier = await work.stores.idempotency.find(actor.ref, key, since);
    if (earlier !== undefined) {
      return replay(work.stores, earlier, bodyHash);
    }
    const requestId = env.newId();
    // Before anything else: whoever sends the same key meanwhile waits here, and then finds our request.
    await work.stores.idempotency.take({ actorRef: actor.ref, key, bodyHash, requestId, createdAt: work.at }, since);
    return { request: await storeRequest(env, work, subject, requestId, live), replayed: false };
  }, team);
}

function hashOf(call: unknown): string {
  return createHash('sha256').update(JSON.stringify(call)).digest('hex');
}

async function replay(stores: Stores, earlier: IdempotencyEntry, bodyHash: string): Promise<Submitted> {
  if (earlier.bodyHash !== bodyHash) {
    throw new KeyReusedError(earlier.key);
  }
  return { request: await stores.requests.get(earlier.requestId), replayed: true };
}

/** Stores a request, and queues it when nobody must approve it. @throws as `submit` */
export async function storeRequest(
  env: RequestEnvironment,
  work: Work,
  subject: Subject,
  id: string,
  live?: readonly object[],
): Promise<StoredRequest> {
  const prepared = await prepare(env, work.stores, subject, { now: work.at, lock: true, live });
  const { place, outcome, policy } = prepared;
  const { kind, blueprint, requester, originId, purpose } = subject;
  if (originId !== undefined) {
    await assertNoneOpen(work, originId, place);
  }
  const { approval, planDigest, policyDigest } = outcome;
  const status: RequestStatus = approval.required ? 'pending-approval' : 'queued';
  const holds = { kind, status, rollback: 'none' as const, holdsName: originId === undefined };
  const asked: StoredRequest = {
    id,
    blueprint,
    ...(originId !== undefined && { originId }),
    ...(purpose !== undefined && { purpose }),
    cluster: place.cluster,
    name: place.name,
    team: place.team,
    environment: place.environment,
    requester,
    version: 1,
    attempt: 1,
    workflowName: null,
    workflowNamespace: policy.workflowNamespace,
    argoInstance: env.instanceOf(place.cluster),
    ...outcome,
    approvals: [],
    ...holds,
    blocks: blocks(holds),
    heldCost: heldCost({ ...holds, ...outcome, blocks: blocks(holds) }),
    createdAt: work.at,
    updatedAt: work.at,
  };
  const details = { planDigest, policyDigest };
  if (approval.required) {
    const request = { ...asked, expiresAt: env.approvalEnd() };
    await work.create(request, { actorRef: requester.ref, details, notify: 'approval-needed' });
    return request;
  }
  const workflow = prepared.render(asked);
  const request = { ...asked, workflowName: workflow.name };
  await work.create(request, { actorRef: requester.ref, details, todo: [submission(request, workflow)] });
  return request;
}

/** @throws ConflictError when another request about the same thing is under way */
export async function assertNoneOpen(work: Work, originId: string, { name }: Pick<StoredRequest, 'name'>, except?: string): Promise<void> {
  const open = await work.stores.requests.openAbout(originId);
  if (open !== undefined && open.id !== except) {
    throw new ConflictError(
      `the request \`${open.id}\` (${open.kind}, ${open.status}) about \`${name}\` is under way; wait for its end, or cancel it`,
    );
  }
}
