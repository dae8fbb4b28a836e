// `berth:request`: asks for what any blueprint offers and waits for it.
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { carryOut } from '../request/carryOut';
import type { MeansFor } from '../request/means';
import { timeoutSeconds } from './inputs';
import { outputAll } from './outputAll';
import { requestOutput } from './outputs';
import { examples } from './request.examples';

/** Asks for what a blueprint offers as the person who started the task; needs the permission `platform.request.create`. */
export function createRequestAction(meansFor: MeansFor) {
  return createTemplateAction({
    id: 'berth:request',
    description:
      'Asks for what a blueprint of the platform offers and waits until it stands, or ends at once when somebody must approve it. ' +
      'A dry run shows the plan and its cost. Needs the permission `platform.request.create`.',
    examples,
    supportsDryRun: true,
    schema: {
      input: zod =>
        zod.object({
          blueprint: zod.string().describe('Name of the blueprint, such as `namespace`'),
          parameters: zod.record(zod.unknown()).describe('What the blueprint asks for, field by field'),
          timeoutSeconds: timeoutSeconds(zod),
        }),
      output: requestOutput,
    },
    async handler(ctx) {
      const { blueprint, parameters, timeoutSeconds: seconds } = ctx.input;
      outputAll(ctx, await carryOut({ blueprint, parameters }, seconds, ctx, meansFor(ctx)));
    },
  });
}
