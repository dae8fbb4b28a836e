/**
 * What follows for a request from what is seen of its workflow. Pure; `observe.ts` writes it, and what a workflow says about
 * itself is read in `watch/workflowObservation.ts`.
 */
import { isAboutStanding, type RequestError, type RollbackState, type StoredRequest, type WorkflowObservation } from './model';
import { END_STATUSES } from './stateMachine';
import type { Happening } from './Work';

/** After this many minutes without a phase, no controller will start a workflow. */
export const START_MINUTES = 10;

/** What happens next to a request, if anything. */
export type Consequence = Omit<Happening, 'actorRef'>;

/**
 * What happens to a request whose current attempt is seen like this; nothing when it is as it was.
 *
 * @param now - the moment, for what takes too long
 */
export function consequenceOf(
  request: StoredRequest,
  seen: WorkflowObservation,
  now: string,
): Consequence | undefined {
  switch (request.status) {
    case 'queued':
      return { action: 'started', changes: { submittedAt: now, rollback: 'none' } };
    case 'provisioning':
      return whileProvisioning(request, seen, now);
    case 'failed':
      if (seen.phase === 'Succeeded' && (request.holdsName || request.blocks)) {
        return { action: 'succeeded', changes: { error: undefined, rollback: 'none' }, notify: 'completed' };
      }
      return afterTheEnd(request, seen);
    case 'cancelled':
      return afterTheEnd(request, seen);
    default:
      return undefined;
  }
}

/** Is something still going on that nobody wants any more? */
export function isOrphan(request: StoredRequest, seen: WorkflowObservation): boolean {
  return (request.status === 'cancelled' || request.status === 'rejected') && !hasEnded(seen);
}

/** What follows when the workflow is no longer there, though it should be; `message` says so to people. */
export function consequenceOfLoss(request: StoredRequest, message: string): Consequence | undefined {
  const changes = { rollback: rollbackOf(request, 'failed'), error: { message } };
  if (request.status === 'provisioning') {
    return request.cancelRequestedAt === undefined
      ? { action: 'lost', changes, notify: 'failed' }
      : { action: 'stopped', changes, notify: 'cancelled' };
  }
  const isRollingBack = request.rollback === 'running' && END_STATUSES.has(request.status);
  return isRollingBack ? { action: 'rollback-ended', changes } : undefined;
}

function whileProvisioning(request: StoredRequest, seen: WorkflowObservation, now: string): Consequence | undefined {
  if (seen.phase === 'Succeeded') {
    return { action: 'succeeded', changes: { rollback: 'none', error: undefined }, notify: 'completed' };
  }
  if (hasEnded(seen)) {
    const rollback = rollbackOf(request, seen.rollback);
    if (request.cancelRequestedAt !== undefined) {
      return { action: 'stopped', changes: { rollback }, notify: 'cancelled' };
    }
    return { action: 'failed', changes: { rollback, error: errorOf(request, seen) }, notify: 'failed' };
  }
  if (seen.phase === undefined && request.submittedAt !== undefined && minutesBetween(request.submittedAt, now) >= START_MINUTES) {
    const message = `Argo has not started the workflow for ${START_MINUTES} minutes; see that its controller runs, then try again`;
    return { action: 'never-started', changes: { rollback: 'running', error: { message } }, notify: 'failed' };
  }
  if (rollbackOf(request, seen.rollback) === 'running' && request.rollback !== 'running') {
    return { action: 'rollback-started', changes: { rollback: 'running' } };
  }
  return undefined;
}

/** A request that has ended and holds its name waits for the end of its rollback. */
function afterTheEnd(request: StoredRequest, seen: WorkflowObservation): Consequence | undefined {
  if (!(request.holdsName || request.blocks) || !hasEnded(seen)) {
    return undefined;
  }
  const rollback = rollbackOf(request, seen.rollback);
  return rollback === request.rollback ? undefined : { action: 'rollback-ended', changes: { rollback } };
}

function hasEnded(seen: WorkflowObservation): boolean {
  return seen.phase === 'Succeeded' || seen.phase === 'Failed' || seen.phase === 'Error';
}

/** Only what a request has made is taken back: a change that fails leaves what it has applied, a deletion what it has deleted. */
function rollbackOf({ kind }: StoredRequest, seen: RollbackState): RollbackState {
  return kind === 'create' ? seen : 'none';
}

/** Of what stands it also says what is left of it: a namespace that does not go names the finalizers that hold it. */
function errorOf({ kind }: StoredRequest, seen: WorkflowObservation): RequestError {
  const reason = seen.message ?? 'the workflow failed, and Argo does not say why';
  const message = isAboutStanding(kind) && seen.report !== undefined ? `${reason}; what stands: ${seen.report}` : reason;
  const step = seen.steps.find(({ phase }) => phase === 'Failed' || phase === 'Error');
  return step === undefined ? { message } : { message, step: step.id };
}

function minutesBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 60_000;
}
