import { Button } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { type RefObject, useState } from 'react';

/** Copies the text of an element that is on screen. */
export function CopyButton({ of }: { readonly of: RefObject<HTMLElement | null> }) {
  const [isCopied, setCopied] = useState(false);
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={isCopied ? <IconCheck size={14} /> : <IconCopy size={14} />}
      onClick={() => setCopied(of.current !== null && copyText(of.current))}
    >
      {isCopied ? 'Copied' : 'Copy'}
    </Button>
  );
}

/**
 * Selects the text and copies the selection, as a person would. The clipboard interface would need a permission, and
 * this page is given none.
 */
function copyText(element: HTMLElement): boolean {
  getSelection()?.selectAllChildren(element);
  return document.execCommand('copy');
}
