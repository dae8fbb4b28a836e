// What the catalog knows about people: the e-mail address of a user, and the user of an e-mail address. Answers are kept for
// a minute. A catalog that doesn't answer is told apart from one that knows nobody.
import type { AuthService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { ServiceUnavailableError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { JsonValue } from '@backstage/types';
import { LRUCache } from 'lru-cache';

const KEPT_MS = 60_000;
const MOST_KEPT = 10_000;

export class People {
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;
  readonly #answers: LRUCache<string, { answer?: string }>;

  constructor(options: { catalog: CatalogService; auth: AuthService }) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
    this.#answers = new LRUCache({ max: MOST_KEPT, ttl: KEPT_MS });
  }

  /**
   * The e-mail address of a user.
   *
   * @throws ServiceUnavailableError when the catalog doesn't answer
   */
  async emailOf(userRef: string): Promise<string | undefined> {
    return this.#kept(userRef, async credentials => {
      const user = await this.#catalog.getEntityByRef(userRef, { credentials });
      return emailIn(user?.spec);
    });
  }

  /**
   * The one user with this e-mail address; nobody when there are two.
   *
   * @throws ServiceUnavailableError when the catalog doesn't answer
   */
  async userWith(email: string): Promise<string | undefined> {
    return this.#kept(`mailto:${email.toLowerCase()}`, async credentials => {
      const filter = { kind: 'User', 'spec.profile.email': email };
      const { items } = await this.#catalog.getEntities({ filter, limit: 2 }, { credentials });
      return items.length === 1 ? stringifyEntityRef(items[0]) : undefined;
    });
  }

  async #kept(
    key: string,
    ask: (credentials: Awaited<ReturnType<AuthService['getOwnServiceCredentials']>>) => Promise<string | undefined>,
  ): Promise<string | undefined> {
    const known = this.#answers.get(key);
    if (known) {
      return known.answer;
    }
    try {
      const answer = await ask(await this.#auth.getOwnServiceCredentials());
      this.#answers.set(key, { answer });
      return answer;
    } catch (error) {
      throw new ServiceUnavailableError("the catalog doesn't answer, so it is not known who this is: try again", error);
    }
  }
}

function emailIn(spec: JsonValue | undefined): string | undefined {
  const object = (value: JsonValue | undefined) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  const email = object(object(spec)?.profile)?.email;
  return typeof email === 'string' && email !== '' ? email : undefined;
}
