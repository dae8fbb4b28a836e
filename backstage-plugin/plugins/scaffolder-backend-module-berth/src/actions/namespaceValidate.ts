// `berth:namespace:validate`: judges a request for a namespace without making it.
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { MeansFor } from '../request/means';
import { approversOf } from '../report/approvers';
import { formatMoney } from '../report/money';
import { logViolations, violationsError } from '../report/violations';
import { namespaceParameters } from './inputs';
import { examples } from './namespaceValidate.examples';
import { outputAll } from './outputAll';
import { validateOutput } from './outputs';

/** Judges as the person who started the task; needs the permission `platform.request.create`. */
export function createNamespaceValidateAction(meansFor: MeansFor) {
  return createTemplateAction({
    id: 'berth:namespace:validate',
    description:
      'Judges a request for a Kubernetes namespace, its name included, and stores nothing. ' +
      'Lists all violations, and fails on them unless `failOnViolations` is false. Needs the permission `platform.request.create`.',
    examples,
    supportsDryRun: true,
    schema: {
      input: zod =>
        namespaceParameters(zod)
          .extend({
            failOnViolations: zod.boolean().optional().describe('Whether violations fail the step; true when left out'),
          })
          .passthrough(),
      output: validateOutput,
    },
    async handler(ctx) {
      const { failOnViolations = true, ...parameters } = ctx.input;
      const { valid, violations, request, approval, cost } = await meansFor(ctx).api.validate({ parameters });
      logViolations(violations, ctx.logger);
      if (!valid && failOnViolations) throw violationsError(violations);
      outputAll(ctx, {
        valid,
        violations,
        parameters: request,
        approvers: approversOf(approval),
        monthlyCost: formatMoney(cost.monthly, cost),
      });
    },
  });
}
