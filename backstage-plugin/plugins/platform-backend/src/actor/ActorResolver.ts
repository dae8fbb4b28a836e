// Makes an Actor of a call: of a Backstage user, of a token of our issuers, or of a service. Credentials were checked by
// Backstage before; here it is settled who they are, what they belong to, and which user of the catalog an external caller is.
import type {
  AuthService,
  BackstageCredentials,
  HttpAuthService,
  LoggerService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import type { Request } from 'express';
import type { Actor } from './Actor';
import type { People } from './People';
import type { ExternalCaller, TokenVerifier } from './TokenVerifier';

/** Who calls, and the credentials with which Backstage is asked what they may do. */
export interface Caller {
  actor: Actor;
  credentials: BackstageCredentials;
}

export interface ActorResolverOptions {
  auth: AuthService;
  httpAuth: HttpAuthService;
  userInfo: UserInfoService;
  people: People;
  verifier: TokenVerifier;
  /** Users of the catalog by subject, with its prefix. */
  links: Record<string, string>;
  logger: LoggerService;
}

export class ActorResolver {
  readonly #options: ActorResolverOptions;

  constructor(options: ActorResolverOptions) {
    this.#options = options;
  }

  /**
   * @param identity - `needed` where it is compared who somebody is: then a catalog that doesn't answer is an error, and not
   *   somebody without a link
   * @throws AuthenticationError without valid credentials; ServiceUnavailableError, see `identity`
   */
  async resolve(request: Request, identity: 'needed' | 'if-known' = 'if-known'): Promise<Caller> {
    const credentials = await this.#options.httpAuth.credentials(request, { allow: ['user', 'service'] });
    const external = this.#options.auth.isPrincipal(credentials, 'user') ? undefined : await this.#external(request);
    if (!external) {
      return this.resolveCredentials(credentials, identity);
    }
    const { ref, groups, roles, email } = external;
    const linkedRef = await this.#linked(external, identity);
    return {
      credentials,
      actor: { ref, kind: 'external', groups, roles, ...(email && { email }), ...(linkedRef && { linkedRef }) },
    };
  }

  /**
   * Who calls where there are credentials alone, as in an action of Backstage's registry. Backstage keeps no claims of a token of
   * our issuers, so whoever comes with one belongs to nothing there, like any service.
   *
   * @throws ServiceUnavailableError, see `resolve`
   */
  async resolveCredentials(
    credentials: BackstageCredentials,
    identity: 'needed' | 'if-known' = 'if-known',
  ): Promise<Caller> {
    const { auth } = this.#options;
    if (auth.isPrincipal(credentials, 'user')) {
      const { userEntityRef: ref, ownershipEntityRefs } = await this.#options.userInfo.getUserInfo(credentials);
      const email = await this.#ask(identity, () => this.#options.people.emailOf(ref));
      // The reference of the user is among those that they own things by; it is no group.
      const groups = ownershipEntityRefs.filter(owner => owner !== ref);
      return { credentials, actor: { ref, kind: 'user', groups, roles: [], ...(email && { email }) } };
    }
    const subject = auth.isPrincipal(credentials, 'service') ? credentials.principal.subject : 'unknown';
    const ref = `service:${subject}`;
    return { credentials, actor: { ref, kind: 'service', groups: [], roles: [] } };
  }

  async #external(request: Request): Promise<ExternalCaller | undefined> {
    const token = /^Bearer +(\S+) *$/i.exec(request.header('authorization') ?? '')?.[1];
    return token === undefined ? undefined : this.#options.verifier.verify(token);
  }

  async #linked({ ref, email }: ExternalCaller, identity: 'needed' | 'if-known'): Promise<string | undefined> {
    const { links, people } = this.#options;
    const subject = ref.slice('external:'.length);
    if (Object.hasOwn(links, subject)) {
      return links[subject].toLocaleLowerCase('en-US');
    }
    return email === undefined ? undefined : this.#ask(identity, () => people.userWith(email));
  }

  async #ask(identity: 'needed' | 'if-known', ask: () => Promise<string | undefined>): Promise<string | undefined> {
    try {
      return await ask();
    } catch (error) {
      if (identity === 'needed' || !(error instanceof ServiceUnavailableError)) {
        throw error;
      }
      this.#options.logger.warn(error.message);
      return undefined;
    }
  }
}
