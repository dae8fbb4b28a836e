// Examples of `berth:namespace:change`; each runs in namespaceChange.test.ts.
import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

const id = 'change';
const name = 'Change the namespace';
const action = 'berth:namespace:change';

export const examples: TemplateExample[] = [
  {
    description: 'A larger namespace',
    example: stringify({
      steps: [{ id, name, action, input: { namespaceName: 'payments-checkout', changes: { resourceTier: 'medium' } } }],
    }),
  },
  {
    description: 'Monitoring, and no cost center any more',
    example: stringify({
      steps: [
        {
          id,
          name,
          action,
          input: { namespaceName: 'payments-checkout', changes: { features: ['monitoring-enhanced'], costCenter: null } },
        },
      ],
    }),
  },
  {
    description: 'A namespace whose name stands on several clusters',
    example: stringify({
      steps: [
        { id, name, action, input: { namespaceName: 'payments-checkout', cluster: 'main', changes: { description: 'The new checkout' } } },
      ],
    }),
  },
];
