/**
 * The fewest steps with which something still fails: stretches are left out, half of all first and single ones last, as
 * long as it fails without them and tries are left.
 */
export async function shrinkSteps<Step>(
  steps: readonly Step[],
  fails: (steps: readonly Step[]) => Promise<boolean>,
  triesMax: number,
): Promise<readonly Step[]> {
  let kept = steps;
  let tries = 0;
  for (let length = Math.ceil(kept.length / 2); length >= 1; length = nextLength(length)) {
    for (let from = kept.length - length; from > -length && tries < triesMax; from -= length) {
      const without = kept.toSpliced(Math.max(0, from), length + Math.min(0, from));
      tries += 1;
      if (await fails(without)) kept = without;
    }
  }
  return kept;
}

function nextLength(length: number): number {
  return length === 1 ? 0 : Math.ceil(length / 2);
}
