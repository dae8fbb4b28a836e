// What the steps printed, followed as it comes until the request has ended.
import { useEffect, useRef, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import { platformApiRef } from '../api';
import { ProblemNote, Section, Words } from '../parts';
import styles from './StepLogs.module.css';

export interface StepLogsProps {
  requestId: string;
  attempt: number;
  /** One step; without it all of them. */
  step?: { id: string; title: string; message?: string };
  onShowAll(): void;
}

export function StepLogs({ requestId, attempt, step, onShowAll }: StepLogsProps) {
  const api = useApi(platformApiRef);
  const [text, setText] = useState('');
  const [state, setState] = useState<'following' | 'ended' | { error: unknown }>('following');
  const [tries, setTries] = useState(0);
  const box = useRef<HTMLPreElement>(null);
  const id = step?.id;

  useEffect(() => {
    const following = new AbortController();
    setText('');
    setState('following');
    api
      .followLogs(requestId, id, part => setText(last => last + part), following.signal)
      .then(() => setState('ended'))
      .catch(error => following.signal.aborted || setState({ error }));
    return () => following.abort();
  }, [api, requestId, attempt, id, tries]);

  useEffect(() => {
    const element = box.current;
    // Who has scrolled up reads there; who is at the end follows.
    if (element && element.scrollHeight - element.scrollTop - element.clientHeight < 120) {
      element.scrollTop = element.scrollHeight;
    }
  }, [text]);

  const nothing = state === 'following' ? 'Nothing was printed yet.' : 'Nothing was printed, or it is no longer kept: logs are kept for 30 days.';
  return (
    <Section
      title={step ? `Log: ${step.title}` : 'Logs'}
      aside={
        <span className={styles.aside}>
          {state === 'following' && <span className={styles.live}>Following</span>}
          {step && (
            <Button size="small" variant="tertiary" onPress={onShowAll}>
              Show all steps
            </Button>
          )}
        </span>
      }
    >
      {step?.message && (
        <p className={styles.message}>
          <Words of={step.message} />
        </p>
      )}
      {typeof state === 'object' && <ProblemNote error={state.error} onRetry={() => setTries(tries + 1)} />}
      <pre ref={box} className={styles.text} tabIndex={0} role="log" aria-label={step ? `Log of ${step.title}` : 'Logs of all steps'}>
        {text || <span className={styles.nothing}>{nothing}</span>}
      </pre>
    </Section>
  );
}
