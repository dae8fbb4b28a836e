// The read-only actions of Backstage's registry, for MCP clients and templates: the ids are `platform:validate` and so on.
import type { ActionMeans } from './means';
import { registerPlan } from './plan';
import { registerStatus } from './status';
import { registerValidate } from './validate';

/** Registers all of them. */
export function registerActions(means: ActionMeans): void {
  registerValidate(means);
  registerPlan(means);
  registerStatus(means);
}
