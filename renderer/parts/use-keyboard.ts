import { useEffect, useEffectEvent } from 'react';
import { actionFor, type KeyAction } from './keyboard.ts';

/** Listens for the window's keys; a key somebody below has already answered is left alone. */
export function useKeyboard(onAction: (action: KeyAction) => void): void {
  const act = useEffectEvent(onAction);
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) return;
      const isChord = event.ctrlKey || event.metaKey || event.altKey;
      const action = actionFor({ key: event.key, isChord, isInTextField: isTextField(event.target) });
      if (action === null) return;
      event.preventDefault();
      act(action);
    };
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);
}

function isTextField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null;
}
