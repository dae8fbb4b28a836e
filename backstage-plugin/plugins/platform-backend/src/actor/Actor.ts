// Who calls: one shape for Backstage users, callers with a token of the platform's own issuer, and services. How an Actor
// is made of credentials is in ActorResolver.ts; what an Actor's groups and roles allow, the platform document says.

/** The caller of an operation, or who once was. Plain data: it is stored with requests. */
export interface Actor {
  /** `user:default/ada`, `external:<subject>` or `service:<subject>`. */
  ref: string;
  kind: 'user' | 'external' | 'service';
  /** Groups of the catalog, or claims of the token: what membership is judged by. */
  groups: string[];
  /** Roles of the token. */
  roles: string[];
  email?: string;
  /** The user of the catalog that an external caller is; left out for who can't be linked. */
  linkedRef?: string;
}

/** The user of the catalog that somebody is; nobody for callers that can't be linked. Who has no identity can't approve. */
export function identityOf(actor: Actor): string | undefined {
  return actor.kind === 'user' ? actor.ref : actor.linkedRef;
}

/**
 * Are both the same person? Compared by reference, by the linked user and by e-mail, so that a change of the
 * links after a request was made hides nobody.
 */
export function samePerson(a: Actor, b: Actor): boolean {
  const refs = [a.ref, a.linkedRef].filter(ref => ref !== undefined);
  const email = a.email?.trim().toLowerCase();
  return (
    refs.includes(b.ref) ||
    (b.linkedRef !== undefined && refs.includes(b.linkedRef)) ||
    (email !== undefined && email === b.email?.trim().toLowerCase())
  );
}
