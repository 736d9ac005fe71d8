import { Button, Modal } from '@mantine/core';
import { type ReactNode, type SubmitEvent, useState } from 'react';
import type { Problems } from '../link/use-decide.ts';
import '../parts/decision-dialog.css';

/** A small form that is sent to the core; what is wrong stands at its field, and the form stays until nothing is. */
export function AccessForm({ title, confirm, fields, send, onDone, onClose, children }: AccessFormProps) {
  const [problems, setProblems] = useState<Problems>({});
  const [isSending, setSending] = useState(false);
  const submit = async (): Promise<void> => {
    if (isSending) return;
    setSending(true);
    const refused = await send();
    setSending(false);
    setProblems(refused);
    if (Object.keys(refused).length === 0) onDone();
  };
  const problemOf = (field: string): string | undefined => {
    const problem = problems[field];
    return problem === undefined ? undefined : `${problem.charAt(0).toUpperCase()}${problem.slice(1)}`;
  };
  const others = Object.keys(problems).filter((field) => !fields.includes(field));
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size="min(420px, 94vw)"
      zIndex={400}
      classNames={{ title: 'decision__title' }}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form
        className="decision"
        noValidate
        onSubmit={(event: SubmitEvent) => {
          event.preventDefault();
          // A dialog inside another's form: what is submitted here is not submitted there.
          event.stopPropagation();
          void submit();
        }}
      >
        {children(problemOf)}
        {others.map((field) => (
          <p key={field} className="decision__problem" role="alert">
            {problemOf(field)}.
          </p>
        ))}
        <div className="decision__buttons">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={isSending}>
            {confirm}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

interface AccessFormProps {
  readonly title: string;
  readonly confirm: string;
  /** The fields that show their own problem; those of others stand above the buttons. */
  readonly fields: readonly string[];
  readonly send: () => Promise<Problems>;
  readonly onDone: () => void;
  readonly onClose: () => void;
  readonly children: (problemOf: (field: string) => string | undefined) => ReactNode;
}
