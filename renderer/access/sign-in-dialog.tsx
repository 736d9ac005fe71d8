import { PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useCore } from '../link/core-context.tsx';
import { useSession } from '../link/session-context.tsx';
import { type Problems, problemsOf } from '../link/use-decide.ts';
import { AccessForm } from './access-form.tsx';

/** Signs somebody in at this window, until they leave it. */
export function SignInDialog({ onClose }: { readonly onClose: () => void }) {
  const { link } = useCore();
  const { refresh } = useSession();
  const [account, setAccount] = useState('');
  const [password, setPassword] = useState('');
  const send = async (): Promise<Problems> => {
    const answer = await link.ask('session.sign-in', { account: account.trim(), password });
    if (!answer.ok) return { '': answer.error };
    if (!answer.value.ok) return problemsOf(answer.value);
    await refresh();
    return {};
  };
  return (
    <AccessForm
      title="Sign in"
      confirm="Sign in"
      fields={['account', 'password']}
      send={send}
      onDone={onClose}
      onClose={onClose}
    >
      {(problemOf) => (
        <>
          <TextInput
            label="User name"
            data-autofocus
            autoComplete="username"
            spellCheck={false}
            value={account}
            error={problemOf('account')}
            onChange={(event) => setAccount(event.currentTarget.value)}
          />
          <PasswordInput
            label="Password"
            autoComplete="current-password"
            value={password}
            error={problemOf('password')}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <p className="muted small">
            Forgotten? An administrator sets a new password: milepost account password.
          </p>
        </>
      )}
    </AccessForm>
  );
}
