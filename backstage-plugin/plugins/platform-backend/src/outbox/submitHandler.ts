/**
 * Hands stored workflows to Argo, byte for byte. Nothing is rendered here.
 *
 * A cancellation that came meanwhile is looked for before and after: a workflow that nobody wants is stopped.
 */
import { isError } from '@backstage/errors';
import { ArgoError } from '../argo/ArgoError';
import type { WorkflowEngine } from '../argo/WorkflowEngine';
import type { OutboxRow } from '../database/OutboxStore';
import type { RequestEnvironment } from '../requests/environment';
import type { StoredRequest } from '../requests/model';
import { enqueueStop } from '../requests/queueing';
import { SYSTEM, type Work } from '../requests/Work';
import { NotDone, type OutboxHandler, type Settle } from './OutboxWorker';

/** Finds the engine of an Argo instance by its name in the configuration. */
export type EngineOf = (instance: string) => WorkflowEngine | undefined;

/** The handler of `submit`. */
export function createSubmitHandler(environment: RequestEnvironment, engineOf: EngineOf): OutboxHandler {
  return async row => {
    const request = await environment.stores.requests.get(row.requestId);
    if (!awaits(request, row)) {
      return undefined;
    }
    const engine = engineOf(request.argoInstance);
    if (engine === undefined) {
      throw new NotDone(`there is no Argo instance \`${request.argoInstance}\` in \`argoWorkflows.instances\`; add it`);
    }
    if (request.cancelRequestedAt !== undefined) {
      return cancelled(engine, request, row);
    }
    try {
      await engine.submit(row.payload);
      return started(row);
    } catch (error) {
      return refused(engine, request, row, error);
    }
  };
}

/** Is the request still where this row shall take it from? The watcher may have seen its workflow before. */
function awaits(request: StoredRequest, row: OutboxRow): boolean {
  return request.status === 'queued' && request.attempt === row.attempt;
}

/** What may have been sent before it was cancelled is looked for, and stopped. */
async function cancelled(engine: WorkflowEngine, request: StoredRequest, row: OutboxRow): Promise<Settle> {
  const { workflowName } = request;
  const outcome = row.inDoubt && workflowName !== null ? await engine.stop(workflowName) : 'absent';
  return outcome === 'absent'
    ? happens(row, async (work, now) => {
        await work.record(now, { action: 'cancelled', actorRef: SYSTEM, notify: 'cancelled' });
      })
    : started(row);
}

function started(row: OutboxRow): Settle {
  return happens(row, async (work, now) => {
    const after = await work.record(now, {
      action: 'started',
      actorRef: SYSTEM,
      changes: { submittedAt: work.at, rollback: 'none' },
    });
    if (after.cancelRequestedAt !== undefined) {
      await enqueueStop(work, after);
    }
  });
}

async function refused(
  engine: WorkflowEngine,
  request: StoredRequest,
  row: OutboxRow,
  error: unknown,
): Promise<Settle> {
  if (!(error instanceof ArgoError)) {
    throw error;
  }
  if (error.retryable) {
    throw mayHaveArrived(error) ? error : new NotDone(error.message);
  }
  // An earlier try may have arrived though nobody heard so, before Argo changed its mind.
  if (row.inDoubt && error.kind !== 'taken' && request.workflowName !== null) {
    if ((await engine.get(request.workflowName)) !== undefined) {
      return started(row);
    }
  }
  return happens(row, async (work, now) => {
    await work.record(now, {
      action: 'refused-by-argo',
      actorRef: SYSTEM,
      changes: { error: { message: error.message } },
      notify: 'failed',
    });
  });
}

/** Lets something happen, if the request still waits for this row. */
function happens(row: OutboxRow, what: (work: Work, request: StoredRequest) => Promise<void>): Settle {
  return async work => {
    const request = await work.stores.requests.lock(row.requestId);
    if (awaits(request, row)) {
      await what(work, request);
    }
  };
}

/** Codes of connections that never came about. */
const NEVER_CONNECTED = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/;

function mayHaveArrived(error: ArgoError): boolean {
  switch (error.kind) {
    case 'unreachable':
      return !NEVER_CONNECTED.test(codeOf(error.cause));
    case 'failing':
      return true;
    default:
      return false;
  }
}

/** The code of a network error, also of one that another wraps. */
function codeOf(error: unknown): string {
  if (!isError(error)) {
    return '';
  }
  return typeof error.code === 'string' ? error.code : codeOf(error.cause);
}
