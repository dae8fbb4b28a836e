// One step of a template that asks for something: dry run, request, wait, and what each end means for the task. The actions only
// name their inputs.
import { ConflictError, ForwardedError, NotAllowedError, ServiceUnavailableError, stringifyError } from '@backstage/errors';
import type { Ask } from '../platform/PlatformApi';
import type { RequestProgress } from '@berth/plugin-platform-common';
import { approversOf } from '../report/approvers';
import { planEffects, requestEffect } from '../report/effects';
import { formatMoney } from '../report/money';
import { describePlan } from '../report/plan';
import { refusingViolations } from '../report/violations';
import type { RequestOutput } from '../actions/outputs';
import { follow } from './follow';
import type { Means } from './means';
import type { StepContext } from './StepContext';
import { submitOnce, type Made } from './submit';

/** How long a step waits by default, and at most: the token of a task lives an hour, and it may have waited in a queue. */
export const DEFAULT_TIMEOUT_SECONDS = 600;
export const MAX_TIMEOUT_SECONDS = 1_800;

/**
 * Makes the request of a step and waits for its end within the bound; in a dry run, says what would be made.
 *
 * @throws for violations, a rejected, failed or cancelled request, and a cancelled task
 */
export async function carryOut(ask: Ask, timeoutSeconds: number | undefined, step: StepContext, means: Means): Promise<RequestOutput> {
  return refusingViolations(step.logger, async () => {
    if (step.isDryRun) return foresee(ask, step, means);
    const made = await submitOnce(ask, step, means);
    const link = means.linkTo(made.requestId);
    step.logger.info(`Request ${made.requestId}: ${link}`);
    const timeoutMs = 1_000 * (timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS);
    const watch = { ...means, logger: step.logger, signal: step.signal, timeoutMs };
    const progress = await follow(made.requestId, watch).catch(error => {
      throw new ForwardedError(`request \`${made.requestId}\` goes on by itself, but this task can't watch it; see ${link}`, error);
    });
    if (step.signal?.aborted) await cancelWithTask(made, link, step, means);
    return settle(made, progress, link, step, means);
  });
}

/** What a dry run answers with: the outputs that a run would end with if all went well. */
async function foresee(ask: Ask, { logger }: StepContext, { api, linkTo }: Means): Promise<RequestOutput> {
  const plan = await api.plan(ask);
  logger.info('Dry run: nothing is stored, this is what would be requested');
  describePlan(plan).forEach(line => logger.info(line));
  const requestId = 'dry-run';
  return {
    requestId,
    status: plan.approval.required ? 'pending-approval' : 'completed',
    link: linkTo(requestId),
    approvers: approversOf(plan.approval),
    planDigest: plan.planDigest,
    monthlyCost: formatMoney(plan.cost.monthly, plan.cost),
    effects: [requestEffect(requestId), ...planEffects(plan)],
  };
}

/** The outputs of a request that stands well or still goes on; an error for one that came to nothing. */
async function settle(
  made: Made,
  progress: RequestProgress | undefined,
  link: string,
  { logger }: StepContext,
  { api }: Means,
): Promise<RequestOutput> {
  if (progress === undefined) {
    throw new ServiceUnavailableError(
      `request \`${made.requestId}\` was made, but the platform backend can't be reached: it goes on by itself, see ${link}`,
    );
  }
  const { status, workflowId } = progress;
  if (status === 'rejected') throw new NotAllowedError(`${await describeRefusal(progress, api)}; see ${link}`);
  if (status === 'cancelled') throw new ConflictError(`${await describeRefusal(progress, api)}${whatRemains(progress)}; see ${link}`);
  if (status === 'failed') throw new ConflictError(`${describeFailure(progress)}${whatRemains(progress)}; see ${link}`);
  if (status === 'pending-approval') {
    logger.info(`Waits for an approval by ${made.approvers.join(' or ')}; the task needs not wait for it: ${link}`);
  } else if (status !== 'completed') {
    // A task that failed here would be started anew, for a request that is alive.
    logger.warn(`The request is still ${status} and goes on without this task: ${link}`);
  }
  return { ...made, link, status, ...(workflowId !== null && { workflowId }) };
}

/** Who rejected or cancelled it, and why: the audit trail knows. */
async function describeRefusal({ requestId, status }: RequestProgress, api: Means['api']): Promise<string> {
  const refusal = (await api.events(requestId)).findLast(({ to }) => to === status);
  const who = refusal === undefined ? '' : ` by ${refusal.actor}`;
  return `request \`${requestId}\` was ${status}${who}${refusal?.comment ? `: ${refusal.comment}` : ''}`;
}

function describeFailure({ requestId, failedStep, error = '', steps }: RequestProgress): string {
  // What Argo says of the Workflow doesn't always name the step, or say what it has against it.
  const where = failedStep === undefined || error.includes(`\`${failedStep}\``) ? '' : ` in step \`${failedStep}\``;
  const ofStep = steps.find(({ id }) => id === failedStep)?.message ?? '';
  const reasons = [error, error.includes(ofStep) ? '' : ofStep].filter(reason => reason !== '');
  return `request \`${requestId}\` failed${where}: ${reasons.join(': ') || 'no reason is known'}`;
}

function whatRemains({ rollback }: RequestProgress): string {
  return { none: '', running: '; what was made is being taken back', done: '; what was made is taken back', failed: '; what was made could NOT all be taken back' }[rollback];
}

/** Cancels the request of a cancelled task, and ends the step. */
async function cancelWithTask({ requestId }: Made, link: string, { logger }: StepContext, { api }: Means): Promise<never> {
  try {
    await api.cancel(requestId, 'The scaffolder task was cancelled');
  } catch (error) {
    throw new ConflictError(`the task was cancelled, but its request \`${requestId}\` was not: ${stringifyError(error)}; see ${link}`);
  }
  logger.info(`Request ${requestId} is cancelled with the task`);
  throw new ConflictError(`the task was cancelled, and its request \`${requestId}\` with it; see ${link}`);
}
