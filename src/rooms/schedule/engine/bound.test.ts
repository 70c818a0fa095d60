import loadHighs from 'highs';
import { expect, test } from 'vitest';
import { upperBound } from './bound.ts';
import { chanceFrom } from './chance.ts';
import { interestOf, slotsOf } from './testing.ts';

test('where slots stand apart the bound is what a linear solver finds as the optimum of the relaxation', async () => {
  const chance = chanceFrom(5);
  const [sessions, slots, venues] = [12, 4, 3];
  const people = Array.from({ length: 15 }, () =>
    Array.from({ length: sessions }, (_, session) => [session, [1, 2, 4][chance.below(3)]!] as const).filter(() => chance.part() < 0.55),
  );
  const instance = { slots: slotsOf(Array.from({ length: slots }, (_, n) => [n * 100, n * 100 + 60] as const)), interest: interestOf(people) };
  const each = (count: number, of: (n: number) => string): string[] => Array.from({ length: count }, (_, n) => of(n));
  const rows = [
    ...each(sessions, (s) => `${each(slots, (t) => `x${s}_${t}`).join(' + ')} = 1`),
    ...each(slots, (t) => `${each(sessions, (s) => `x${s}_${t}`).join(' + ')} <= ${venues}`),
    ...people.flatMap((marks, p) =>
      each(slots, (t) => `${marks.map(([s]) => `y${p}_${s}_${t}`).join(' + ')} <= 1`).concat(
        marks.flatMap(([s]) => each(slots, (t) => `y${p}_${s}_${t} - x${s}_${t} <= 0`)),
      ),
    ),
  ];
  const objective = people.flatMap((marks, p) => marks.flatMap(([s, weight]) => each(slots, (t) => `${weight} y${p}_${s}_${t}`)));
  const solver = await loadHighs();
  const solution = solver.solve(
    `Maximize\n obj: ${objective.join(' +\n ')}\nSubject To\n${rows.map((row, n) => ` c${n}: ${row}`).join('\n')}\nEnd\n`,
    { output_flag: false },
  );
  expect(solution.Status).toBe('Optimal');
  expect(upperBound(instance)).toBeCloseTo(solution.ObjectiveValue, 6);
});
