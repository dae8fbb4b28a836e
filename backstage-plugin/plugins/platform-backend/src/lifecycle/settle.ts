/**
 * What stands once a request is carried out: the row of what it made, and what the request that made it holds. Called in the
 * transaction in which the success is written, with the row locked.
 */
import type { JsonObject } from '@backstage/types';
import { isAboutStanding, type RequestAction, type StoredRequest } from '../requests/model';
import { SYSTEM, type Work } from '../requests/Work';
import { endOf } from './expiry';
import type { GoneWhy, StoredNamespace } from './model';

/** Writes down what a successful request has made of what stands. */
export async function settle(work: Work, done: StoredRequest, standing: StoredNamespace | undefined): Promise<void> {
  if (!isAboutStanding(done.kind)) {
    await work.stores.namespaces.put(standingBy(done, work.at));
    return;
  }
  // What vanished meanwhile stays gone: its name may be somebody else's by now.
  if (standing === undefined || standing.state === 'gone') {
    return;
  }
  switch (done.kind) {
    case 'change':
      await applied(work, done, standing);
      break;
    case 'delete':
      await gone(work, standing, 'decommissioned', done);
      break;
    default:
      throw new TypeError(`nobody knows what a successful request of kind \`${done.kind}\` makes of what stands`);
  }
}

/** What a request has made, now that it stands. */
export function standingBy(request: StoredRequest, at: string): StoredNamespace {
  const { id, blueprint, cluster, name, team, environment, parameters, planDigest, monthlyCost, currency } = request;
  const expiresAt = endOf(parameters);
  return {
    requestId: id,
    blueprint,
    cluster,
    name,
    team,
    environment,
    state: 'standing',
    parameters,
    appliedBy: id,
    planDigest,
    monthlyCost,
    currency,
    stoodAt: request.finishedAt ?? at,
    updatedAt: at,
    ...(expiresAt !== undefined && { expiresAt }),
  };
}

/** What stands is gone: its name, slot and budget are free. */
export async function gone(work: Work, standing: StoredNamespace, why: GoneWhy, by?: StoredRequest): Promise<void> {
  const { deleteAt: _deleteAt, ...rest } = standing;
  await work.stores.namespaces.put({ ...rest, state: 'gone', updatedAt: work.at, goneAt: work.at, goneWhy: why });
  await recordAtOrigin(work, standing, why === 'decommissioned' ? 'released' : 'vanished', by);
}

async function applied(work: Work, done: StoredRequest, standing: StoredNamespace): Promise<void> {
  const { parameters, planDigest, monthlyCost, currency, id: appliedBy } = done;
  const { deleteAt: _deleteAt, expiresAt: _expiresAt, ...rest } = standing;
  const expiresAt = endOf(parameters);
  await work.stores.namespaces.put({
    ...rest,
    state: 'standing',
    parameters,
    appliedBy,
    planDigest,
    monthlyCost,
    currency,
    updatedAt: work.at,
    ...(expiresAt !== undefined && { expiresAt }),
  });
  await recordAtOrigin(work, standing, standing.state === 'frozen' ? 'restored' : 'changed', done, monthlyCost);
}

/** The audit trail of the request that made it tells its whole life. */
async function recordAtOrigin(
  work: Work,
  { requestId }: StoredNamespace,
  action: RequestAction,
  by?: StoredRequest,
  heldCost?: number,
): Promise<void> {
  const origin = await work.stores.requests.lock(requestId);
  const details: JsonObject | undefined = by && { requestId: by.id, kind: by.kind };
  await work.record(origin, {
    action,
    actorRef: by?.requester.ref ?? SYSTEM,
    ...(details && { details }),
    changes: heldCost === undefined ? {} : { heldCost },
  });
}
