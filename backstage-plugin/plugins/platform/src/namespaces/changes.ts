// The objects of a plan that change, where the plan says so.
import type { RequestPlan } from '../api';

export type ObjectChange = NonNullable<RequestPlan['changes']>[number];

/** Plans of what is new have none: all of it is added. */
export function changesOf(plan: RequestPlan): ObjectChange[] {
  return plan.changes ?? [];
}
