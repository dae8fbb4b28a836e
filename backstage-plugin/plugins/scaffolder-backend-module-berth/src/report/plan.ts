// A plan as people read it in a task's log: steps, objects, cost, approval. Only kinds and names: a manifest can hold what
// somebody wrote into the request, and a log is read by more people than a request is.
import type { Approval, Cost, Plan } from '../platform/types';
import { formatMoney } from './money';

/** The plan, a line each. */
export function describePlan(plan: Plan): string[] {
  return [
    `Plan: ${plan.blueprint} \`${plan.name}\` for team \`${plan.team}\` in ${plan.environment} (cluster ${plan.cluster})`,
    ...(plan.changes ? describeChanges(plan.changes) : describeSteps(plan)),
    ...describeCost(plan.cost),
    ...describeApproval(plan.approval),
  ];
}

/** What is made, a line a step. */
function describeSteps(plan: Plan): string[] {
  return [
    ...plan.steps.map(({ id, title, after, objects }) => {
      const order = after.length === 0 ? '' : ` (after ${after.join(', ')})`;
      return `  ${id}: ${title}${order}: ${objects.map(describeObject).join(', ') || 'no objects'}`;
    }),
    ...plan.skipped.map(({ id, title, reason }) => `  ${id}: ${title}: not needed, ${reason}`),
  ];
}

/** What becomes of what stands, a line an object; of its fields only where they are, since values may be secret. */
function describeChanges(changes: NonNullable<Plan['changes']>): string[] {
  const touched = changes.filter(({ change }) => change !== 'unchanged');
  const lines = touched.map(object => {
    const fields = object.fields?.map(({ path }) => path) ?? [];
    return `  ${object.change}: ${describeObject(object)}${fields.length > 0 ? ` (${fields.join(', ')})` : ''}`;
  });
  return [...lines, `  unchanged: ${changes.length - touched.length} objects`];
}

/** What the request costs a month, a line each. */
export function describeCost(cost: Cost): string[] {
  const { lines, monthly, before, budget } = cost;
  const was = before === undefined ? '' : ` (now ${formatMoney(before, cost)})`;
  return [
    `Cost a month: ${formatMoney(monthly, cost)}${was}${budget ? ` of a budget of ${formatMoney(budget.limit, cost)}` : ''}`,
    ...lines.map(({ title, option, monthly: part }) => `  ${title} (${option}): ${formatMoney(part, cost)}`),
  ];
}

/** Who must say yes and why, a line each. */
export function describeApproval({ required, requirements }: Approval): string[] {
  if (!required) return ['Approval: not needed'];
  return requirements.map(({ by, count, reason }) => {
    const people = count === 1 ? '' : `${count} people of `;
    return `Approval: needed by ${people}${by.join(' or ')}: ${reason}`;
  });
}

function describeObject({ kind, namespace, name }: { kind: string; namespace?: string; name: string }): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}
