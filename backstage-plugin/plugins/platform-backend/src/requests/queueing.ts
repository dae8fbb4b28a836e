/** From a request that may be carried out to the workflow in the outbox. */
import type { OutboxEntry } from '../database/OutboxStore';
import type { StoredRequest } from './model';
import type { Work } from './Work';

/** A workflow, as it will be submitted. */
export interface RenderedWorkflow {
  name: string;
  /** JSON, byte for byte. */
  text: string;
}

/** What the outbox shall do for a queued request: hand its workflow over. */
export function submission(
  request: Pick<StoredRequest, 'id' | 'attempt' | 'policyDigest' | 'coreVersion'>,
  workflow: RenderedWorkflow,
): OutboxEntry {
  const { id: requestId, attempt, policyDigest, coreVersion } = request;
  return { kind: 'submit', requestId, attempt, payload: workflow.text, policyDigest, coreVersion };
}

/** Puts an order to stop the workflow of a request into the outbox. */
export async function enqueueStop(work: Work, request: StoredRequest): Promise<void> {
  if (request.workflowName !== null) {
    await work.enqueue({
      kind: 'stop',
      requestId: request.id,
      attempt: request.attempt,
      payload: request.workflowName,
    });
  }
}
