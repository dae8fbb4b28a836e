// `berth:namespace:change`: asks for a change of a namespace that stands and waits for it.
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { carryOut } from '../request/carryOut';
import type { MeansFor } from '../request/means';
import { place, timeoutSeconds } from './inputs';
import { examples } from './namespaceChange.examples';
import { outputAll } from './outputAll';
import { requestOutput } from './outputs';

/** Asks for a change as the person who started the task; needs the permission `platform.namespace.change`. */
export function createNamespaceChangeAction(meansFor: MeansFor) {
  return createTemplateAction({
    id: 'berth:namespace:change',
    description:
      'Asks for a change of a Kubernetes namespace that stands and waits until it is done, or ends at once when somebody must approve it. ' +
      'A dry run shows what would become of each object, and the cost. Needs the permission `platform.namespace.change`.',
    examples,
    supportsDryRun: true,
    schema: {
      input: zod =>
        place(zod).extend({
          changes: zod
            .record(zod.unknown())
            .describe('The fields to change, such as `resourceTier`; `null` takes one away. All others stay as they are'),
          timeoutSeconds: timeoutSeconds(zod),
        }),
      output: requestOutput,
    },
    async handler(ctx) {
      const { namespaceName: namespace, cluster, changes: patch, timeoutSeconds: seconds } = ctx.input;
      outputAll(ctx, await carryOut({ namespace, ...(cluster && { cluster }), patch }, seconds, ctx, meansFor(ctx)));
    },
  });
}
