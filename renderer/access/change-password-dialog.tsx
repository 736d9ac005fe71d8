import { PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { PASSWORD_LENGTH_MIN } from '../../core/protocol/access-asks.ts';
import { useCore } from '../link/core-context.tsx';
import { useSession } from '../link/session-context.tsx';
import { type Problems, problemsOf } from '../link/use-decide.ts';
import { passwordProblem } from './account-words.ts';
import { AccessForm } from './access-form.tsx';

/** One's own password; other windows signed in by the old one are signed out. */
export function ChangePasswordDialog({ onClose }: { readonly onClose: () => void }) {
  const { link } = useCore();
  const { now } = useSession();
  const [currentPassword, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const send = async (): Promise<Problems> => {
    const tooShort = passwordProblem(password);
    if (tooShort !== null) return { password: tooShort };
    const account = now?.signedIn?.account ?? '';
    const reason = 'changed by its owner';
    const answer = await link.ask('account.password', { account, password, currentPassword, reason });
    if (!answer.ok) return { '': answer.error };
    return answer.value.ok ? {} : problemsOf(answer.value);
  };
  return (
    <AccessForm
      title="Change your password"
      confirm="Change it"
      fields={['currentPassword', 'password']}
      send={send}
      onDone={onClose}
      onClose={onClose}
    >
      {(problemOf) => (
        <>
          <PasswordInput
            label="Present password"
            data-autofocus
            autoComplete="current-password"
            value={currentPassword}
            error={problemOf('currentPassword')}
            onChange={(event) => setCurrent(event.currentTarget.value)}
          />
          <PasswordInput
            label="New password"
            description={`At least ${PASSWORD_LENGTH_MIN} characters; a few words do well.`}
            autoComplete="new-password"
            value={password}
            error={problemOf('password')}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
        </>
      )}
    </AccessForm>
  );
}
