// `platform:plan`: what a request would create, without making it.
import { callerWhoMayAsk, readOnly, type ActionMeans } from './means';
import { approval, askInput, cost } from './schemas';

/** Registers the action. */
export function registerPlan(means: ActionMeans): void {
  means.registry.register({
    ...readOnly,
    name: 'plan',
    title: 'Plan a request',
    description: 'Shows which Kubernetes objects a request would create, what it costs and who must approve it. Stores nothing.',
    schema: {
      input: askInput,
      output: zod =>
        zod.object({
          name: zod.string(),
          team: zod.string(),
          environment: zod.string(),
          cluster: zod.string(),
          steps: zod.array(
            zod.object({
              id: zod.string(),
              title: zod.string(),
              objects: zod.array(
                zod.object({
                  apiVersion: zod.string(),
                  kind: zod.string(),
                  name: zod.string(),
                  namespace: zod.string().optional(),
                }),
              ),
            }),
          ),
          approval: approval(zod),
          cost: cost(zod),
          planDigest: zod.string().describe('What an approval pins'),
          manifests: zod.string().describe('All objects as YAML documents'),
        }),
    },
    examples: [
      {
        title: 'A namespace for the team payments',
        input: {
          blueprint: 'namespace',
          parameters: { namespaceName: 'payments-checkout', team: 'payments', environment: 'development' },
        },
      },
    ],
    async action({ input: { blueprint, parameters }, credentials }) {
      const { actor } = await callerWhoMayAsk(means, credentials, 'write');
      return { output: await means.requests.plan(actor, blueprint, parameters) };
    },
  });
}
