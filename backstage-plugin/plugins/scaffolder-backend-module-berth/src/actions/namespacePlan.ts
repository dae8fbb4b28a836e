// `berth:namespace:plan`: what a request for a namespace would create, without making it.
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { MeansFor } from '../request/means';
import { approversOf } from '../report/approvers';
import { planEffects } from '../report/effects';
import { formatMoney } from '../report/money';
import { describePlan } from '../report/plan';
import { refusingViolations } from '../report/violations';
import { namespaceParameters } from './inputs';
import { examples } from './namespacePlan.examples';
import { outputAll } from './outputAll';
import { planOutput } from './outputs';

/** Plans as the person who started the task; needs the permission `platform.request.create`. */
export function createNamespacePlanAction(meansFor: MeansFor) {
  return createTemplateAction({
    id: 'berth:namespace:plan',
    description:
      'Shows what a request for a Kubernetes namespace would create, what it costs and who must approve it, and stores nothing. ' +
      'Needs the permission `platform.request.create`.',
    examples,
    supportsDryRun: true,
    schema: {
      input: zod => namespaceParameters(zod).passthrough(),
      output: planOutput,
    },
    async handler(ctx) {
      const plan = await refusingViolations(ctx.logger, () => meansFor(ctx).api.plan({ parameters: ctx.input }));
      describePlan(plan).forEach(line => ctx.logger.info(line));
      outputAll(ctx, {
        planDigest: plan.planDigest,
        manifests: plan.manifests,
        effects: planEffects(plan),
        approvers: approversOf(plan.approval),
        monthlyCost: formatMoney(plan.cost.monthly, plan.cost),
      });
    },
  });
}
