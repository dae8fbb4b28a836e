/** What is taken out of logs, and what is not. */
import { redact } from './redact';

describe('redact', () => {
  it.each([
    ['Authorization: Bearer abcdefgh12345678', 'Authorization: Bearer [redacted]'],
    ['got eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl back', 'got [redacted] back'],
    ['pulling https://ada:hunter2@registry.company.com/app', 'pulling https://[redacted]@registry.company.com/app'],
    ['password=hunter2, user=ada', 'password=[redacted], user=ada'],
    ['{"clientSecret": "a b c", "name": "ada"}', '{"clientSecret": [redacted], "name": "ada"}'],
    ['key AKIAIOSFODNN7EXAMPLE used', 'key [redacted] used'],
    [['-----BEGIN RSA', 'PRIVATE KEY-----\nMIIE\n-----END RSA', 'PRIVATE KEY-----\nafter'].join(' '), '[redacted]\nafter'],
    [['cut: -----BEGIN', 'PRIVATE KEY-----\nMIIE'].join(' '), 'cut: [redacted]'],
  ])('takes the secret out of %j', (text, left) => {
    expect(redact(text)).toBe(left);
  });

  it.each([
    'resourcequota/compute-quota serverside-applied',
    'serviceaccount/payments-deployer serverside-applied',
    'error: timed out waiting for the condition on namespaces/payments-checkout',
    'secrets "payments-token" is forbidden: User "system:serviceaccount:berth-workflows:berth-create" cannot get resource',
  ])('leaves %j as it is', text => {
    expect(redact(text)).toBe(text);
  });
});
