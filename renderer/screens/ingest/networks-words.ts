import { z } from 'zod';

const networkSchema = z.union([z.cidrv4(), z.cidrv6()]);
/** As many as a decision takes. */
const NETWORKS_MAX = 64;

/** Networks typed one a line, or what is wrong, by line. */
export type NetworkLines =
  | { readonly ok: true; readonly networks: readonly string[] }
  | { readonly ok: false; readonly problem: string };

/** Reads networks in CIDR notation, one a line; empty lines mean nothing. */
export function readNetworkLines(text: string): NetworkLines {
  const lines = text.split('\n').map((line, i) => ({ number: i + 1, network: line.trim() }));
  const given = lines.filter(({ network }) => network !== '');
  const problems = given.flatMap(({ number, network }) => {
    const problem = networkProblem(network);
    return problem === null ? [] : [`Line ${number}: ${problem}`];
  });
  if (given.length > NETWORKS_MAX)
    problems.push(`${given.length} networks, but a group has at most ${NETWORKS_MAX}`);
  if (problems.length > 0) return { ok: false, problem: problems.join('\n') };
  return { ok: true, networks: [...new Set(given.map(({ network }) => network))] };
}

function networkProblem(network: string): string | null {
  if (networkSchema.safeParse(network).success) return null;
  if (z.ipv4().safeParse(network).success) return `"${network}" has no length; one address is ${network}/32`;
  if (z.ipv6().safeParse(network).success) return `"${network}" has no length; one address is ${network}/128`;
  return `"${network}" is no network; write it like 10.20.0.0/16`;
}

/** What a list of networks comes to. */
export function networksConsequence(group: string, networks: readonly string[]): string {
  if (networks.length === 0)
    return `Raw trackers of group ${group} will be served from nowhere, and those connected are cut.`;
  return `Raw trackers of group ${group} will be served from ${networks.join(', ')} and from nowhere else; those connected from elsewhere are cut.`;
}
