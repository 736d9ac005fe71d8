import { Modal } from '@mantine/core';
import { shortcuts } from './keyboard.ts';
import './shortcut-sheet.css';

/** Every key that does something. */
export function ShortcutSheet({
  isOpen,
  onClose,
}: {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title="Keyboard shortcuts"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <dl className="shortcut-sheet">
        {shortcuts.map(([keys, words]) => (
          <div key={keys}>
            <dt>{keys}</dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
      <p className="muted small">Letters and digits do nothing while you type in a field.</p>
    </Modal>
  );
}
