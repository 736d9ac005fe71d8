import { Button, Modal } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useRef } from 'react';
import type { IssuedCredential } from '../../../core/protocol/door-asks.ts';
import { CopyButton } from '../../parts/copy-button.tsx';
import { saveFile } from '../../parts/save-file.ts';
import { fileNameOf } from './credentials-words.ts';

/** What the holder of a new credential needs, shown this once. It closes by its button only. */
export function IssuedDialog({ issued, onClose }: IssuedDialogProps) {
  const { username, secret, certificatePem, privateKeyPem, authorityPem } = issued;
  const file = fileNameOf(username);
  return (
    <Modal
      opened
      onClose={onClose}
      title={`Issued: ${username}`}
      size="min(720px, 94vw)"
      classNames={{ title: 'decision__title' }}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
    >
      <div className="issued">
        {secret === null && privateKeyPem === null ? (
          <p>It connects with this user name and the password you chose.</p>
        ) : (
          <p className="issued__once" role="note">
            <b>This is shown this once.</b> Milepost keeps only what it needs to recognise it. If it is lost,
            revoke the credential and issue another.
          </p>
        )}
        {secret !== null && <Part name="secret" text={secret} file={`${file}-secret.txt`} />}
        {privateKeyPem !== null && <Part name="private key" text={privateKeyPem} file={`${file}-key.pem`} />}
        {certificatePem !== null && <Part name="certificate" text={certificatePem} file={`${file}.pem`} />}
        {authorityPem !== null && <Part name="authority" text={authorityPem} file="milepost-authority.pem" />}
        <div className="decision__foot">
          <div className="decision__buttons">
            <Button data-autofocus onClick={onClose}>
              {secret === null && privateKeyPem === null ? 'Close' : 'I have kept it'}
            </Button>
          </div>
        </div>
      </div>
    </Modal>
  );
}

interface IssuedDialogProps {
  readonly issued: IssuedCredential;
  readonly onClose: () => void;
}

const titles = {
  secret: 'Secret, to be used as the MQTT password',
  'private key': 'Private key',
  certificate: 'Client certificate',
  authority: 'Authority, by which the client knows this broker',
} as const;

function Part({ name, text, file }: PartProps) {
  const shown = useRef<HTMLElement>(null);
  return (
    <section className="issued__part" aria-label={titles[name]}>
      <div className="issued__head">
        <h3>{titles[name]}</h3>
        <CopyButton of={shown} what={name} />
        <Button
          size="xs"
          variant="default"
          aria-label={`Save ${name} as ${file}`}
          leftSection={<IconDownload size={14} />}
          onClick={() => saveFile(file, text)}
        >
          Save…
        </Button>
      </div>
      <pre className="mono">
        <code ref={shown} className={name === 'secret' ? 'issued__secret' : undefined}>
          {text}
        </code>
      </pre>
    </section>
  );
}

interface PartProps {
  readonly name: keyof typeof titles;
  readonly text: string;
  readonly file: string;
}
