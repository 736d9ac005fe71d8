import { Button } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { type RefObject, useState } from 'react';

/** Copies the text of an element that is on screen; `what` names it where there are several. */
export function CopyButton({ of, what }: CopyButtonProps) {
  const [isCopied, setCopied] = useState(false);
  return (
    <Button
      size="xs"
      variant="default"
      aria-label={what === undefined ? undefined : `Copy ${what}`}
      leftSection={isCopied ? <IconCheck size={14} /> : <IconCopy size={14} />}
      onClick={() => setCopied(of.current !== null && copyText(of.current))}
    >
      {isCopied ? 'Copied' : 'Copy'}
    </Button>
  );
}

interface CopyButtonProps {
  readonly of: RefObject<HTMLElement | null>;
  readonly what?: string;
}

/**
 * Selects the text and copies the selection, as a person would. The clipboard interface would need a permission, and
 * this page is given none.
 */
function copyText(element: HTMLElement): boolean {
  getSelection()?.selectAllChildren(element);
  return document.execCommand('copy');
}
