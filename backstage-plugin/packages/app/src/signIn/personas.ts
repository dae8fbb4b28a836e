// The people whom the demo knows, from `auth.providers.persona` of the configuration; the backend lets in these and nobody else.
// Which of them was chosen last is kept, so that a reload doesn't ask again.
import type { ConfigApi } from '@backstage/frontend-plugin-api';

/** Somebody to be in the demo. */
export interface Persona {
  /** Name of the user in the catalog. */
  name: string;
  title: string;
  /** What they do, in a few words. */
  role: string;
  /** What to try as them. */
  about: string;
}

const CHOSEN = 'berth-demo-persona';

export function personasOf(config: ConfigApi): Persona[] {
  return (config.getOptionalConfigArray('auth.providers.persona.people') ?? []).map(person => ({
    name: person.getString('name'),
    title: person.getString('title'),
    role: person.getString('role'),
    about: person.getString('about'),
  }));
}

export const chosenPersona = {
  get: () => localStorage.getItem(CHOSEN) ?? undefined,
  set: (name: string) => localStorage.setItem(CHOSEN, name),
  forget: () => localStorage.removeItem(CHOSEN),
};
