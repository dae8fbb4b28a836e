// A form that is sent by its button or by the keyboard, when what it holds is ready; else what is missing is shown.
import { type ReactNode, useState } from 'react';
import styles from './SendingForm.module.css';

export interface SendingFormProps {
  isReady: boolean;
  onSend(): void;
  /** @param attempts - how often it was sent too early */
  children(attempts: number): ReactNode;
}

export function SendingForm({ isReady, onSend, children }: SendingFormProps) {
  const [attempts, setAttempts] = useState(0);
  return (
    <form
      noValidate
      onSubmit={event => {
        event.preventDefault();
        if (isReady) {
          onSend();
        } else {
          setAttempts(count => count + 1);
        }
      }}
    >
      {children(attempts)}
    </form>
  );
}

/** Its buttons, in a row where there is room. */
export function FormActions({ children }: { children: ReactNode }) {
  return <div className={styles.actions}>{children}</div>;
}
