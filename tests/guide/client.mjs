// The client of the guide that Berth grew from: signs a token, asks for a namespace, and looks every ten seconds, at most twelve times,
// how far it is. It must pass as it is; `make guide` runs it against the demo.
import jwt from 'jsonwebtoken';

const API = `${process.env.BERTH_URL ?? 'http://localhost:3000'}/api/platform`;
const POLLS = 12;
const POLL_MS = 10_000;

const token = jwt.sign(
  {
    sub: 'platform-test',
    email: 'platform-test@company.com',
    groups: ['Platform-Admins'],
    roles: ['platform:admin', 'namespace:admin', 'user:authenticated'],
    tenant: 'default',
  },
  'change-me-in-production',
  { algorithm: 'HS256', issuer: 'platform-api', audience: 'platform-users', expiresIn: '1h' },
);

const request = {
  namespaceName: `guide-test-${Date.now()}`,
  team: 'payments',
  environment: 'development',
  resourceTier: 'small',
  networkPolicy: 'isolated',
  features: ['monitoring-enhanced', 'backup-enabled'],
  description: 'The test of the guide',
};

const { requestId, workflowId } = await submit();
console.log(`request ${requestId}, workflow ${workflowId}`);
const last = await follow(requestId);
console.log(`ended: ${last.status}${last.error ? `, ${last.error}` : ''}`);
process.exitCode = last.status === 'completed' ? 0 : 1;

async function submit() {
  const response = await call('POST', '/namespaces/request', request);
  const body = await response.json();
  expect(response.status === 201, `POST answers ${response.status} instead of 201: ${JSON.stringify(body)}`);
  expect(typeof body.requestId === 'string' && body.requestId !== '', 'there is no `requestId` at the top of the body');
  expect(typeof body.workflowId === 'string' && body.workflowId !== '', 'there is no `workflowId` at the top of the body');
  return body;
}

async function follow(id) {
  for (let poll = 1; poll <= POLLS; poll += 1) {
    const response = await call('GET', `/namespaces/request/${id}/status`);
    const body = await response.json();
    expect(response.status === 200, `the status answers ${response.status}: ${JSON.stringify(body)}`);
    console.log(`${poll}: ${body.status}`);
    if (body.status === 'completed' || body.status === 'failed') {
      return body;
    }
    await new Promise(resolve => setTimeout(resolve, POLL_MS));
  }
  return { status: `not ended after ${POLLS} looks` };
}

function call(method, path, body) {
  return fetch(`${API}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
}

function expect(holds, message) {
  if (!holds) {
    console.error(message);
    process.exit(1);
  }
}
