import { NumberInput, PasswordInput, SegmentedControl, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { IssuedCredential } from '../../../core/protocol/door-asks.ts';
import { useCore } from '../../link/core-context.tsx';
import { type Problems, problemsOf } from '../../link/use-decide.ts';
import { DecisionDialog } from '../../parts/decision-dialog.tsx';
import { CredentialDevice } from './credentials-device.tsx';
import { IssuedDialog } from './credentials-issued-dialog.tsx';
import {
  ALL_HEARD,
  type CredentialDraft,
  credentialProblems,
  credentialRequest,
  DAYS_MAX,
  NEW_CREDENTIAL,
  roleMeanings,
  roleWords,
} from './credentials-words.ts';

const FIELDS = ['username', 'device', 'provider', 'publish', 'subscribe', 'days', 'password'];

/** Issues a credential, and hands out what proves it: once. */
export function IssueDialog({ onClose }: { readonly onClose: () => void }) {
  const { link } = useCore();
  const [draft, setDraft] = useState(NEW_CREDENTIAL);
  const [issued, setIssued] = useState<IssuedCredential | null>(null);
  const change = (changed: Partial<CredentialDraft>): void =>
    setDraft((before) => ({ ...before, ...changed }));
  const send = async (reason: string): Promise<Problems> => {
    const answer = await link.ask('credential.issue', credentialRequest(draft, reason));
    if (!answer.ok) return { '': answer.error };
    if (!answer.value.ok) return problemsOf(answer.value);
    setIssued(answer.value.issued);
    return {};
  };
  if (issued !== null) return <IssuedDialog issued={issued} onClose={onClose} />;
  return (
    <DecisionDialog
      title="Issue a credential"
      confirm="Issue"
      size="min(680px, 94vw)"
      fields={FIELDS}
      check={() => credentialProblems(draft)}
      send={send}
      onDone={() => undefined}
      onClose={onClose}
      consequence={<Consequence draft={draft} />}
    >
      {(problemOf) => (
        <>
          <SegmentedControl
            aria-label="Role"
            data={(['device', 'gateway', 'subscriber'] as const).map((value) => ({
              value,
              label: roleWords[value],
            }))}
            value={draft.role}
            onChange={(role) => change({ role, ...(role === 'subscriber' ? { subscribe: ALL_HEARD } : {}) })}
          />
          <p className="muted small">{roleMeanings[draft.role]}</p>
          {draft.role === 'device' && (
            <CredentialDevice draft={draft} onChange={change} problemOf={problemOf} />
          )}
          <TextInput
            label="User name"
            required
            maxLength={128}
            value={draft.username}
            error={problemOf('username')}
            onChange={(event) => change({ username: event.currentTarget.value })}
          />
          <FilterFields draft={draft} onChange={change} problemOf={problemOf} />
          <ProofFields draft={draft} onChange={change} problemOf={problemOf} />
        </>
      )}
    </DecisionDialog>
  );
}

function Consequence({ draft }: { readonly draft: CredentialDraft }) {
  const name = draft.username.trim() === '' ? 'It' : draft.username.trim();
  const given =
    draft.proof === 'secret'
      ? 'Its secret is shown to you once and kept nowhere.'
      : draft.proof === 'certificate'
        ? `Its certificate and private key are shown to you once; the certificate ends after ${draft.days} days.`
        : 'The password is kept as a slow hash only; nobody can look it up later.';
  return (
    <>
      <p>{name} may connect from anywhere the broker can be reached, until it is revoked.</p>
      <p>{given}</p>
    </>
  );
}

interface FieldsProps {
  readonly draft: CredentialDraft;
  readonly onChange: (change: Partial<CredentialDraft>) => void;
  readonly problemOf: (field: string) => string | undefined;
}

function FilterFields({ draft, onChange, problemOf }: FieldsProps) {
  return (
    <div className="decision__row">
      {draft.role !== 'subscriber' && (
        <Textarea
          classNames={{ input: 'mono' }}
          label="May publish on"
          description={
            draft.role === 'device'
              ? 'Topic filters, one a line. Empty: the topics of its feed.'
              : 'Topic filters, one a line, such as vendor/#.'
          }
          autosize
          minRows={2}
          maxRows={6}
          value={draft.publish}
          error={problemOf('publish')}
          onChange={(event) => onChange({ publish: event.currentTarget.value })}
        />
      )}
      <Textarea
        classNames={{ input: 'mono' }}
        label="May hear"
        description={`Below milepost/v1/, one a line.${draft.role === 'subscriber' ? '' : ' Empty: nothing.'}`}
        autosize
        minRows={2}
        maxRows={6}
        value={draft.subscribe}
        error={problemOf('subscribe')}
        onChange={(event) => onChange({ subscribe: event.currentTarget.value })}
      />
    </div>
  );
}

function ProofFields({ draft, onChange, problemOf }: FieldsProps) {
  return (
    <>
      <SegmentedControl
        aria-label="How it is proven"
        data={[
          { value: 'secret', label: 'Generated secret' },
          { value: 'certificate', label: 'Client certificate' },
          { value: 'password', label: 'Chosen password' },
        ]}
        value={draft.proof}
        onChange={(proof) => onChange({ proof })}
      />
      {draft.proof === 'certificate' && (
        <NumberInput
          label="Valid for, days"
          description="After that it has to be issued anew."
          min={1}
          max={DAYS_MAX}
          allowDecimal={false}
          clampBehavior="strict"
          value={draft.days}
          error={problemOf('days')}
          onChange={(days) => onChange({ days: Number(days) })}
        />
      )}
      {draft.proof === 'password' && (
        <PasswordInput
          label="Password"
          description="For clients that cannot be given a generated secret. 12 characters at least."
          maxLength={256}
          value={draft.password}
          error={problemOf('password')}
          onChange={(event) => onChange({ password: event.currentTarget.value })}
        />
      )}
    </>
  );
}
