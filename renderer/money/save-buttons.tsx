import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { type PaperFormat, paperFormats } from './save-paper.ts';

/** Saves a paper in one of its formats; what goes wrong stands beside the buttons. */
export function SaveButtons({ what, save }: SaveButtonsProps) {
  const [busy, setBusy] = useState<PaperFormat | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const run = async (format: PaperFormat): Promise<void> => {
    setBusy(format);
    setProblem(await save(format));
    setBusy(null);
  };
  return (
    <>
      {paperFormats.map(([format, words]) => (
        <Button
          key={format}
          size="xs"
          variant="default"
          aria-label={`Save ${what} as ${words}`}
          leftSection={<IconDownload size={14} />}
          loading={busy === format}
          onClick={() => void run(format)}
        >
          {words}…
        </Button>
      ))}
      {problem !== null && (
        <p className="decision__problem" role="alert">
          Not saved: {problem}.
        </p>
      )}
    </>
  );
}

interface SaveButtonsProps {
  readonly what: string;
  /** Returns what is wrong, or null. */
  readonly save: (format: PaperFormat) => Promise<string | null>;
}
