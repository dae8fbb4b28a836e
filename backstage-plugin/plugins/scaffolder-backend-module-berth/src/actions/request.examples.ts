// Examples of `berth:request`; each runs in request.test.ts.
import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'A namespace by the name of its blueprint',
    example: stringify({
      steps: [
        {
          id: 'request',
          name: 'Ask the platform',
          action: 'berth:request',
          input: {
            blueprint: 'namespace',
            parameters: { namespaceName: 'payments-checkout', team: 'payments', environment: 'staging' },
          },
        },
      ],
    }),
  },
  {
    description: 'Wait up to twenty minutes for something that takes long',
    example: stringify({
      steps: [
        {
          id: 'request',
          name: 'Ask the platform',
          action: 'berth:request',
          input: {
            blueprint: 'namespace',
            parameters: {
              namespaceName: 'payments-ledger',
              team: 'payments',
              environment: 'staging',
              resourceTier: 'large',
              features: ['database-access'],
            },
            timeoutSeconds: 1200,
          },
        },
      ],
    }),
  },
];
