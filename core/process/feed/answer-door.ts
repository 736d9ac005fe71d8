import { type Result } from '../../base/result.ts';
import type { DecisionProblem } from '../../fold/check-decision.ts';
import {
  describeCredentials,
  describeDevices,
  describeMappings,
  describeSituations,
} from '../../fold/describe-door.ts';
import { previewClaim } from '../../fold/preview-claim.ts';
import type { World } from '../../fold/world.ts';
import type { doorAsks, RefusedRequest } from '../../protocol/door-asks.ts';
import type { CredentialDesk } from '../door/credential-desk.ts';
import type { DecisionDesk } from '../door/decide.ts';
import type { Session } from '../access/sessions.ts';
import type { AnswerersOf } from './answer-asks.ts';
import { checkMapping, tryMapping } from './try-mapping.ts';

/** What the door's questions are answered from. */
export interface DoorParts {
  readonly world: World;
  readonly decisions: DecisionDesk;
  readonly credentials: CredentialDesk;
  /** Who asks: decisions are signed with whom it names. */
  readonly session: Session;
}

export type DoorAnswerers = AnswerersOf<typeof doorAsks>;

export function doorAnswerers({ world, decisions, credentials, session }: DoorParts): DoorAnswerers {
  return {
    'device.list': (input) => describeDevices(world, input),
    'device.preview': (input) => previewClaim(world, input),
    'situation.list': () => describeSituations(world),
    'credential.list': () => describeCredentials(world),
    'network.list': () =>
      [...world.door.networksByGroup].map(([group, networks]) => ({ group, networks: [...networks] })),
    'mapping.list': () => describeMappings(world),
    'mapping.check': ({ yaml }) => checkMapping(yaml),
    'mapping.try': (input) => tryMapping(input),
    decide: async ({ decision }) => {
      const signer = session.signer();
      if (!signer.ok) return refusal(signer);
      session.use();
      const taken = await decisions.decideDraft(decision, signer.value);
      if (!taken.ok) return refusal(taken);
      const { position, proposal } = taken.value;
      return proposal === null ? { ok: true, position } : { ok: true, proposal };
    },
    'credential.issue': async (request) => {
      const signer = session.signer();
      if (!signer.ok) return refusal(signer);
      session.use();
      const issued = await credentials.issue(request, signer.value);
      return issued.ok ? { ok: true, issued: issued.value } : refusal(issued);
    },
    'credential.import': async ({ csv, isPreview }) => {
      const signer = session.signer();
      if (!signer.ok) return { ok: false, problems: [{ line: 1, ...signer.error }] };
      session.use();
      const imported = await credentials.importCsv(csv, isPreview, signer.value);
      return imported.ok ? { ok: true, ...imported.value } : { ok: false, problems: [...imported.error] };
    },
  };
}

function refusal(refused: Result<never, DecisionProblem> & { readonly ok: false }): RefusedRequest {
  return { ok: false, ...refused.error };
}
