// What the server says of the name, marked as its word: the core here can't know which names are taken.
import { RiCheckLine, RiCloudLine, RiCloudOffLine } from '@remixicon/react';
import type { NameState } from '../useServerFacts';
import styles from './fields.module.css';

const NOTES: Record<Exclude<NameState, 'unasked' | 'taken'>, { words: string; Icon: typeof RiCheckLine }> = {
  checking: { words: 'Asking the server whether the name is free…', Icon: RiCloudLine },
  free: { words: 'The server says: this name is free.', Icon: RiCheckLine },
  unknown: { words: 'The server did not say whether the name is free. It is asked again when you send this.', Icon: RiCloudOffLine },
};

export function NameNote({ id, state }: { id: string; state: NameState }) {
  if (state === 'unasked' || state === 'taken') {
    return null;
  }
  const { words, Icon } = NOTES[state];
  return (
    <p id={id} className={styles.nameNote} data-state={state}>
      <Icon size={16} aria-hidden />
      {words}
    </p>
  );
}
