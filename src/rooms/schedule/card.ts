// A session as it lies on the board: what who arranges the month must see of it, and nothing else.
import type { Text } from '#ground/text.ts';
import { changesOf, clashesOf, type Board, type Clash, type OnBoard, type Spot } from './board.ts';

export interface Card {
  readonly code: string;
  readonly title: Text;
  /** The number of its theme's line; 0: it has none. */
  readonly line: number;
  readonly theme: Text | null;
  readonly isCancelled: boolean;
  readonly isPinned: boolean;
  /** Participants know something else than stands here. */
  readonly isChanged: boolean;
  readonly revision: number;
  readonly spot: Spot | null;
  readonly clashes: readonly Clash[];
}

/** What makes cards of sessions, reckoned once for a whole board. */
export function cardsOf(
  board: Board,
  themes: readonly { readonly slug: string; readonly line: number; readonly name: Text }[],
): (session: OnBoard) => Card {
  const clashes = clashesOf(board);
  const changed = new Set(changesOf(board).map(({ code }) => code));
  const bySlug = new Map(themes.map((theme) => [theme.slug, theme]));
  return ({ id, code, title, themes: [main], state, isPinned, revision, spot }) => {
    const theme = main === undefined ? undefined : bySlug.get(main);
    return {
      ...{ code, title, isPinned, revision, spot },
      line: theme?.line ?? 0,
      theme: theme?.name ?? null,
      isCancelled: state === 'cancelled',
      isChanged: changed.has(code),
      clashes: clashes.get(id) ?? [],
    };
  };
}
