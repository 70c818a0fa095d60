import fc from 'fast-check';
import { expect, test } from 'vitest';
import { judge } from './judge.ts';
import { questions, type Document, type Question } from './question.ts';
import { fuzz } from './run.ts';

test('whatever a program asks, the answer is one that the document promises', { timeout: 180_000 }, async () => {
  const seed = fc.sample(fc.nat(), 1)[0]!;
  console.log(`fuzz: seed ${seed}`);
  const { asked, faults, statuses, said } = await fuzz(1500, seed);
  expect({ seed, faults, said }).toEqual({ seed, faults: [], said: '' });
  expect(asked).toBe(1500);
  // It comes further than the door: there are good answers and refusals too.
  for (const status of [200, 400, 401, 404]) expect(statuses[status]).toBeGreaterThan(10);
});

const document: Document = JSON.parse(`{
  "openapi": "3.1.0",
  "paths": { "/things": { "get": { "operationId": "listThings", "responses": {
    "200": { "content": { "application/json": { "schema": { "type": "object", "required": ["items"], "properties": { "items": { "type": "array" } } } } } },
    "400": {} } } } },
  "components": { "schemas": { "Problem": { "type": "object", "required": ["status", "title"] } } }
}`);
const question: Question = { described: '/things', method: 'GET', path: '/api/v1/things', headers: {}, body: null, as: 'visitor', hasUnknown: false };
const headers = { 'api-version': '1.0.0', 'x-content-type-options': 'nosniff', 'content-type': 'application/json' };
const right = { status: 200, headers, text: '{"items":[]}', milliseconds: 5 };

test('a right answer is right, and each wrong one is found', () => {
  const judged = (answer: Partial<typeof right>, asked: Partial<Question> = {}) =>
    judge(document)({ ...question, ...asked }, { ...right, ...answer });
  expect(judged({})).toBeNull();
  expect(judged({ status: 400, text: '{"status":400,"title":"x"}' })).toBeNull();
  const wrong = [
    judged({ status: 500 }),
    judged({ status: 201 }),
    judged({ text: '{"things":[]}' }),
    judged({ text: '{"items":{}}' }),
    judged({ status: 400, text: '<h1>no</h1>' }),
    judged({ status: 400, text: '{"status":400}' }),
    judged({ headers: { ...headers, 'content-type': 'text/html' } }),
    judged({ headers: { 'x-content-type-options': 'nosniff' } as unknown as typeof headers }),
    judged({ milliseconds: 11_000 }),
    judged({}, { hasUnknown: true }),
    judged({ status: 405 }),
    judged({ status: 401, text: '{"status":401,"title":"x"}' }),
  ];
  expect(wrong.filter((one) => one === null)).toEqual([]);
});

test('one seed is one row of questions', () => {
  const made = questions(document, { tokens: { visitor: null }, known: { code: ['AAAAAA'] } });
  expect(fc.sample(made, { seed: 5, numRuns: 20 })).toEqual(fc.sample(made, { seed: 5, numRuns: 20 }));
});
