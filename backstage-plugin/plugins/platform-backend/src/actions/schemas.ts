// Parts of what the actions take and give, for the registry's schemas. The core judges the parameters; here they are free.
import type { z } from 'zod/v3';

type Zod = typeof z;

/** What is asked for. */
export function askInput(zod: Zod) {
  return zod.object({
    blueprint: zod.string().default('namespace').describe('What to ask for'),
    parameters: zod
      .record(zod.unknown())
      .describe('The blueprint\'s fields; for a namespace: namespaceName, team, environment, resourceTier, networkPolicy, features'),
  });
}

/** Who must approve. */
export function approval(zod: Zod) {
  return zod
    .object({
      required: zod.boolean(),
      requirements: zod.array(
        zod.object({ id: zod.string(), by: zod.array(zod.string()), count: zod.number(), reason: zod.string() }),
      ),
    })
    .describe('Who must approve, other than the requester');
}

/** What it costs. */
export function cost(zod: Zod) {
  return zod
    .object({ currency: zod.string(), decimals: zod.number(), monthly: zod.number() })
    .describe('Cost a month, in minor units: 10000 with 2 decimals is 100.00');
}
