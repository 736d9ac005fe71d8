import { useRef, useState } from 'react';
import { fail, type Result } from '../../../core/base/result.ts';

const CHARACTERS_MAX = 16_777_216;

/** A file as it was chosen, and what the core says of it; null while it is looked at. */
export interface ChosenFile<T> {
  readonly outcome: Result<T, string> | null;
}

/** Hands a chosen CSV to the core for looking at; of two files the one chosen last counts. */
export function useCsvFile<T>(look: (csv: string) => Promise<Result<T, string>>) {
  const [chosen, setChosen] = useState<ChosenFile<T> | null>(null);
  const turn = useRef(0);
  const choose = async (file: File | null): Promise<void> => {
    turn.current += 1;
    const mine = turn.current;
    if (file === null) return setChosen(null);
    setChosen({ outcome: null });
    const csv = await file.text();
    const outcome =
      csv.length > CHARACTERS_MAX ? fail('the file is larger than 16 MB; split it') : await look(csv);
    if (turn.current === mine) setChosen({ outcome });
  };
  return { chosen, choose: (file: File | null) => void choose(file) };
}
