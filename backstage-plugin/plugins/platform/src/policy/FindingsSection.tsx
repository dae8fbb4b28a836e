// What is probably not meant in the documents.
import { useApi } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import { platformApiRef, type Documents } from '../api';
import { useResource } from '../live';
import { LoadingState, ProblemNote, Section, ToneBadge, Words } from '../parts';
import styles from './policy.module.css';

const TONES = { error: 'bad', warning: 'warning', note: 'plain' } as const;

export function FindingsSection({ documents }: { documents: Documents }) {
  const api = useApi(platformApiRef);
  const findings = useResource(documents.cut ? undefined : `findings ${documents.policyDigest}`, () => api.findings());
  if (documents.cut) {
    return null;
  }
  const found = findings.value?.findings ?? [];
  return (
    <Section title="What policy check finds">
      {findings.isLoading && <LoadingState label="The documents are being checked" rows={2} height={28} />}
      {findings.error !== undefined && <ProblemNote error={findings.error} onRetry={findings.refresh} />}
      {findings.value && found.length === 0 && (
        <p className={styles.quiet}>Nothing: every rule can fire, every option can be chosen, and no two rules contradict each other.</p>
      )}
      <ul className={styles.findings}>
        {found.map(finding => (
          <li key={`${finding.code} ${finding.pointer ?? ''} ${finding.message}`}>
            <ToneBadge tone={TONES[finding.severity]}>{finding.severity}</ToneBadge>
            <div>
              <Text as="p" className={styles.message}>
                <Words of={finding.message} />
              </Text>
              <span className={styles.quiet}>
                {finding.hint && <Words of={finding.hint} />}
                <code>{finding.code}</code>
              </span>
            </div>
          </li>
        ))}
      </ul>
    </Section>
  );
}
