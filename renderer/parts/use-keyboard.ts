import { useEffect, useEffectEvent } from 'react';
import { actionFor, type KeyAction } from './keyboard.ts';

/** Listens for the window's keys; one that somebody below has answered, or that an open dialog has, does nothing more. */
export function useKeyboard(onAction: (action: KeyAction) => void): void {
  const act = useEffectEvent(onAction);
  useEffect(() => {
    let hadOverlay = false;
    // Before any overlay closes itself: the key that closes one must not also act on what is behind it.
    const look = (): void => {
      hadOverlay = document.querySelector('[role="dialog"], [role="menu"]') !== null;
    };
    const listener = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || hadOverlay) return;
      const isChord = event.ctrlKey || event.metaKey || event.altKey;
      const action = actionFor({ key: event.key, isChord, isInTextField: isTextField(event.target) });
      if (action === null) return;
      event.preventDefault();
      act(action);
    };
    window.addEventListener('keydown', look, { capture: true });
    window.addEventListener('keydown', listener);
    return () => {
      window.removeEventListener('keydown', look, { capture: true });
      window.removeEventListener('keydown', listener);
    };
  }, []);
}

/** True where characters are typed. A choice or a tick box is an input too, but takes no characters. */
export function isTextField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest(TEXT_FIELDS) !== null;
}

const TEXT_FIELDS = 'input:not([type="radio"], [type="checkbox"]), textarea, select, [contenteditable]';
