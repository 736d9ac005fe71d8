import { Button } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { type ReactNode, useEffect, useState } from 'react';
import { createPortal, flushSync } from 'react-dom';
import './printed-paper.css';

/** Prints the paper of the page that is shown; Ctrl or Cmd and P do the same. */
export function PrintButton({ what }: { readonly what: string }) {
  return (
    <Button
      size="xs"
      variant="default"
      aria-label={`Print ${what}`}
      title="Print (Ctrl or Cmd and P)"
      leftSection={<IconPrinter size={14} />}
      onClick={() => window.print()}
    >
      Print…
    </Button>
  );
}

/** A paper on A4, drawn only while it is printed, when it takes the place of the whole window. */
export function PrintedPaper({ title, isSimulated, figure, foot, children }: PrintedPaperProps) {
  const isPrinting = useIsPrinting(title);
  usePrintKey();
  if (!isPrinting) return null;
  return createPortal(
    <div className="printed">
      {isSimulated && (
        <div className="printed__simulated" aria-hidden="true">
          SIMULATED
        </div>
      )}
      <table className="printed__sheet">
        <tbody>
          <tr>
            <td>
              <h1>{title}</h1>
              {isSimulated && (
                <p className="printed__warning">Simulated: about simulated vehicles. Nobody owes this.</p>
              )}
              <p className="printed__figure">
                <span>{figure[0]}</span> <b>{figure[1]}</b>
              </p>
              {children}
            </td>
          </tr>
        </tbody>
        <tfoot>
          <tr>
            <td>
              {foot.map((line) => (
                <p key={line}>{line}</p>
              ))}
            </td>
          </tr>
        </tfoot>
      </table>
    </div>,
    document.body,
  );
}

interface PrintedPaperProps {
  /** Also what a file of it is called. */
  readonly title: string;
  readonly isSimulated: boolean;
  /** The one figure everybody looks for. */
  readonly figure: readonly [label: string, amount: string];
  /** Repeated on every page. */
  readonly foot: readonly string[];
  readonly children: ReactNode;
}

function useIsPrinting(title: string): boolean {
  const [isPrinting, setPrinting] = useState(false);
  useEffect(() => {
    const titleBefore = document.title;
    // The page is laid out for paper as soon as the listener returns.
    const begin = (): void => {
      document.title = title;
      flushSync(() => setPrinting(true));
    };
    const end = (): void => {
      document.title = titleBefore;
      setPrinting(false);
    };
    window.addEventListener('beforeprint', begin);
    window.addEventListener('afterprint', end);
    return () => {
      document.title = titleBefore;
      window.removeEventListener('beforeprint', begin);
      window.removeEventListener('afterprint', end);
    };
  }, [title]);
  return isPrinting;
}

function usePrintKey(): void {
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => {
      const isChord = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
      if (!isChord || event.key.toLowerCase() !== 'p') return;
      event.preventDefault();
      window.print();
    };
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);
}
