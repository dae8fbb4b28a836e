// The objects of a plan that change, where the plan says so.
import type { RequestPlan } from '../api';

export interface ObjectChange {
  step: string;
  kind: string;
  name: string;
  namespace?: string;
  change: 'added' | 'changed' | 'removed' | 'unchanged';
  /** `path` is a JSON pointer. */
  fields?: { path: string; from?: unknown; to?: unknown }[];
}

/** Plans of what is new have none: all of it is added. */
export function changesOf(plan: RequestPlan): ObjectChange[] {
  return (plan as { changes?: ObjectChange[] }).changes ?? [];
}
