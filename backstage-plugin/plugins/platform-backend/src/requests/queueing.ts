/** From a request that may be carried out to the workflow in the outbox. */
import type { Berth } from '@berth/core';
import type { RequestEnvironment } from './environment';
import { answered } from './judge';
import type { StoredRequest } from './model';
import type { Work } from './Work';

/** A workflow, as it will be submitted. */
export interface RenderedWorkflow {
  name: string;
  /** JSON, byte for byte. */
  text: string;
}

/** Renders the workflow of an attempt. The same request and attempt give the same bytes under the same documents. */
export function renderWorkflow(
  env: RequestEnvironment,
  berth: Berth,
  request: Pick<StoredRequest, 'id' | 'blueprint' | 'parameters' | 'requester' | 'createdAt' | 'attempt'>,
): RenderedWorkflow {
  const { id, blueprint, parameters, requester, createdAt, attempt } = request;
  const workflow = answered(() =>
    berth.render(
      { blueprint, parameters, requester: requester.ref },
      { target: env.target, requestId: id, now: createdAt, attempt },
    ),
  );
  return { name: workflow.metadata.name, text: JSON.stringify(workflow) };
}

/** Puts the workflow of a queued request into the outbox. */
export async function enqueueWorkflow(work: Work, request: StoredRequest, workflow: RenderedWorkflow): Promise<void> {
  await work.enqueue({
    kind: 'submit',
    requestId: request.id,
    attempt: request.attempt,
    payload: workflow.text,
    policyDigest: request.policyDigest,
    coreVersion: request.coreVersion,
  });
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
