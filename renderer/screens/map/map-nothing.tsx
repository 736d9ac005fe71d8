import { useCore, useNowMs, useStatus } from '../../link/core-context.tsx';
import { FirstPacket } from './first-packet.tsx';
import './first-packet.css';

/** What the map says when it has no streets to show, or nobody to show on them. */
export function MapNothing({ hasPacks }: { readonly hasPacks: boolean }) {
  const { vehicles } = useCore();
  const status = useStatus();
  useNowMs();
  if (status !== null && status.intake !== 'replaying' && vehicles.placed() === 0)
    return (
      <div className="map-nothing">
        <FirstPacket mqttPort={status.mqttPort} />
      </div>
    );
  return hasPacks ? null : <NoPacks />;
}

function NoPacks() {
  return (
    <div className="map-nothing first-packet">
      <p>
        No street map is built, so the map shows coordinates only. Build it with <b>npm start</b>, or by
        itself with:
      </p>
      <code className="mono">npx tsx scripts/build-city-packs.ts --out out/city-packs</code>
    </div>
  );
}
