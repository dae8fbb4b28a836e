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
