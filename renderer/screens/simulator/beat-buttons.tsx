import { type DemoBeat, demoBeats } from '../../../core/protocol/simulator-panel.ts';
import { beatLimits, beatWords } from './simulator-words.ts';

/** What a salesperson plays, with its keys. */
export function BeatButtons({ isLive, onBeat }: BeatButtonsProps) {
  return (
    <section className="sim-card" aria-label="Beats">
      <div className="sim-card__head">
        <h2>Beats</h2>
        <p className="muted small">
          On this screen the keys 1 to 5 play them; elsewhere they lead to screens.
        </p>
      </div>
      <div className="sim-beats">
        {demoBeats.map((beat, index) => (
          <button
            key={beat}
            type="button"
            className="sim-beat"
            disabled={!isLive}
            aria-keyshortcuts={String(index + 1)}
            aria-label={beatWords[beat].name}
            aria-describedby={`beat-${beat}`}
            onClick={() => onBeat(beat)}
          >
            <span className="sim-beat__name">
              {beatWords[beat].name}
              <kbd>{index + 1}</kbd>
            </span>
            <span id={`beat-${beat}`} className="sim-beat__hint">
              {beatWords[beat].hint}
              {beatLimits[beat] !== null && <i> {beatLimits[beat]}</i>}
            </span>
          </button>
        ))}
      </div>
    </section>
  );
}

interface BeatButtonsProps {
  readonly isLive: boolean;
  readonly onBeat: (beat: DemoBeat) => void;
}
