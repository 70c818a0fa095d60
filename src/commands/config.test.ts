import { expect, test, vi } from 'vitest';
import { settings } from '#ground/config.server.ts';
import { testVisit } from '#ground/testing.server.ts';
import { run } from './config.ts';

test('every setting is told with what it is for', async () => {
  const said: string[] = [];
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => (said.push(String(chunk)), true));
  expect(await run(testVisit(), []).finally(() => spy.mockRestore())).toBe(0);
  const lines = said.join('').trimEnd().split('\n');
  expect(lines.map((line) => line.split(' ', 1)[0])).toEqual(Object.keys(settings.shape));
  for (const line of lines) expect(line).toMatch(/^[A-Z_]+ +\S/);
});
