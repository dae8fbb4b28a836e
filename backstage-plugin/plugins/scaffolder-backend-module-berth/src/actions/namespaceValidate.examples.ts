// Examples of `berth:namespace:validate`; each runs in namespaceValidate.test.ts.
import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

const id = 'validate';
const name = 'Check the request';
const action = 'berth:namespace:validate';

export const examples: TemplateExample[] = [
  {
    description: 'Fail before anything else is done when the namespace would be refused',
    example: stringify({
      steps: [{ id, name, action, input: { namespaceName: 'payments-checkout', team: 'payments', environment: 'development' } }],
    }),
  },
  {
    description: 'Look at the verdict in later steps instead of failing',
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
            resourceTier: 'micro',
            failOnViolations: false,
          },
        },
      ],
    }),
  },
];
