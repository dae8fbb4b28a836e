// Examples of `berth:namespace:decommission`; each runs in namespaceDecommission.test.ts.
import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

const id = 'decommission';
const name = 'Give the namespace back';
const action = 'berth:namespace:decommission';

export const examples: TemplateExample[] = [
  {
    description: 'Delete a namespace; whoever starts the template types its name once more',
    example: stringify({
      steps: [{ id, name, action, input: { namespaceName: 'payments-checkout', confirm: 'payments-checkout' } }],
    }),
  },
  {
    description: 'Freeze it first: it can be restored until the grace period is over, then it is deleted',
    example: stringify({
      steps: [{ id, name, action, input: { namespaceName: 'payments-checkout', confirm: 'payments-checkout', freeze: true } }],
    }),
  },
];
