// Examples of `berth:namespace:request`; each runs in namespaceRequest.test.ts.
import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

const id = 'namespace';
const name = 'Create the namespace';
const action = 'berth:namespace:request';

export const examples: TemplateExample[] = [
  {
    description: 'A small namespace for development',
    example: stringify({
      steps: [{ id, name, action, input: { namespaceName: 'payments-checkout', team: 'payments', environment: 'development' } }],
    }),
  },
  {
    description: 'A namespace for production: the step ends with the status `pending-approval`',
    example: stringify({
      steps: [
        {
          id,
          name,
          action,
          input: {
            namespaceName: 'payments-checkout',
            team: 'payments',
            environment: 'production',
            resourceTier: 'medium',
            networkPolicy: 'team-shared',
            features: ['monitoring-enhanced', 'backup-enabled'],
            description: 'Takes orders and charges cards',
            costCenter: 'CC-4711',
          },
        },
      ],
    }),
  },
  {
    description: 'Ask and go on at once, without waiting for the namespace',
    example: stringify({
      steps: [
        {
          id,
          name,
          action,
          input: { namespaceName: 'payments-spike', team: 'payments', environment: 'development', timeoutSeconds: 0 },
        },
      ],
    }),
  },
  {
    description: 'The same namespace in several environments: one request each',
    example: stringify({
      steps: [
        {
          id,
          name,
          action,
          each: ['development', 'staging'],
          input: { namespaceName: 'payments-${{ each.value }}', team: 'payments', environment: '${{ each.value }}' },
        },
      ],
    }),
  },
];
