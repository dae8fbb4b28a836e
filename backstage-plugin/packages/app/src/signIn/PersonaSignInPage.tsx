// Sign-in of the demo: choose who to be. The backend lets this pass with `berth.demo` and on loopback alone.
import { ProxiedSignInPage } from '@backstage/core-components';
import { configApiRef, type IdentityApi, useApi } from '@backstage/frontend-plugin-api';
import type { SignInPageProps } from '@backstage/plugin-app-react';
import { Alert, Button, Text } from '@backstage/ui';
import { useEffect, useState } from 'react';
import { Logo } from '../Logo';
import { chosenPersona, personasOf } from './personas';
import styles from './PersonaSignInPage.module.css';

/** The header by which the demo's backend knows who was chosen. */
const PERSONA_HEADER = 'x-berth-persona';

export function PersonaSignInPage({ onSignInSuccess }: SignInPageProps) {
  const personas = personasOf(useApi(configApiRef));
  const [name, setName] = useState(() => {
    const chosen = chosenPersona.get();
    return personas.some(persona => persona.name === chosen) ? chosen : undefined;
  });
  const [error, setError] = useState<Error>();

  if (name && !error) {
    return (
      <ProxiedSignInPage
        provider="persona"
        headers={{ [PERSONA_HEADER]: name }}
        onSignInSuccess={identity => {
          chosenPersona.set(name);
          onSignInSuccess(forgetting(identity));
        }}
        ErrorComponent={props => <Report error={props.error} onError={setError} />}
      />
    );
  }
  return (
    <main className={styles.page}>
      <div className={styles.column}>
        <header className={styles.header}>
          <Logo size={44} />
          <h1 className={styles.title}>Who would you like to be?</h1>
          <Text variant="body-medium" color="secondary">
            This demo runs on this machine alone, so nobody needs a password. Change sides at any time: settings, sign out.
          </Text>
        </header>
        {error && <Alert status="danger" icon title="That did not work" description={error.message} />}
        <ul className={styles.people}>
          {personas.map(persona => (
            <li key={persona.name} className={styles.person}>
              <span className={styles.avatar} aria-hidden>
                {persona.title.charAt(0)}
              </span>
              <div className={styles.words}>
                <h2 className={styles.name}>
                  {persona.title} <span className={styles.role}>{persona.role}</span>
                </h2>
                <Text variant="body-medium" color="secondary">
                  {persona.about}
                </Text>
              </div>
              <Button
                className={styles.enter}
                onPress={() => {
                  setError(undefined);
                  setName(persona.name);
                }}
              >
                {`Enter as ${persona.title}`}
              </Button>
            </li>
          ))}
        </ul>
      </div>
    </main>
  );
}

/** The identity, and signing out asks again who to be. */
function forgetting(identity: IdentityApi): IdentityApi {
  return {
    getProfileInfo: () => identity.getProfileInfo(),
    getBackstageIdentity: () => identity.getBackstageIdentity(),
    getCredentials: () => identity.getCredentials(),
    signOut: async () => {
      chosenPersona.forget();
      await identity.signOut();
    },
  };
}

/** Hands an error of the sign-in to the page. */
function Report({ error, onError }: { error?: Error; onError(error: Error): void }) {
  useEffect(() => {
    if (error) {
      chosenPersona.forget();
      onError(error);
    }
  }, [error, onError]);
  return null;
}
