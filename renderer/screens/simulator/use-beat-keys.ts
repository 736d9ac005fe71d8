import { useEffect, useEffectEvent } from 'react';
import { isTextField } from '../../parts/use-keyboard.ts';
import { type DemoBeat, demoBeats } from '../../../core/protocol/simulator-panel.ts';

/**
 * On this screen the keys 1 to 5 play beats. It listens before the window does, where they lead to screens; what is typed
 * into a field, or while a dialog is open, is nobody's beat.
 */
export function useBeatKeys(onBeat: (beat: DemoBeat) => void): void {
  const play = useEffectEvent(onBeat);
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => {
      const beat = demoBeats[Number(event.key) - 1];
      if (beat === undefined || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isTextField(event.target) || document.querySelector('[role="dialog"], [role="menu"]') !== null)
        return;
      event.preventDefault();
      play(beat);
    };
    window.addEventListener('keydown', listener, { capture: true });
    return () => window.removeEventListener('keydown', listener, { capture: true });
  }, []);
}
