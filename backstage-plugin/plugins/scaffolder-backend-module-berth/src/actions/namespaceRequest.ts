// `berth:namespace:request`: asks for a namespace and waits for it.
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { carryOut } from '../request/carryOut';
import type { MeansFor } from '../request/means';
import { namespaceParameters, timeoutSeconds } from './inputs';
import { examples } from './namespaceRequest.examples';
import { outputAll } from './outputAll';
import { requestOutput } from './outputs';

/** Asks for a namespace as the person who started the task; needs the permission `platform.request.create`. */
export function createNamespaceRequestAction(meansFor: MeansFor) {
  return createTemplateAction({
    id: 'berth:namespace:request',
    description:
      'Asks for a Kubernetes namespace and waits until it stands, or ends at once when somebody must approve it. ' +
      'A dry run shows the plan and its cost. Needs the permission `platform.request.create`.',
    examples,
    supportsDryRun: true,
    schema: {
      input: zod => namespaceParameters(zod).extend({ timeoutSeconds: timeoutSeconds(zod) }).passthrough(),
      output: requestOutput,
    },
    async handler(ctx) {
      const { timeoutSeconds: seconds, ...parameters } = ctx.input;
      outputAll(ctx, await carryOut({ parameters }, seconds, ctx, meansFor(ctx)));
    },
  });
}
