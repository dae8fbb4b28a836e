// `platform:status`: how far a request is.
import { NotFoundError } from '@backstage/errors';
import { progressBody } from '../http/answers';
import { callerWhoMayAsk, readOnly, type ActionMeans } from './means';

/** Registers the action. */
export function registerStatus(means: ActionMeans): void {
  means.registry.register({
    ...readOnly,
    name: 'status',
    title: 'Status of a request',
    description: 'Says how far a request is: its status, its steps, and why it failed.',
    schema: {
      input: zod => zod.object({ requestId: zod.string().describe('Id of the request') }),
      output: zod =>
        zod.object({
          requestId: zod.string(),
          status: zod.enum(['pending-approval', 'queued', 'provisioning', 'completed', 'failed', 'rejected', 'cancelled']),
          workflowId: zod.string().nullable(),
          attempt: zod.number(),
          rollback: zod.enum(['none', 'running', 'done', 'failed']),
          error: zod.string().optional(),
          failedStep: zod.string().optional(),
          steps: zod.array(
            zod.object({ id: zod.string(), phase: zod.string(), message: zod.string().optional(), retries: zod.number() }),
          ),
        }),
    },
    examples: [{ title: 'By its id', input: { requestId: '6f1f3c62-1f35-4c2e-9c39-2b9a1a5b7c11' } }],
    async action({ input: { requestId }, credentials }) {
      const caller = await callerWhoMayAsk(means, credentials, 'read');
      const request = await means.requests.find(requestId);
      if (!request) throw new NotFoundError(`there is no request \`${requestId}\`, or you may not see it`);
      await means.access.assertSees(caller, request);
      return { output: progressBody(request, await means.requests.steps(requestId, request.attempt)) };
    },
  });
}
