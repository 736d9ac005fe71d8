import { useState } from 'react';

/** The last value that was there: a table keeps its rows while the next question, with other words, is being answered. */
export function useLast<T>(value: T | undefined): T | undefined {
  const [last, setLast] = useState(value);
  if (value !== undefined && value !== last) setLast(value);
  return value ?? last;
}
