// `berth:namespace:decommission`: gives a namespace back and waits for it.
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { carryOut } from '../request/carryOut';
import type { MeansFor } from '../request/means';
import { place, timeoutSeconds } from './inputs';
import { examples } from './namespaceDecommission.examples';
import { outputAll } from './outputAll';
import { requestOutput } from './outputs';

/** Gives a namespace back as the person who started the task; needs the permission `platform.namespace.delete`. */
export function createNamespaceDecommissionAction(meansFor: MeansFor) {
  return createTemplateAction({
    id: 'berth:namespace:decommission',
    description:
      'Deletes a Kubernetes namespace and what belongs to it, or freezes it first so that it can still be taken back. Waits until that is done, or ' +
      'ends at once when somebody must approve it. A dry run shows what would go. Needs the permission `platform.namespace.delete`.',
    examples,
    supportsDryRun: true,
    schema: {
      input: zod =>
        place(zod).extend({
          confirm: zod.string().describe('The name of the namespace, typed once more by whoever fills in the form'),
          freeze: zod
            .boolean()
            .optional()
            .describe('Set its quota to 0 first; it can be restored for some days, then it is deleted. `false` when left out'),
          timeoutSeconds: timeoutSeconds(zod),
        }),
      output: requestOutput,
    },
    async handler(ctx) {
      const { namespaceName: namespace, cluster, confirm, freeze = false, timeoutSeconds: seconds } = ctx.input;
      outputAll(ctx, await carryOut({ namespace, ...(cluster && { cluster }), confirm, freeze }, seconds, ctx, meansFor(ctx)));
    },
  });
}
