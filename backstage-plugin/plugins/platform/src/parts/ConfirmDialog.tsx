// Asks before something is done that can't simply be undone: what will happen, a word to it, and for the worst a typed name.
import { type ReactNode, useState } from 'react';
import { Button, Dialog, DialogBody, DialogFooter, DialogHeader, Text, TextAreaField, TextField } from '@backstage/ui';
import styles from './ConfirmDialog.module.css';
import { ProblemNote } from './states';

export interface ConfirmDialogProps {
  title: string;
  /** What will happen. */
  children: ReactNode;
  /** What the button says, such as `Cancel the request`. */
  action: string;
  destructive?: boolean;
  /** Whether a comment can, or must, be given. */
  comment?: { label: string; required?: boolean; description?: string };
  /** What must be typed before it can be done. */
  typed?: string;
  /** False while what the dialog asks for besides is not there. */
  isReady?: boolean;
  onConfirm(comment: string | undefined): Promise<unknown>;
  onClose(): void;
}

export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, children, action, destructive, comment, typed, isReady = true, onConfirm, onClose } = props;
  const [text, setText] = useState('');
  const [name, setName] = useState('');
  const [isPending, setPending] = useState(false);
  const [error, setError] = useState<unknown>();
  const isComplete = isReady && (!comment?.required || text.trim() !== '') && (typed === undefined || name === typed);

  const confirm = async () => {
    setPending(true);
    setError(undefined);
    try {
      await onConfirm(text.trim() === '' ? undefined : text.trim());
      onClose();
    } catch (problem) {
      setError(problem);
      setPending(false);
    }
  };

  return (
    <Dialog isOpen onOpenChange={isOpen => !isOpen && onClose()} className={styles.dialog}>
      <DialogHeader>{title}</DialogHeader>
      <DialogBody>
        <div className={styles.body}>
          <Text as="div">{children}</Text>
          {comment && (
            <TextAreaField
              label={comment.label}
              secondaryLabel={comment.required ? 'Required' : undefined}
              description={comment.description}
              value={text}
              onChange={setText}
              maxLength={2000}
            />
          )}
          {typed !== undefined && (
            <TextField
              label={`Type ${typed} to confirm`}
              value={name}
              onChange={setName}
              autoComplete="off"
              spellCheck="false"
            />
          )}
          {error !== undefined && <ProblemNote error={error} />}
        </div>
      </DialogBody>
      <DialogFooter>
        <Button variant="primary" destructive={destructive} isPending={isPending} isDisabled={!isComplete} onPress={confirm}>
          {action}
        </Button>
        <Button variant="secondary" onPress={onClose}>
          Go back
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
