// Makes the request of a step exactly once, however often the step runs: a task that is recovered or retried finds the request
// that it made before. Following it is left to follow.ts.
import { createHash } from 'node:crypto';
import type { Ask } from '../platform/PlatformApi';
import { approversOf } from '../report/approvers';
import { planEffects, requestEffect, type Effect } from '../report/effects';
import { describePlan } from '../report/plan';
import { formatMoney } from '../report/money';
import type { Means } from './means';
import { persist } from './persist';
import type { StepContext } from './StepContext';

/** What is known of a request from the moment that it is made. It is kept as the step's checkpoint. */
export type Made = {
  requestId: string;
  planDigest: string;
  /** Who must approve; empty when nobody must. */
  approvers: string[];
  /** Such as `260.00 USD`; left out where the plan is. */
  monthlyCost?: string;
  /** The request, and its objects where its plan can be had. */
  effects: Effect[];
};

/**
 * Makes the request, or finds the one that an earlier run of this step made.
 *
 * @throws InvalidRequestError, or what else the backend has against it
 */
export async function submitOnce(ask: Ask, step: StepContext, { api, clock }: Pick<Means, 'api' | 'clock'>): Promise<Made> {
  const key = stepKey(ask, step);
  return step.checkpoint({
    key: `berth.request.${key}`,
    fn: async () => {
      const patience = { clock, logger: step.logger };
      // INVARIANT: the key is the same in every run of this step, so the backend answers a second call with the first request.
      const submitted = await persist(() => api.submit(ask, `scaffolder.${step.task.id}.${key}`), patience);
      const { requestId, planDigest, approval } = submitted;
      const made = { requestId, planDigest, approvers: approversOf(approval), effects: [requestEffect(requestId)] };
      // What a request found again was made of, today's documents may no longer say: then its plan stays unknown.
      const plan = await persist(() => api.planOf(requestId), patience).catch(() => undefined);
      if (plan?.planDigest !== planDigest) return made;
      describePlan(plan).forEach(line => step.logger.info(line));
      return { ...made, monthlyCost: formatMoney(plan.cost.monthly, plan.cost), effects: [...made.effects, ...planEffects(plan)] };
    },
  });
}

/**
 * Which run of which step: the same for each try of it, another for each iteration of `each`. The scaffolder doesn't tell an
 * action the iteration's index (4.2), so what is asked for stands in for it.
 */
function stepKey(ask: Ask, { task, step, each }: StepContext): string {
  const asked = 'parameters' in ask ? [ask.blueprint ?? 'namespace', ask.parameters] : [ask];
  const identity = JSON.stringify([task.id, step?.id, each?.key, ...asked]);
  return createHash('sha256').update(identity).digest('hex').slice(0, 32);
}
