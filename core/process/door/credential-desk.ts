import { fail, ok, type Result } from '../../base/result.ts';
import { type DecisionProblem, decisionProblem } from '../../fold/check-decision.ts';
import type { World } from '../../fold/world.ts';
import type { Credential } from '../../protocol/decision.ts';
import type { CredentialRequest, IssuedCredential } from '../../protocol/door-asks.ts';
import type { CsvProblem } from '../csv-lines.ts';
import { type CsvRead, readCredentialCsv } from './credential-csv.ts';
import { issueCertificate, issuePassword, issueSecret } from './credential-proof.ts';
import type { DecisionDesk } from './decide.ts';
import { defaultPublishFilters } from './publish-filters.ts';

/** Makes a client certificate of the app's own authority. */
export type MakeClientCertificate = (
  commonName: string,
  days: number,
) => Promise<
  Result<
    {
      readonly certificatePem: string;
      readonly privateKeyPem: string;
      readonly sha256Hex: string;
      readonly authorityPem: string;
    },
    string
  >
>;

export interface CredentialDeskParts {
  readonly world: World;
  readonly decisions: DecisionDesk;
  /** The key under which generated secrets are kept. */
  readonly key: Buffer;
  readonly makeClientCertificate: MakeClientCertificate;
}

/** A credential and what its holder is handed, once. */
interface MadeCredential {
  readonly credential: Credential;
  readonly issued: IssuedCredential;
}

const CSV_REASON = 'imported from a CSV file';

/** Issues credentials: what proves them is made here, handed out once, and journalled as a digest. */
export class CredentialDesk {
  readonly #parts: CredentialDeskParts;

  constructor(parts: CredentialDeskParts) {
    this.#parts = parts;
  }

  async issue(request: CredentialRequest, actor: string): Promise<Result<IssuedCredential, DecisionProblem>> {
    const made = await this.#make(request);
    if (!made.ok) return made;
    const { credential, issued } = made.value;
    const decision = { decision: 'issue-credential', actor, reason: request.reason, credential } as const;
    const taken = await this.#parts.decisions.decide(() => ok(decision));
    return taken.ok ? ok(issued) : taken;
  }

  /** All lines or none: a file with a problem issues nothing. */
  async importCsv(
    csv: string,
    isPreview: boolean,
    actor: string,
  ): Promise<Result<{ readonly lines: number; readonly issued: IssuedCredential[] }, readonly CsvProblem[]>> {
    const read = readCredentialCsv(csv, CSV_REASON);
    const made = await this.#makeAll(read);
    if (!made.ok) return made;
    if (isPreview) return ok({ lines: made.value.length, issued: [] });
    const issued: IssuedCredential[] = [];
    for (const { credential, issued: handed } of made.value) {
      const decision = { decision: 'issue-credential', actor, reason: CSV_REASON, credential } as const;
      const taken = await this.#parts.decisions.decide(() => ok(decision));
      if (!taken.ok) return fail([{ line: issued.length + 2, ...taken.error }]);
      issued.push(handed);
    }
    return ok({ lines: made.value.length, issued });
  }

  async #makeAll(read: CsvRead): Promise<Result<readonly MadeCredential[], readonly CsvProblem[]>> {
    const problems: CsvProblem[] = [...read.problems];
    const made: MadeCredential[] = [];
    for (const { line, request } of read.requests) {
      const one = await this.#make(request);
      const problem = one.ok ? this.#problemWith(one.value.credential) : one.error;
      if (problem !== null) problems.push({ line, ...problem });
      else if (one.ok) made.push(one.value);
    }
    return problems.length > 0 ? fail(problems.toSorted((a, b) => a.line - b.line)) : ok(made);
  }

  #problemWith(credential: Credential): DecisionProblem | null {
    const decision = { decision: 'issue-credential', actor: 'check', reason: 'check', credential } as const;
    return decisionProblem(this.#parts.world, decision);
  }

  async #make(request: CredentialRequest): Promise<Result<MadeCredential, DecisionProblem>> {
    const publish = request.publish ?? publishFiltersOf(request);
    const { username, role, device, subscribe, proof } = request;
    const whom = { username, role, device, publish: [...publish], subscribe };
    switch (proof.kind) {
      case 'secret': {
        const { secret, credential } = issueSecret(this.#parts.key, whom);
        return ok({ credential, issued: { ...handedOut(credential), secret } });
      }
      case 'password': {
        const credential = await issuePassword(whom, proof.password);
        return ok({ credential, issued: handedOut(credential) });
      }
      case 'certificate': {
        const made = await this.#parts.makeClientCertificate(username, proof.days);
        if (!made.ok) return fail({ field: 'proof', problem: made.error });
        const { sha256Hex, certificatePem, privateKeyPem, authorityPem } = made.value;
        const credential = issueCertificate(whom, sha256Hex);
        return ok({
          credential,
          issued: { ...handedOut(credential), certificatePem, privateKeyPem, authorityPem },
        });
      }
    }
  }
}

function publishFiltersOf({ role, device }: CredentialRequest): readonly string[] {
  return role === 'device' && device !== null ? defaultPublishFilters(device.provider, device.name) : [];
}

function handedOut({ credential, username }: Credential): IssuedCredential {
  return {
    credential,
    username,
    secret: null,
    certificatePem: null,
    privateKeyPem: null,
    authorityPem: null,
  };
}
