// The table of transitions, and that docs/requests.md draws it.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ConflictError } from '@backstage/errors';
import { aRequest } from '../testing/requests';
import { REQUEST_STATUSES, type RequestAction, type RequestStatus } from './model';
import { END_STATUSES, TRANSITIONS, assertCan, transition } from './stateMachine';

const at = '2026-11-23T12:00:00.000Z';

/** The table as a diagram: one arrow for two statuses, with all that leads from the one to the other. */
function draw(): string {
  const node = (status: string) => (status === 'new' ? '[*]' : status.replace('-', '_'));
  const arrows = new Map<string, string[]>();
  for (const { action, from, to } of TRANSITIONS) {
    const arrow = `${node(from)} --> ${node(to)}`;
    arrows.set(arrow, [...(arrows.get(arrow) ?? []), action]);
  }
  const lines = [...arrows].map(([arrow, actions]) => `  ${arrow}: ${actions.join(', ')}`);
  return ['stateDiagram-v2', '  state "pending-approval" as pending_approval', ...lines, ''].join('\n');
}

function throwsConflict(work: () => unknown): boolean {
  try {
    work();
    return false;
  } catch (error) {
    return error instanceof ConflictError;
  }
}

describe('what may happen to a request', () => {
  it('goes from the wish for a namespace to the namespace', () => {
    const submitted = aRequest({ status: 'pending-approval', name: 'payments-checkout' });
    const approved = transition(submitted, 'approved', at);
    const started = transition(approved, 'started', at, { submittedAt: at });
    const completed = transition(started, 'succeeded', at);
    expect([approved, started, completed].map(request => request.status)).toEqual([
      'queued',
      'provisioning',
      'completed',
    ]);
    expect(completed).toMatchObject({ version: submitted.version + 3, holdsName: true, updatedAt: at, finishedAt: at });
    expect(submitted.status).toBe('pending-approval');
  });

  it('frees the name only when nothing can stand any more', () => {
    const running = aRequest({ status: 'provisioning' });
    expect(transition(running, 'failed', at, { rollback: 'done' }).holdsName).toBe(false);
    expect(transition(running, 'failed', at, { rollback: 'none' }).holdsName).toBe(false);
    const left = transition(running, 'failed', at, { rollback: 'failed' });
    expect(left.holdsName).toBe(true);
    const stopping = transition(running, 'stopped', at, { rollback: 'running' });
    expect(stopping).toMatchObject({ status: 'cancelled', holdsName: true });
    expect(transition(stopping, 'rollback-ended', at, { rollback: 'done' }).holdsName).toBe(false);
    expect(transition(stopping, 'rollback-ended', at, { rollback: 'failed' }).holdsName).toBe(true);
    const pending = aRequest({ status: 'pending-approval' });
    expect(transition(pending, 'rejected', at).holdsName).toBe(false);
    // Of an earlier attempt something is left.
    expect(transition({ ...pending, attempt: 2, rollback: 'failed' }, 'rejected', at).holdsName).toBe(true);
  });

  it('takes a name that was freed again for a retry, and forgets the end', () => {
    const failed = transition(aRequest({ status: 'provisioning' }), 'failed', at, { rollback: 'done' });
    const retried = transition(failed, 'retried', at, { attempt: 2, rollback: 'none' }, 'queued');
    expect(retried).toMatchObject({ status: 'queued', holdsName: true, attempt: 2 });
    expect(retried.finishedAt).toBeUndefined();
  });

  it('keeps the moment at which a request ended', () => {
    const failed = transition(aRequest({ status: 'provisioning' }), 'failed', at, { rollback: 'running' });
    const gone = transition(failed, 'rollback-ended', '2026-11-23T12:05:00.000Z', { rollback: 'done' });
    expect(gone.finishedAt).toBe(at);
  });

  it('refuses all that the table does not have, in words', () => {
    const completed = aRequest({ id: 'req-1', status: 'completed' });
    expect(() => transition(completed, 'cancelled', at)).toThrow(
      'the request `req-1` is `completed`: it can no longer be cancelled',
    );
    const actions = new Set<RequestAction>(TRANSITIONS.map(line => line.action));
    for (const status of REQUEST_STATUSES) {
      for (const action of actions) {
        const lines = TRANSITIONS.filter(line => line.from === status && line.action === action);
        expect(throwsConflict(() => assertCan(aRequest({ status }), action))).toBe(lines.length === 0);
        const refused = () => transition(aRequest({ status }), action, at, {}, lines[0]?.to);
        expect(throwsConflict(refused)).toBe(lines.length === 0);
      }
    }
  });

  it('asks where to, when an action leads to more than one status', () => {
    expect(() => transition(aRequest({ status: 'failed' }), 'retried', at)).toThrow(TypeError);
  });

  it('lets every request come to an end, and leaves it only for another attempt', () => {
    const waysOut = (status: RequestStatus) =>
      TRANSITIONS.filter(line => line.from === status && line.to !== status).map(line => line.action);
    expect(waysOut('completed')).toEqual([]);
    expect(waysOut('rejected')).toEqual([]);
    expect(waysOut('cancelled')).toEqual(['succeeded', 'retried', 'retried']);
    expect(waysOut('failed')).toEqual(['succeeded', 'retried', 'retried']);
    for (const status of REQUEST_STATUSES.filter(open => !END_STATUSES.has(open))) {
      expect(waysOut(status)).not.toEqual([]);
    }
  });

  it('is drawn in docs/requests.md', () => {
    const text = readFileSync(resolve(__dirname, '../../../../../docs/requests.md'), 'utf8');
    const drawn = /```mermaid\n([\s\S]*?)```/.exec(text)?.[1];
    expect(drawn).toBe(draw());
  });
});
