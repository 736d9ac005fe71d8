import { Button, Modal, TextInput } from '@mantine/core';
import { type ReactNode, type SubmitEvent, useEffect, useRef, useState } from 'react';
import { useSession } from '../link/session-context.tsx';
import type { Problems } from '../link/use-decide.ts';
import './decision-dialog.css';

/**
 * A decision before it is taken: its fields, what it comes to in words, and why. What is wrong stands at its field; the
 * dialog stays open until the core has the decision on disk.
 */
export function DecisionDialog(props: DecisionDialogProps) {
  const { title, confirm, consequence, fields = [], size = 'min(620px, 94vw)', onClose, children } = props;
  const { needsSignIn, open } = useSession();
  const [reason, setReason] = useState(props.initialReason ?? '');
  const { problems, isSending, submit } = useSubmit(props, reason);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [problems]);
  const problemOf = (field: string): string | undefined => {
    const problem = problems[field];
    return problem === undefined ? undefined : problem.charAt(0).toUpperCase() + problem.slice(1);
  };
  const placed = new Set([...fields, 'reason']);
  const others = Object.entries(problems).filter(([field]) => !placed.has(field));
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size={size}
      classNames={{ title: 'decision__title' }}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form ref={form} className="decision" onSubmit={submit} noValidate>
        {children(problemOf)}
        <TextInput
          label="Reason"
          description="Kept with the decision in the journal, with your name."
          required
          maxLength={1_000}
          value={reason}
          error={problemOf('reason')}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <div className="decision__foot">
          <div className="decision__consequence" role="status" aria-label="What this does">
            {consequence}
          </div>
          {others.map(([field, problem]) => (
            <p key={field} className="decision__problem" role="alert">
              Not done. {field === '' ? '' : `${field}: `}
              {problem}.
            </p>
          ))}
          <div className="decision__buttons">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            {needsSignIn ? (
              <Button onClick={() => open('sign-in')}>Sign in to decide</Button>
            ) : (
              <Button type="submit" loading={isSending}>
                {confirm}
              </Button>
            )}
          </div>
        </div>
      </form>
    </Modal>
  );
}

interface DecisionDialogProps {
  readonly title: string;
  /** The button's words: what is done, not "OK". */
  readonly confirm: string;
  readonly consequence: ReactNode;
  /** The fields that show their own problem; those of others stand above the buttons. */
  readonly fields?: readonly string[];
  readonly size?: string;
  /** A reason to begin with. */
  readonly initialReason?: string;
  /** What can be told without asking the core. */
  readonly check?: () => Problems;
  readonly send: (reason: string) => Promise<Problems>;
  readonly onDone: () => void;
  readonly onClose: () => void;
  readonly children: (problemOf: (field: string) => string | undefined) => ReactNode;
}

function useSubmit({ check, send, onDone }: DecisionDialogProps, reason: string) {
  const [problems, setProblems] = useState<Problems>({});
  const [isSending, setSending] = useState(false);
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (isSending) return;
    const words = reason.trim();
    const found = { ...check?.(), ...(words === '' ? { reason: 'say why, in a few words' } : {}) };
    setProblems(found);
    if (Object.keys(found).length > 0) return;
    setSending(true);
    const refused = await send(words);
    setSending(false);
    setProblems(refused);
    if (Object.keys(refused).length === 0) onDone();
  };
  return { problems, isSending, submit: (event: SubmitEvent) => void submit(event) };
}
