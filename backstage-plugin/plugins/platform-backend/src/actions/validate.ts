// `platform:validate`: judges a request, without making it.
import { callerWhoMayAsk, readOnly, type ActionMeans } from './means';
import { approval, askInput, cost } from './schemas';

/** Registers the action. */
export function registerValidate(means: ActionMeans): void {
  means.registry.register({
    ...readOnly,
    name: 'validate',
    title: 'Validate a request',
    description: 'Says whether a request, such as for a Kubernetes namespace, would be accepted, and lists what is wrong. Stores nothing.',
    schema: {
      input: askInput,
      output: zod =>
        zod.object({
          valid: zod.boolean(),
          violations: zod.array(
            zod.object({
              code: zod.string(),
              path: zod.string(),
              message: zod.string(),
              hint: zod.string().optional(),
              severity: zod.enum(['error', 'warning']),
            }),
          ),
          approval: approval(zod),
          cost: cost(zod),
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
      return { output: await means.requests.decide(actor, blueprint, parameters) };
    },
  });
}
