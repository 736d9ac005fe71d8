import { Button } from '@mantine/core';
import { useState } from 'react';
import { useCore } from '../link/core-context.tsx';
import { formatCounted } from '../parts/formats.ts';

/** Writes the folder that proves a document on another machine, and says where it is. */
export function EvidenceButton({ number }: { readonly number: string }) {
  const { link } = useCore();
  const [isBusy, setBusy] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  const write = async (): Promise<void> => {
    setBusy(true);
    const answer = await link.ask('money.evidence-pack', { number });
    setBusy(false);
    if (!answer.ok) setSaid(`Not written: ${answer.error}.`);
    else if (!answer.value.ok) setSaid(`Not written: ${answer.value.problem}.`);
    else
      setSaid(
        `Written: ${formatCounted(answer.value.records, 'journal record')} in ${answer.value.folder}. “milepost verify” checks it on any machine.`,
      );
  };
  return (
    <>
      <Button size="xs" variant="default" loading={isBusy} onClick={() => void write()}>
        Evidence pack
      </Button>
      {said !== null && (
        <p className="money-note money-any document__said" role="status">
          {said}
        </p>
      )}
    </>
  );
}
