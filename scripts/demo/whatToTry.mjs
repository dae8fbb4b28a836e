// What the demo prints when it is ready: calls to copy, with fresh tokens.
import { demoToken } from './token.mjs';

export function whatToTry({ url, engine, metrics }) {
  const ada = demoToken({ sub: 'ada', email: 'ada@company.com', groups: ['Payments-Team'], roles: ['namespace:admin', 'user:authenticated'] });
  const grace = demoToken({ sub: 'grace', email: 'grace@company.com', groups: ['Platform-Admins'], roles: ['platform:admin'] });
  const api = `${url}/api/platform`;
  const body = JSON.stringify({ namespaceName: 'payments-checkout', team: 'payments', environment: 'development', resourceTier: 'small' });
  return `
Berth is ready: open ${url} (Ctrl-C ends it)

  1. Enter as Ada, choose "New request", and call the namespace Payments_Checkout: see what is wrong, and click what helps.
  2. Choose a size and features, look at the price, the plan and the exact manifests, and request it: it is there within seconds.
  3. Ask for one in production. It waits: sign out (Settings), enter as Grace, and approve it under "To approve".
  4. The same form is a software template: Create, Kubernetes namespace.

The API is ${api}, the engine ${engine} (a stand-in for Argo: \`berth sandbox\`), metrics ${metrics}.
For calls by hand, Ada is in the team payments, and Grace approves:

  ADA=${ada}
  GRACE=${grace}

Ask for a namespace, see how far it is, and what is left of the budget:

  curl -s ${api}/namespaces/request -H "Authorization: Bearer $ADA" -H 'Content-Type: application/json' \\
    -d '${body}'
  curl -s ${api}/namespaces/request/REQUEST_ID/status -H "Authorization: Bearer $ADA"
  curl -s ${api}/teams/payments/usage -H "Authorization: Bearer $ADA"

docs/portal.md shows the pages, docs/backend.md the other calls.
`;
}
