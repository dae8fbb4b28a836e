// Examples of `berth:namespace:plan`; each runs in namespacePlan.test.ts.
import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Show what would be created',
    example: stringify({
      steps: [
        {
          id: 'plan',
          name: 'Plan the namespace',
          action: 'berth:namespace:plan',
          input: {
            namespaceName: 'payments-checkout',
            team: 'payments',
            environment: 'development',
            features: ['monitoring-enhanced'],
          },
        },
      ],
    }),
  },
];
