// What the demo prints when it is ready: calls to copy, with fresh tokens.
import { demoToken } from './token.mjs';

export function whatToTry({ url, engine, metrics }) {
  const ada = demoToken({ sub: 'ada', email: 'ada@company.com', groups: ['Payments-Team'], roles: ['namespace:admin', 'user:authenticated'] });
  const grace = demoToken({ sub: 'grace', email: 'grace@company.com', groups: ['Platform-Admins'], roles: ['platform:admin'] });
  const api = `${url}/api/platform`;
  const body = (name, environment) =>
    JSON.stringify({ namespaceName: name, team: 'payments', environment, resourceTier: 'small', description: 'The checkout' });
  return `
Berth is ready: ${api} (engine ${engine}, metrics ${metrics}). Ctrl-C ends it.

Ada is in the team payments, Grace approves. Their tokens:

  ADA=${ada}
  GRACE=${grace}

Ask for a namespace, and see how far it is:

  curl -s ${api}/namespaces/request -H "Authorization: Bearer $ADA" -H 'Content-Type: application/json' \\
    -d '${body('payments-checkout', 'development')}'
  curl -s ${api}/namespaces/request/REQUEST_ID/status -H "Authorization: Bearer $ADA"

Production needs a second person:

  curl -s ${api}/namespaces/request -H "Authorization: Bearer $ADA" -H 'Content-Type: application/json' \\
    -d '${body('payments-live', 'production')}'
  curl -s ${api}/namespaces/request/REQUEST_ID/approve -H "Authorization: Bearer $GRACE" -H 'Content-Type: application/json' \\
    -d '{"planDigest": "PLAN_DIGEST", "comment": "looks right"}'

What stands, and what is left of the budget:

  curl -s ${api}/namespaces -H "Authorization: Bearer $ADA"
  curl -s ${api}/teams/payments/usage -H "Authorization: Bearer $ADA"
`;
}
