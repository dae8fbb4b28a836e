// The inputs that template authors see. They say what there is and of which type; what may stand there is for the platform's
// documents to say, so nothing here limits a value, and parameters that a platform's own blueprint adds pass through.
import type { z } from 'zod/v3';
import { DEFAULT_TIMEOUT_SECONDS, MAX_TIMEOUT_SECONDS } from '../request/carryOut';

type Zod = typeof z;

/** The parameters of a request for a namespace, flat. */
export function namespaceParameters(zod: Zod) {
  return zod.object({
    namespaceName: zod.string().describe('Name of the namespace, such as `payments-checkout`'),
    team: zod.string().describe('Team that will own it, by its name on the platform: `payments`, not `group:default/payments`'),
    environment: zod.string().describe('Environment, such as `development`'),
    resourceTier: zod.string().optional().describe('Size, such as `small`'),
    networkPolicy: zod.string().optional().describe('Who may talk to its pods, such as `isolated`'),
    features: zod.array(zod.string()).optional().describe('Features, such as `monitoring-enhanced`'),
    description: zod.string().optional().describe('What it is for, in a sentence'),
    costCenter: zod.string().optional().describe('Cost center'),
    expiresAt: zod.string().optional().describe('When it may go, such as `2026-12-31T18:00:00Z`'),
  });
}

/** Which namespace that stands. */
export function place(zod: Zod) {
  return zod.object({
    namespaceName: zod.string().describe('Name of the namespace, such as `payments-checkout`'),
    cluster: zod.string().optional().describe('Its cluster; needed only where namespaces of this name stand on more than one'),
  });
}

/** How long a step waits for the end of its request. */
export function timeoutSeconds(zod: Zod) {
  return zod
    .number()
    .int()
    .min(0)
    .max(MAX_TIMEOUT_SECONDS)
    .optional()
    .describe(
      `How many seconds to wait for the end of the request; ${DEFAULT_TIMEOUT_SECONDS} when left out, 0 not to wait at all. ` +
        'The request goes on when the time is up, and so does the task.',
    );
}
