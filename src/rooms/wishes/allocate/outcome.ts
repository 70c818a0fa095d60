// What an allocation brought everybody, whoever made it: the report that is made known.
import { bestAlone, choose, guarantee, newDesk, total, type Desk } from './auction/demand.ts';
import { marketOf, unwanted, type Market } from './auction/market.ts';
import type { Allocation, Instance, Seed } from './instance.ts';
import { drawn } from './turns.ts';

export interface Outcome {
  /** Scaled value that was given away, and what no allocation can go beyond; everybody's wishes together are 1. */
  readonly total: number;
  readonly bound: number;
  /** Per person the scaled value of what they got. */
  readonly value: Float64Array;
  /** Per person the scaled value of their best bundle if nobody else were there: at most `wanted`, nothing that clashes. */
  readonly best: Float64Array;
  /** The lowest part of their own best that anybody got, and what one in a hundred is at or below; 1 when nobody wished. */
  readonly worstOff: number;
  readonly firstPercentile: number;
  /** People with three or more sessions, counting those they had. */
  readonly withThree: number;
  /** People with fewer, though they wished enough that go together to have three. */
  readonly belowThree: number;
  /** People who wished and have nothing. */
  readonly withNothing: number;
  /** How many people have 0, 1, 2, ... sessions, counting those they had. */
  readonly sessions: readonly number[];
  readonly envy: Envy;
}

/** Who would rather have what somebody else got, by their own wishes and as far as it goes together. */
export interface Envy {
  /** Ordered pairs looked at: all of them, or for more than five hundred people a sample drawn by lot. */
  readonly pairs: number;
  readonly isSample: boolean;
  /** Pairs in which the first envies the second. */
  readonly envious: number;
  /** Of these, pairs in which they still would without any one session (no 'EF1': Budish, Journal of Political Economy 119, 2011). */
  readonly breaches: number;
}

/** Per person the scaled value of what they got and of their best bundle alone. */
export function valuesOf(instance: Instance, given: Uint8Array): Pick<Outcome, 'value' | 'best'> {
  return valuesIn(plainMarket(instance), given);
}

const plainMarket = (instance: Instance): Market =>
  marketOf(
    instance,
    noSeed,
    Int32Array.from({ length: instance.people }, (_, person) => person),
  );

function valuesIn(market: Market, given: Uint8Array): Pick<Outcome, 'value' | 'best'> {
  const desk = newDesk(market);
  const value = new Float64Array(market.people);
  const best = new Float64Array(market.people);
  for (let person = 0; person < market.people; person++) {
    for (let wish = market.start[person]!; wish < market.start[person + 1]!; wish++) if (given[wish] === 1) value[person]! += market.plain[wish]!;
    best[person] = bestAlone(market, person, desk);
  }
  return { value, best };
}

/** Reads an allocation back. */
export function outcome(instance: Instance, allocation: Pick<Allocation, 'given' | 'bound'>): Outcome {
  const { people, has, wanted, wishStart } = instance;
  const market = plainMarket(instance);
  const desk = newDesk(market);
  const { value, best } = valuesIn(market, allocation.given);
  const sessions: number[] = [];
  let [given, withThree, belowThree, withNothing] = [0, 0, 0, 0];
  for (let person = 0; person < people; person++) {
    let held = has[person]!;
    for (let wish = wishStart[person]!; wish < wishStart[person + 1]!; wish++) {
      held += allocation.given[wish]!;
    }
    given += value[person]!;
    sessions[held] = (sessions[held] ?? 0) + 1;
    if (held >= 3) withThree++;
    else if (has[person]! + Math.min(wanted[person]!, compatible(market, person, desk)) >= 3) belowThree++;
    if (held === 0 && best[person]! > 0) withNothing++;
  }
  const parts = partsOf(value, best).sort();
  return {
    total: given,
    bound: allocation.bound,
    value,
    best,
    worstOff: parts[0] ?? 1,
    firstPercentile: parts[Math.floor(parts.length / 100)] ?? 1,
    withThree,
    belowThree,
    withNothing,
    sessions: Array.from(sessions, (number) => number ?? 0),
    envy: envyOf(market, allocation.given, value),
  };
}

const noSeed: Seed = [0, 0, 0, 0];

/** Per person who could get something, which part of their own best they got. */
const partsOf = (value: Float64Array, best: Float64Array): Float64Array =>
  value.map((one, person) => (best[person]! > 0 ? Math.min(1, one / best[person]!) : NaN)).filter((part) => !Number.isNaN(part));

/** How many of the wishes go together. */
function compatible(market: Market, person: number, desk: Desk): number {
  const from = market.start[person]!;
  for (let i = 0; i < market.start[person + 1]! - from; i++) desk.surplus[i] = market.plain[from + i]! > 0 ? 1e-3 : unwanted;
  choose(market, guarantee.bonus, person, desk);
  return desk.picked;
}

// Envy

const fewPeople = 500;
const sample = 200_000;

function envyOf(market: Market, given: Uint8Array, value: Float64Array): Envy {
  const { people } = market;
  const desk = newDesk(market);
  const isSample = people > fewPeople;
  let [pairs, envious, breaches] = [0, 0, 0];
  const look = (person: number, other: number): void => {
    if (person === other) return;
    pairs++;
    const found = envies(market, given, value, person, other, desk);
    if (found > 0) envious++;
    if (found > 1) breaches++;
  };
  if (isSample)
    for (let n = 0; n < sample; n++) look(Math.floor((drawn(noSeed, n, 1) / 2 ** 32) * people), Math.floor((drawn(noSeed, n, 2) / 2 ** 32) * people));
  else for (let person = 0; person < people; person++) for (let other = 0; other < people; other++) look(person, other);
  return { pairs, isSample, envious, breaches };
}

/** 0 no envy, 1 envy that any one session explains, 2 envy also without any one. */
function envies(market: Market, given: Uint8Array, value: Float64Array, person: number, other: number, desk: Desk): 0 | 1 | 2 {
  const own = value[person]! + 1e-9;
  if (worthTo(market, given, person, other, -1, desk) <= own) return 0;
  for (let wish = market.start[other]!; wish < market.start[other + 1]!; wish++)
    if (given[wish] === 1 && worthTo(market, given, person, other, wish, desk) <= own) return 1;
  return 2;
}

/** What the other's sessions, but for one, are worth to this person. */
function worthTo(market: Market, given: Uint8Array, person: number, other: number, without: number, desk: Desk): number {
  const from = market.start[person]!;
  for (let i = 0; i < market.start[person + 1]! - from; i++) {
    desk.surplus[i] = unwanted;
    for (let wish = market.start[other]!; wish < market.start[other + 1]!; wish++)
      if (wish !== without && given[wish] === 1 && market.item[wish] === market.item[from + i]) desk.surplus[i] = market.plain[from + i]!;
  }
  choose(market, total.bonus, person, desk);
  return desk.worth;
}
