import type { ContractTerms, Quantity } from '../../core/protocol/terms.ts';

type Unit = 'mi' | 'km';

/** What a contract charges, a sentence a rule, in the order of charging. Distances and money as they were written. */
export function termsWords(terms: ContractTerms, unit: Unit): readonly string[] {
  const { standing, minMiles, minRate, minCharge, capMiles, capCharge } = terms;
  return [
    ...(standing === undefined ? [] : [`Standing charge ${pounds(standing)} a period.`]),
    tiersWords(terms, unit),
    ...(capMiles === undefined ? [] : [`At most ${distance(capMiles, unit)} a period are charged.`]),
    ...(capCharge === undefined ? [] : [`Usage comes to ${pounds(capCharge)} a period at most.`]),
    ...(minMiles === undefined
      ? []
      : [`At least ${distance(minMiles, unit)} a period are charged${rateOfMinimum(minRate)}.`]),
    ...(minCharge === undefined ? [] : [`Usage comes to ${pounds(minCharge)} a period at least.`]),
  ];
}

function tiersWords({ tiers }: ContractTerms, unit: Unit): string {
  const [first, ...others] = tiers;
  if (first === undefined) return 'No rate.';
  const each = `${first.rate}p a ${unit === 'mi' ? 'mile' : 'kilometre'}`;
  if (first.upTo === null) return `${each}.`;
  const parts = others.map(({ upTo, rate }) =>
    upTo === null ? `${rate}p after` : `${rate}p up to ${grouped(upTo)}`,
  );
  return `${[`${each} up to ${grouped(first.upTo)}`, ...parts].join(', ')}.`;
}

function rateOfMinimum(minRate: Quantity | undefined): string {
  return minRate === undefined ? ', at the first rate' : `, at ${minRate}p`;
}

function distance(quantity: Quantity, unit: Unit): string {
  return `${grouped(quantity)} ${unit}`;
}

/** "290" and "290.5" are £290.00 and £290.50; more decimals stay as they were written. */
function pounds(quantity: Quantity): string {
  const [whole = '', fraction = ''] = grouped(quantity).split('.');
  return `£${whole}.${fraction.padEnd(2, '0')}`;
}

function grouped(quantity: Quantity): string {
  const [whole = '', fraction] = String(quantity).split('.');
  const digits = whole.replaceAll(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? digits : `${digits}.${fraction}`;
}
