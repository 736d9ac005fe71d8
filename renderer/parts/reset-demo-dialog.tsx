import { Button, Modal } from '@mantine/core';
import { useEffect, useEffectEvent, useState } from 'react';
import { useSimulator } from '../link/simulator-link.ts';
import { formatCount } from './formats.ts';
import './decision-dialog.css';

/** Asks once before the demo is thrown away; says what is lost, and that nothing real is. */
export function ResetDemoDialog({ onClose }: { readonly onClose: () => void }) {
  const [isResetting, setResetting] = useState(false);
  const packets = useSimulator()?.packets ?? 0;
  const reset = (): void => {
    setResetting(true);
    window.milepost.resetDemo();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title="Reset the demo?"
      classNames={{ title: 'decision__title' }}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <div className="decision">
        <p>
          The demo begins again in this window. Its {formatCount(packets)} packets are deleted, and with them
          every invoice, payment and decision made in it. Real data lies in another folder and is not touched.
        </p>
        <div className="decision__foot">
          <div className="decision__buttons">
            <Button variant="default" onClick={onClose}>
              Keep it
            </Button>
            <Button data-autofocus loading={isResetting} onClick={reset}>
              Reset the demo
            </Button>
          </div>
        </div>
      </div>
    </Modal>
  );
}

/** Ctrl+Shift+R, or ⌘⇧R, anywhere in a demo. */
export function useResetKey(isDemo: boolean, onPress: () => void): void {
  const press = useEffectEvent(onPress);
  useEffect(() => {
    if (!isDemo) return undefined;
    const listener = (event: KeyboardEvent): void => {
      const isChord = (event.ctrlKey || event.metaKey) && event.shiftKey && !event.altKey;
      if (!isChord || event.key.toLowerCase() !== 'r') return;
      event.preventDefault();
      press();
    };
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, [isDemo]);
}
