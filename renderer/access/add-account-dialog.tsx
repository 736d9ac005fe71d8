import { PasswordInput, TagsInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { PASSWORD_LENGTH_MIN } from '../../core/protocol/access-asks.ts';
import { accountIdSchema, type Role, staffRoles } from '../../core/protocol/account.ts';
import { useCore } from '../link/core-context.tsx';
import { useSession } from '../link/session-context.tsx';
import { type Problems, problemsOf } from '../link/use-decide.ts';
import { DecisionDialog } from '../parts/decision-dialog.tsx';
import { passwordProblem, rolesProblem, suggestedAccount } from './account-words.ts';

interface AccountDraft {
  readonly name: string;
  /** Null while it follows the name. */
  readonly account: string | null;
  readonly roles: readonly string[];
  readonly password: string;
}

/** Adds somebody who may sign in. The first one is an administrator, and is signed in at once. */
export function AddAccountDialog({ onClose }: { readonly onClose: () => void }) {
  const { link } = useCore();
  const { now, refresh } = useSession();
  const [isFirst] = useState(now?.hasAccounts === false);
  const [draft, setDraft] = useState<AccountDraft>({
    name: '',
    account: null,
    roles: isFirst ? ['administrator'] : [],
    password: '',
  });
  const account = draft.account ?? suggestedAccount(draft.name);
  const send = async (reason: string): Promise<Problems> => {
    const { name, roles, password } = draft;
    const asked = { account, name: name.trim(), roles: roles as Role[], password, reason };
    const answer = await link.ask('account.add', asked);
    if (!answer.ok) return { '': answer.error };
    if (!answer.value.ok) return problemsOf(answer.value);
    if (isFirst) await link.ask('session.sign-in', { account, password });
    await refresh();
    return {};
  };
  return (
    <DecisionDialog
      title={isFirst ? 'Add the first account' : 'Add an account'}
      confirm={isFirst ? 'Add it and sign in' : 'Add it'}
      fields={['name', 'account', 'roles', 'password']}
      initialReason={isFirst ? 'first account' : ''}
      check={() => draftProblems(draft, account)}
      send={send}
      onDone={onClose}
      onClose={onClose}
      consequence={isFirst ? <FirstConsequence /> : <p>They sign in by the user name from now on.</p>}
    >
      {(problemOf) => (
        <AccountFields
          draft={draft}
          account={account}
          problemOf={problemOf}
          onChange={(change) => setDraft((before) => ({ ...before, ...change }))}
        />
      )}
    </DecisionDialog>
  );
}

function FirstConsequence() {
  return (
    <>
      <p>
        From now on nobody decides without signing in, at any window or on the command line. This cannot be
        taken back.
      </p>
      <p>Looking on needs no account.</p>
    </>
  );
}

function draftProblems({ name, roles, password }: AccountDraft, account: string): Problems {
  const id = accountIdSchema.safeParse(account);
  const role = rolesProblem(roles);
  const tooShort = passwordProblem(password);
  return {
    ...(name.trim() === '' ? { name: 'whose account is it?' } : {}),
    ...(id.success ? {} : { account: id.error.issues[0]?.message ?? 'take another name' }),
    ...(role === null ? {} : { roles: role }),
    ...(tooShort === null ? {} : { password: tooShort }),
  };
}

interface AccountFieldsProps {
  readonly draft: AccountDraft;
  readonly account: string;
  readonly onChange: (change: Partial<AccountDraft>) => void;
  readonly problemOf: (field: string) => string | undefined;
}

function AccountFields({ draft, account, onChange, problemOf }: AccountFieldsProps) {
  return (
    <>
      <div className="decision__row">
        <TextInput
          label="Name"
          data-autofocus
          required
          maxLength={128}
          value={draft.name}
          error={problemOf('name')}
          onChange={(event) => onChange({ name: event.currentTarget.value })}
        />
        <TextInput
          label="User name"
          required
          maxLength={40}
          spellCheck={false}
          autoComplete="off"
          value={account}
          error={problemOf('account')}
          onChange={(event) => onChange({ account: event.currentTarget.value })}
        />
      </div>
      <TagsInput
        label="Roles"
        description="Of the staff, or operator:<id> and investor:<id>."
        required
        data={[...staffRoles]}
        value={[...draft.roles]}
        error={problemOf('roles')}
        onChange={(roles) => onChange({ roles })}
      />
      <PasswordInput
        label="Password"
        description={`At least ${PASSWORD_LENGTH_MIN} characters; a few words do well. They can change it.`}
        required
        autoComplete="new-password"
        value={draft.password}
        error={problemOf('password')}
        aria-invalid={problemOf('password') !== undefined}
        onChange={(event) => onChange({ password: event.currentTarget.value })}
      />
    </>
  );
}
