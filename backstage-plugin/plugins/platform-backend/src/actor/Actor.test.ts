// Who is the same person, by whichever way they come.
import { type Actor, identityOf, samePerson } from './Actor';

const ada: Actor = { ref: 'user:default/ada', kind: 'user', groups: [], roles: [], email: 'ada@company.com' };
const grace: Actor = { ref: 'user:default/grace', kind: 'user', groups: [], roles: [] };
const token: Actor = { ref: 'external:ada', kind: 'external', groups: [], roles: [] };

describe('the same person', () => {
  it('is known by the reference, by the link and by the e-mail address', () => {
    expect(samePerson(ada, { ...ada, email: undefined })).toBe(true);
    expect(samePerson(ada, { ...token, linkedRef: 'user:default/ada' })).toBe(true);
    expect(samePerson({ ...token, linkedRef: 'user:default/ada' }, ada)).toBe(true);
    expect(samePerson({ ...token, linkedRef: 'user:default/ada' }, { ...token, ref: 'external:a', linkedRef: 'user:default/ada' })).toBe(true);
    expect(samePerson(ada, { ...token, email: 'Ada@Company.com ' })).toBe(true);
  });

  it('is not taken for somebody of whom as little is known', () => {
    expect(samePerson(ada, grace)).toBe(false);
    expect(samePerson(token, { ...token, ref: 'external:bob' })).toBe(false);
  });

  it('has an identity only as a user of the catalog', () => {
    expect(identityOf(ada)).toBe('user:default/ada');
    expect(identityOf({ ...token, linkedRef: 'user:default/ada' })).toBe('user:default/ada');
    expect(identityOf(token)).toBeUndefined();
    expect(identityOf({ ...token, kind: 'service', ref: 'service:plugin:search' })).toBeUndefined();
  });
});
