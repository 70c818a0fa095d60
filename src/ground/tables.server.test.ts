import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { testDatabase } from './testing.server.ts';

const options = [
  '--dialect',
  'postgres',
  '--camel-case=false',
  '--type-only-imports',
  '--date-parser',
  'string',
  '--type-mapping',
  '{"int8":"number"}',
  '--include-pattern',
  'public.*',
];

test('the types of the tables are those of the migrated database', () => {
  const url = `postgres://innovember@localhost/${testDatabase.name}?host=${encodeURIComponent(testDatabase.socketDir)}`;
  const verify = () =>
    execFileSync(
      process.execPath,
      [resolve('node_modules/kysely-codegen/dist/cli/bin.js'), '--url', url, ...options, '--out-file', resolve('src/ground/tables.ts'), '--verify'],
      {
        stdio: 'pipe',
      },
    );
  expect(verify).not.toThrow();
});
