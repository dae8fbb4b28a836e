// What of an action's context the making and following of a request needs.
import type { ActionContext } from '@backstage/plugin-scaffolder-node';
import type { JsonObject } from '@backstage/types';

/** The context of a step, whatever its inputs and outputs are. */
export type StepContext = Pick<
  ActionContext<JsonObject>,
  'checkpoint' | 'each' | 'getInitiatorCredentials' | 'isDryRun' | 'logger' | 'signal' | 'step' | 'task'
>;
