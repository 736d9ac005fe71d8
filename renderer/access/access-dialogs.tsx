import { Button, Dialog } from '@mantine/core';
import { useSession } from '../link/session-context.tsx';
import { AddAccountDialog } from './add-account-dialog.tsx';
import { ApprovalsDialog } from './approvals-dialog.tsx';
import { ChangePasswordDialog } from './change-password-dialog.tsx';
import { SignInDialog } from './sign-in-dialog.tsx';

/** The dialogs about who is here, whichever part of the window asked for one. */
export function AccessDialogs() {
  const { dialog, open } = useSession();
  const close = (): void => open(null);
  return (
    <>
      {dialog === 'sign-in' && <SignInDialog onClose={close} />}
      {dialog === 'add-account' && <AddAccountDialog onClose={close} />}
      {dialog === 'change-password' && <ChangePasswordDialog onClose={close} />}
      {dialog === 'approvals' && <ApprovalsDialog onClose={close} />}
      <ProposedNotice />
    </>
  );
}

/** After a decision that takes two people: it is kept, and does nothing yet. */
function ProposedNotice() {
  const { proposed, noteProposed, open } = useSession();
  return (
    <Dialog
      opened={proposed !== null}
      onClose={() => noteProposed(null)}
      withCloseButton
      withBorder
      size="min(420px, 94vw)"
      position={{ bottom: 60, right: 16 }}
      role="status"
    >
      <div className="proposed-notice">
        <p>
          <strong>Waiting for a second person.</strong> {proposed} is kept and does nothing until somebody
          else approves it.
        </p>
        <Button
          variant="default"
          onClick={() => {
            noteProposed(null);
            open('approvals');
          }}
        >
          Show
        </Button>
      </div>
    </Dialog>
  );
}
