// Makes the request of a step exactly once, however often the step runs: a task that is recovered or retried finds the request
// that it made before. Following it is left to follow.ts.
import { createHash } from 'node:crypto';
import type { Ask, PlatformApi } from '../platform/PlatformApi';
import type { Plan } from '../platform/types';
import { approversOf } from '../report/approvers';
import { planEffects, requestEffect, type Effect } from '../report/effects';
import { describePlan } from '../report/plan';
import { formatMoney } from '../report/money';
import type { Clock } from './clock';
import { persist, type Patience } from './persist';
import type { StepContext } from './StepContext';

/** What is known of a request from the moment that it is made. It is kept as the step's checkpoint. */
export type Made = {
  requestId: string;
  planDigest: string;
  /** Who must approve; empty when nobody must. */
  approvers: string[];
  /** Such as `260.00 USD`; left out when the request was made by an earlier run that didn't live to tell. */
  monthlyCost?: string;
  effects: Effect[];
};

/**
 * Makes the request, or finds the one that an earlier run of this step made.
 *
 * @throws InvalidRequestError, or what else the backend has against it
 */
export async function submitOnce(ask: Ask, step: StepContext, api: PlatformApi, clock: Clock): Promise<Made> {
  const key = stepKey(ask, step);
  return step.checkpoint({
    key: `berth.request.${key}`,
    fn: async () => {
      const patience = { clock, logger: step.logger };
      const plan = await planFor(ask, api, patience);
      if (plan !== undefined) describePlan(plan).forEach(line => step.logger.info(line));
      // INVARIANT: the key is the same in every run of this step, so the backend answers a second call with the first request.
      const submitted = await persist(() => api.submit(ask, `scaffolder.${step.task.id}.${key}`), patience);
      const isOfThisPlan = plan?.planDigest === submitted.planDigest;
      return {
        requestId: submitted.requestId,
        planDigest: submitted.planDigest,
        approvers: approversOf(submitted.approval),
        ...(plan && isOfThisPlan && { monthlyCost: formatMoney(plan.cost.monthly, plan.cost) }),
        effects: [requestEffect(submitted.requestId), ...(plan && isOfThisPlan ? planEffects(plan) : [])],
      };
    },
  });
}

/**
 * Which run of which step: the same for each try of it, another for each iteration of `each`. The scaffolder doesn't tell an
 * action the iteration's index (4.2), so what is asked for stands in for it.
 */
function stepKey({ blueprint = 'namespace', parameters }: Ask, { task, step, each }: StepContext): string {
  const identity = JSON.stringify([task.id, step?.id, each?.key, blueprint, parameters]);
  return createHash('sha256').update(identity).digest('hex').slice(0, 32);
}

/**
 * The plan, for the log. Whatever is against it, the submission will say: and when an earlier run of this step died, what is
 * against it is the request's own name.
 */
async function planFor(ask: Ask, api: PlatformApi, patience: Patience): Promise<Plan | undefined> {
  return persist(() => api.plan(ask), patience).catch(() => undefined);
}
