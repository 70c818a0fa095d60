import { expect, test, vi } from 'vitest';
import { settings } from '#ground/config.server.ts';
import { testVisit } from '#ground/testing.server.ts';
import { run, valuesIn } from './config.ts';

test('every setting is told with what it is for', async () => {
  const said: string[] = [];
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => (said.push(String(chunk)), true));
  expect(await run(testVisit(), []).finally(() => spy.mockRestore())).toBe(0);
  const lines = said.join('').trimEnd().split('\n');
  expect(lines.map((line) => line.split(' ', 1)[0])).toEqual(Object.keys(settings.shape));
  for (const line of lines) expect(line).toMatch(/^[A-Z_]+ +\S/);
});

test('what is set is shown without what is secret', () => {
  expect(
    valuesIn({
      PORT: '8080',
      DATABASE_URL: 'postgres://me:s3cret@db/innovember',
      SMTP_URL: 'smtps://user:p%40ss@mail.example.org',
      METRICS_TOKEN: 'abcdefghijklmnop',
      HOME: '/root',
      DEMO: '',
    }),
  ).toEqual(['PORT=8080', 'DATABASE_URL=postgres://me:***@db/innovember', 'SMTP_URL=smtps://user:***@mail.example.org', 'METRICS_TOKEN=***']);
});
