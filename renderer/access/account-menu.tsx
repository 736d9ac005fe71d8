import { Button, Popover, UnstyledButton } from '@mantine/core';
import { IconUser } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import type { SessionNow } from '../../core/protocol/access-asks.ts';
import { useCore } from '../link/core-context.tsx';
import { type AccessDialog, useSession } from '../link/session-context.tsx';
import { formatCount } from '../parts/formats.ts';
import { rolesWords, untilWords, whoWords } from './account-words.ts';
import './access.css';

/** Who is at this window, in the rail; pressed, what they may do about it. */
export function AccountMenu() {
  const { now, open } = useSession();
  const [isOpen, setOpen] = useState(false);
  const waiting = now?.waitingForYou ?? 0;
  const go = (dialog: AccessDialog): void => {
    setOpen(false);
    open(dialog);
  };
  return (
    <Popover opened={isOpen} onChange={setOpen} position="right-end" withinPortal shadow="md" trapFocus>
      <Popover.Target>
        <UnstyledButton
          className="account-button"
          aria-label={`${whoWords(now)}${waiting > 0 ? `, ${waiting} to approve` : ''}`}
          onClick={() => setOpen(!isOpen)}
        >
          <IconUser size={20} stroke={1.6} aria-hidden="true" />
          <span className="account-button__name">{whoWords(now)}</span>
          {waiting > 0 && <span className="account-button__count">{waiting}</span>}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <div className="account-card">
          {now === null ? (
            <p className="muted">Asking the core process…</p>
          ) : (
            <AccountCard now={now} onGo={go} onDone={() => setOpen(false)} />
          )}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

interface AccountCardProps {
  readonly now: SessionNow;
  readonly onGo: (dialog: AccessDialog) => void;
  readonly onDone: () => void;
}

function AccountCard({ now, onGo, onDone }: AccountCardProps): ReactNode {
  if (!now.hasAccounts)
    return (
      <>
        <p>
          There are no accounts yet: whoever uses this computer decides, as {now.operatingSystemUser}.
          Decisions that take two people need accounts.
        </p>
        <Button variant="default" onClick={() => onGo('add-account')}>
          Add the first account
        </Button>
      </>
    );
  if (now.signedIn === null)
    return (
      <>
        <p>Nobody is signed in. You can look on; deciding needs an account.</p>
        <Button onClick={() => onGo('sign-in')}>Sign in</Button>
      </>
    );
  return <SignedInCard now={now} signedIn={now.signedIn} onGo={onGo} onDone={onDone} />;
}

interface SignedInCardProps extends AccountCardProps {
  readonly signedIn: NonNullable<SessionNow['signedIn']>;
}

function SignedInCard({ now, signedIn, onGo, onDone }: SignedInCardProps) {
  const { link } = useCore();
  const { refresh } = useSession();
  const signOut = async (): Promise<void> => {
    await link.ask('session.sign-out', {});
    await refresh();
    onDone();
  };
  return (
    <>
      <div>
        <p className="account-card__name">{signedIn.name}</p>
        <p>{rolesWords(signedIn.roles)}</p>
        <p className="muted small">
          {signedIn.account}. {untilWords(signedIn)}.
        </p>
      </div>
      <div className="account-card__actions">
        <Button variant="default" onClick={() => onGo('approvals')}>
          Approvals ({formatCount(now.waiting)})
        </Button>
        {signedIn.roles.includes('administrator') && (
          <Button variant="default" onClick={() => onGo('add-account')}>
            Add an account
          </Button>
        )}
        <Button variant="default" onClick={() => onGo('change-password')}>
          Change your password
        </Button>
        <Button variant="default" onClick={() => void signOut()}>
          Sign out
        </Button>
      </div>
    </>
  );
}
