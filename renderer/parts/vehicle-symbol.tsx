import type { VehicleState } from '../fleet/vehicle-state.ts';
import { type SymbolName, symbolByState } from '../map/vehicle-layer/symbols.ts';
import './vehicle-symbol.css';

/** The map's symbol of a state, beside its word in lists and panels. */
export function VehicleSymbol({ state }: { readonly state: VehicleState }) {
  const name = symbolByState[state];
  return (
    <svg className={`vehicle-symbol vehicle-symbol--${name}`} viewBox="-10 -10 20 20" aria-hidden="true">
      {shapes[name]}
    </svg>
  );
}

const shapes: Readonly<Record<SymbolName, React.ReactNode>> = {
  arrow: <path d="M0 -8 L5.8 6.4 L0 3.2 L-5.8 6.4 Z" />,
  dot: <circle r="5" />,
  square: <rect x="-4.6" y="-4.6" width="9.2" height="9.2" rx="1" />,
  ring: <circle r="4.8" fill="none" strokeWidth="2.2" />,
  diamond: <path d="M0 -6 L6 0 L0 6 L-6 0 Z" />,
};
