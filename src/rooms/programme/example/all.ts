import type { ExampleSession } from './example.ts';
import { sessions as procurement } from './inkoop-en-start-ups.ts';
import { sessions as people } from './mensen-en-leiderschap.ts';
import { sessions as service } from './proces-en-dienst.ts';
import { sessions as together } from './samen-werken.ts';
import { sessions as technology } from './technologie-en-data.ts';
import { sessions as safety } from './veilig-en-gezond.ts';

/** The whole example edition, theme by theme. */
export const sessions: readonly ExampleSession[] = [...technology, ...together, ...procurement, ...people, ...safety, ...service];
