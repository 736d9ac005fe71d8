/** What a key does, anywhere in the window. Lists and dialogs handle their own arrows, Enter and Escape first. */
export type KeyAction =
  | 'show-map'
  | 'show-investors'
  | 'show-ingest'
  | 'show-billing'
  | 'show-operators'
  | 'show-ledger'
  | 'show-simulator'
  | 'search'
  | 'back'
  | 'follow'
  | 'fit'
  | 'zoom-in'
  | 'zoom-out'
  | 'pause'
  | 'shortcuts';

/** What a screen does with the window's keys while it is shown. */
export interface ScreenKeys {
  readonly act: (action: KeyAction) => void;
}

/** The parts of a keyboard event that decide. */
export interface KeyPress {
  readonly key: string;
  readonly isChord: boolean;
  /** The focus is where letters are typed. */
  readonly isInTextField: boolean;
}

const actionByKey: Readonly<Record<string, KeyAction | undefined>> = {
  '1': 'show-map',
  '2': 'show-investors',
  '3': 'show-ingest',
  '4': 'show-billing',
  '5': 'show-operators',
  '6': 'show-ledger',
  '7': 'show-simulator',
  '/': 'search',
  Escape: 'back',
  f: 'follow',
  F: 'follow',
  '0': 'fit',
  '+': 'zoom-in',
  '=': 'zoom-in',
  '-': 'zoom-out',
  p: 'pause',
  P: 'pause',
  '?': 'shortcuts',
};

/** For the shortcut sheet: every key that does something, in the words of the screen. */
export const shortcuts: readonly (readonly [keys: string, words: string])[] = [
  ['1', 'Map'],
  ['2', 'Investors'],
  ['3', 'Ingest'],
  ['4', 'Billing'],
  ['5', 'Operators'],
  ['6', 'Ledger'],
  ['7', 'Simulator; there 1 to 5 play the beats of the demo'],
  ['/', 'Search the fleet, the periods, the contracts'],
  ['↓ ↑ or J K', 'Next and previous row of the list'],
  ['Enter', 'Open the vehicle or the packet'],
  ['Esc', 'Back: close, clear, deselect'],
  ['F', 'Follow the selected vehicle'],
  ['0', 'Fit the whole fleet'],
  ['+ −', 'Zoom in and out'],
  ['P', 'Pause the raw packets and let them run on; Space does it in their list'],
  ['Ctrl P or ⌘ P', 'Print the document or the statement that is shown'],
  ['Ctrl Shift R or ⌘ ⇧ R', 'Reset the demo'],
  ['?', 'This sheet'],
];

/** Single characters do nothing in a text field (WCAG 2.1.4) nor with Ctrl, Alt or Meta; Escape always works. */
export function actionFor({ key, isChord, isInTextField }: KeyPress): KeyAction | null {
  const action = actionByKey[key] ?? null;
  if (action === 'back') return action;
  return isChord || isInTextField ? null : action;
}
