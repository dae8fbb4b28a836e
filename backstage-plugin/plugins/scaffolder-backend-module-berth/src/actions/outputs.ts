// The outputs of the actions. docs/scaffolder.md lists them for template authors.
import type { z } from 'zod/v3';

type Zod = typeof z;

/** What every action says of the decision. */
function decided(zod: Zod) {
  return {
    approvers: zod
      .array(zod.string())
      .describe('Groups and claims of which somebody other than the requester must approve; empty when nobody must'),
    monthlyCost: zod.string().describe('What it costs a month, such as `260.00 USD`'),
  };
}

/** What was done outside Backstage. */
function effects(zod: Zod) {
  return zod
    .array(zod.object({ resource: zod.string(), operation: zod.enum(['create', 'update', 'delete']) }))
    .describe('What is done outside Backstage: `resource` is `berth:request/<id>` or `kubernetes:<cluster>/<apiVersion>/<Kind>/[<namespace>/]<name>`');
}

/** Outputs of the actions that judge. */
export function validateOutput(zod: Zod) {
  return zod.object({
    valid: zod.boolean().describe('May it be carried out, once everybody has approved who must?'),
    violations: zod
      .array(
        zod.object({
          code: zod.string(),
          path: zod.string(),
          message: zod.string(),
          hint: zod.string().optional(),
          severity: zod.enum(['error', 'warning']),
        }),
      )
      .describe('Everything that is wrong or worth knowing; `path` is a JSON pointer to the input'),
    parameters: zod.record(zod.unknown()).describe('The parameters with defaults filled in'),
    ...decided(zod),
  });
}

/** Outputs of the actions that plan. */
export function planOutput(zod: Zod) {
  return zod.object({
    planDigest: zod.string().describe('Digest of the plan; an approval pins it'),
    manifests: zod.string().describe('All objects as YAML documents'),
    effects: effects(zod),
    ...decided(zod),
  });
}

/** Outputs of the actions that request. */
export function requestOutput(zod: Zod) {
  return zod.object({
    requestId: zod.string().describe('Id of the request; `dry-run` in a dry run'),
    status: zod
      .enum(['pending-approval', 'queued', 'provisioning', 'completed'])
      .describe('How far it is when the step ends: `completed`, `pending-approval`, or what it was when the time was up'),
    link: zod.string().describe('Page of the request'),
    workflowId: zod.string().optional().describe('Name of the Argo Workflow, once there is one'),
    planDigest: zod.string().describe('Digest of the plan; an approval pins it'),
    approvers: decided(zod).approvers,
    monthlyCost: decided(zod).monthlyCost.optional(),
    effects: effects(zod),
  });
}

/** {@link requestOutput} as a type. */
export type RequestOutput = z.infer<ReturnType<typeof requestOutput>>;
