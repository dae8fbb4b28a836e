/**
 * The one table of what may happen to a request, and what that does to its status, its name and what it counts.
 *
 * Pure: who may do what is checked in `authority.ts`, and two writers at once are settled by the version in
 * `database/RequestStore.ts`. docs/requests.md draws this table; a test holds the two equal.
 */
import { ConflictError } from '@backstage/errors';
import { isAboutStanding, type RequestAction, type RequestStatus, type StoredRequest } from './model';

/**
 * What happens to the name, and with it to the team's slot and budget. `free`: if nothing of the request can stand, that is,
 * when its last rollback is done or there was nothing to roll back. A request about what stands never has the name: the one that
 * made it does.
 */
export type NameEffect = 'take' | 'keep' | 'free';

/** One line of the table. */
export interface Transition {
  action: RequestAction;
  /** `new`: there was no request before. */
  from: RequestStatus | 'new';
  to: RequestStatus;
  name: NameEffect;
}

/** Everything that may happen. What is not here can't. */
export const TRANSITIONS: readonly Transition[] = [
  { action: 'submitted', from: 'new', to: 'pending-approval', name: 'take' },
  { action: 'submitted', from: 'new', to: 'queued', name: 'take' },

  { action: 'approval-given', from: 'pending-approval', to: 'pending-approval', name: 'keep' },
  { action: 'plan-changed', from: 'pending-approval', to: 'pending-approval', name: 'keep' },
  { action: 'changes-asked', from: 'pending-approval', to: 'pending-approval', name: 'keep' },
  { action: 'resubmitted', from: 'pending-approval', to: 'pending-approval', name: 'keep' },
  { action: 'resubmitted', from: 'pending-approval', to: 'queued', name: 'keep' },
  { action: 'reminded', from: 'pending-approval', to: 'pending-approval', name: 'keep' },
  { action: 'nudged', from: 'pending-approval', to: 'pending-approval', name: 'keep' },
  { action: 'approved', from: 'pending-approval', to: 'queued', name: 'keep' },
  { action: 'rejected', from: 'pending-approval', to: 'rejected', name: 'free' },
  { action: 'expired', from: 'pending-approval', to: 'cancelled', name: 'free' },
  { action: 'cancelled', from: 'pending-approval', to: 'cancelled', name: 'free' },

  // Nothing was sent to Argo yet, or Argo says that nothing arrived.
  { action: 'cancelled', from: 'queued', to: 'cancelled', name: 'free' },
  // Something may have been sent: who wins is seen when Argo answers.
  { action: 'cancel-asked', from: 'queued', to: 'queued', name: 'keep' },
  { action: 'started', from: 'queued', to: 'provisioning', name: 'keep' },
  { action: 'refused-by-argo', from: 'queued', to: 'failed', name: 'free' },

  { action: 'cancel-asked', from: 'provisioning', to: 'provisioning', name: 'keep' },
  { action: 'rollback-started', from: 'provisioning', to: 'provisioning', name: 'keep' },
  { action: 'succeeded', from: 'provisioning', to: 'completed', name: 'keep' },
  { action: 'failed', from: 'provisioning', to: 'failed', name: 'free' },
  { action: 'stopped', from: 'provisioning', to: 'cancelled', name: 'free' },
  { action: 'never-started', from: 'provisioning', to: 'failed', name: 'keep' },
  { action: 'lost', from: 'provisioning', to: 'failed', name: 'keep' },

  { action: 'rollback-ended', from: 'failed', to: 'failed', name: 'free' },
  { action: 'rollback-ended', from: 'cancelled', to: 'cancelled', name: 'free' },
  // A workflow that was given up came through after all: its namespace stands.
  { action: 'succeeded', from: 'failed', to: 'completed', name: 'take' },
  // The cluster says that it stands.
  { action: 'succeeded', from: 'cancelled', to: 'completed', name: 'take' },
  { action: 'retried', from: 'failed', to: 'pending-approval', name: 'take' },
  { action: 'retried', from: 'failed', to: 'queued', name: 'take' },
  // Only while something of it is left: the next attempt, or its rollback, takes care of that.
  { action: 'retried', from: 'cancelled', to: 'pending-approval', name: 'take' },
  { action: 'retried', from: 'cancelled', to: 'queued', name: 'take' },

  // What a request made goes on living. Other requests change it, freeze it and give it back.
  { action: 'changed', from: 'completed', to: 'completed', name: 'keep' },
  { action: 'frozen', from: 'completed', to: 'completed', name: 'keep' },
  { action: 'restored', from: 'completed', to: 'completed', name: 'keep' },
  { action: 'released', from: 'completed', to: 'completed', name: 'free' },
  // Somebody deleted it by hand.
  { action: 'vanished', from: 'completed', to: 'completed', name: 'free' },
];

/** The statuses in which a request has come to an end. */
export const END_STATUSES: ReadonlySet<RequestStatus> = new Set(['completed', 'failed', 'rejected', 'cancelled']);

/** Why an action can't happen, as people who asked for it read it. */
const REFUSALS: Record<RequestAction, string> = {
  submitted: 'it was submitted before',
  'approval-given': 'it no longer waits for an approval',
  'plan-changed': 'it no longer waits for an approval',
  approved: 'it no longer waits for an approval',
  'changes-asked': 'it no longer waits for an approval',
  resubmitted: 'only a request that waits for an approval can be changed; make another one',
  reminded: 'it no longer waits for an approval',
  nudged: 'it no longer waits for an approval',
  rejected: 'it no longer waits for an approval',
  expired: 'it no longer waits for an approval',
  cancelled: 'it can no longer be cancelled',
  'cancel-asked': 'it can no longer be cancelled',
  started: 'it does not wait for Argo',
  'never-started': 'its workflow is not awaited',
  'refused-by-argo': 'it does not wait for Argo',
  'rollback-started': 'its workflow is not awaited',
  'rollback-ended': 'there is no rollback to end',
  succeeded: 'its workflow is not awaited',
  failed: 'its workflow is not awaited',
  stopped: 'its workflow is not awaited',
  lost: 'its workflow is not awaited',
  retried: 'only a failed request can be tried again; make another one',
  changed: 'nothing stands by it',
  frozen: 'nothing stands by it',
  restored: 'nothing stands by it',
  released: 'nothing stands by it',
  vanished: 'nothing stands by it',
};

/** What a transition may change besides status, version, name and times. */
export type Changes = Partial<
  Omit<StoredRequest, 'id' | 'kind' | 'status' | 'version' | 'holdsName' | 'blocks' | 'updatedAt' | 'createdAt'>
>;

/**
 * The request as it is after `action`.
 *
 * @param to - where to, for an action that leads to more than one status
 * @throws ConflictError when this can't happen to a request in this status
 */
export function transition(
  request: StoredRequest,
  action: RequestAction,
  at: string,
  changes: Changes = {},
  to?: RequestStatus,
): StoredRequest {
  const found = TRANSITIONS.filter(
    line => line.action === action && line.from === request.status && (to === undefined || line.to === to),
  );
  const line = found[0];
  if (line === undefined) {
    throw refused(request, action);
  }
  if (found.length > 1) {
    throw new TypeError(`\`${action}\` leads from \`${request.status}\` to more than one status; say to which`);
  }
  const next = { ...request, ...changes, status: line.to, version: request.version + 1, updatedAt: at };
  next.holdsName = holdsNameAfter(line.name, next);
  next.blocks = blocks(next);
  next.heldCost = heldCostAfter(request, next);
  if (END_STATUSES.has(line.to)) {
    next.finishedAt ??= at;
  } else {
    delete next.finishedAt;
  }
  return next;
}

/** @throws ConflictError when this can't happen to a request in this status */
export function assertCan(request: StoredRequest, action: RequestAction): void {
  if (!TRANSITIONS.some(line => line.action === action && line.from === request.status)) {
    throw refused(request, action);
  }
}

function refused(request: StoredRequest, action: RequestAction): ConflictError {
  return new ConflictError(`the request \`${request.id}\` is \`${request.status}\`: ${REFUSALS[action]}`);
}

/** May no other request about the same thing be made? Not before it has ended, and its workflow with it. */
export function blocks({ kind, status, rollback }: Pick<StoredRequest, 'kind' | 'status' | 'rollback'>): boolean {
  return isAboutStanding(kind) && (!END_STATUSES.has(status) || rollback === 'running');
}

/**
 * What a request counts against the budget: what it makes, as long as it holds the name; and a change, as long as it is under
 * way, what it makes dearer. So the larger cost counts until it is known which one stands.
 */
export function heldCost(request: Pick<StoredRequest, 'kind' | 'holdsName' | 'blocks' | 'monthlyCost' | 'costBefore'>): number {
  const { kind, holdsName, monthlyCost, costBefore = 0 } = request;
  if (kind === 'change') {
    return request.blocks ? Math.max(0, monthlyCost - costBefore) : 0;
  }
  return holdsName ? monthlyCost : 0;
}

function heldCostAfter(before: StoredRequest, after: StoredRequest): number {
  // What stands costs what it was changed to.
  const stood = before.status === 'completed' && after.status === 'completed' && after.holdsName;
  return stood ? after.heldCost : heldCost(after);
}

// INVARIANT: a name is free only where nothing of the request can stand: nothing was made, or the rollback is done.
function holdsNameAfter(effect: NameEffect, request: StoredRequest): boolean {
  if (isAboutStanding(request.kind)) {
    return false;
  }
  switch (effect) {
    case 'take':
      return true;
    case 'free':
      return request.holdsName && request.rollback !== 'none' && request.rollback !== 'done';
    default:
      return request.holdsName;
  }
}
