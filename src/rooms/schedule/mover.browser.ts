// Moving sessions on the board by keyboard and by dragging. What it would mean anywhere is fetched once, when a session is
// picked up; while it moves, only numbers are read.
import { hereIn, isClear, type Here, type SentFigures } from './figures.ts';

export interface Picked {
  readonly code: string;
  readonly revision: string;
  readonly title: string;
}

export interface Moving {
  /** Where the figures are asked. */
  readonly figures: string;
  readonly onPick: (picked: Picked) => void;
  /** At which cell it is now; null: no figures yet, or a time that has none. */
  readonly onMove: (picked: Picked, where: string, here: Here | null) => void;
  readonly onDrop: (picked: Picked, to: { readonly start: string; readonly end: string; readonly venue: string }) => void;
  readonly onCancel: (picked: Picked) => void;
  readonly onUndo: () => void;
}

/** Listens on the board until the answer is called. */
export function startMoving(root: HTMLElement, moving: Moving): () => void {
  let carried: { readonly picked: Picked; readonly card: HTMLElement; figures: SentFigures | null } | null = null;
  let target: HTMLTableCellElement | null = null;

  const venueOf = (cell: HTMLElement, card: HTMLElement): string =>
    cell.dataset['venue'] === 'own' ? (card.dataset['venue'] ?? '') : (cell.dataset['venue'] ?? '');

  function pick(card: HTMLElement): void {
    cancel(false);
    const picked = {
      code: card.dataset['card'] ?? '',
      revision: card.dataset['revision'] ?? '0',
      title: card.querySelector('span')?.textContent?.trim() ?? '',
    };
    const mine = { picked, card, figures: null as SentFigures | null };
    carried = mine;
    card.dataset['carried'] = '';
    moving.onPick(picked);
    fetch(`${moving.figures}?sessie=${picked.code}`, { headers: { accept: 'application/json' } })
      .then(async (answer): Promise<SentFigures | null> => (answer.ok ? answer.json() : null))
      .then((figures) => {
        mine.figures = figures;
        if (carried === mine && target) show(target, false);
      })
      // Without figures it can be moved all the same.
      .catch(() => undefined);
  }

  function show(cell: HTMLTableCellElement, takesFocus: boolean): void {
    if (!carried) return;
    if (target && target !== cell) delete target.dataset['target'];
    target = cell;
    const here = carried.figures && hereIn(carried.figures, cell.dataset['cell'] ?? '', venueOf(cell, carried.card));
    cell.dataset['target'] = here && !isClear(here) ? 'clash' : 'free';
    if (takesFocus) cell.focus();
    moving.onMove(carried.picked, cell.dataset['name'] ?? '', here);
  }

  function letGo(): void {
    if (target) delete target.dataset['target'];
    if (carried) delete carried.card.dataset['carried'];
    target = null;
    carried = null;
  }

  function cancel(isSaid = true): void {
    if (!carried) return;
    const { picked, card } = carried;
    letGo();
    if (!isSaid) return;
    card.focus();
    moving.onCancel(picked);
  }

  function drop(): void {
    if (!carried || !target) return;
    const [start = '', end = ''] = (target.dataset['cell'] ?? '').split('-');
    const [{ picked, card }, cell] = [carried, target];
    letGo();
    moving.onDrop(picked, { start, end, venue: venueOf(cell, card) });
  }

  const cells = (): HTMLTableCellElement[] => [...root.querySelectorAll<HTMLTableCellElement>('td[data-cell]')];

  /** The next cell that way; over times that are not there. */
  function beside(cell: HTMLTableCellElement, key: string): HTMLTableCellElement | null {
    const row = cell.parentElement as HTMLTableRowElement;
    const rows = [...(row.parentElement as HTMLTableSectionElement).rows];
    const across = key === 'ArrowLeft' ? -1 : key === 'ArrowRight' ? 1 : 0;
    const down = key === 'ArrowUp' ? -1 : key === 'ArrowDown' ? 1 : 0;
    let [x, y] = [cell.cellIndex, rows.indexOf(row)];
    for (;;) {
      x += across;
      y += down;
      const next = rows[y]?.cells[x];
      if (!next || (across === 0 && down === 0)) return null;
      if (next instanceof HTMLTableCellElement && next.dataset['cell']) return next;
    }
  }

  const onKey = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const from = event.target instanceof HTMLElement ? event.target : null;
    if (carried) return whileCarried(event);
    if (from?.closest('input, select, textarea')) return;
    const card = from?.closest<HTMLElement>('[data-card]');
    if (card && root.contains(card) && (event.key === 'Enter' || event.key === ' ')) {
      event.preventDefault();
      pick(card);
      const own = card.closest<HTMLTableCellElement>('td[data-cell]') ?? cells()[0];
      if (own) show(own, true);
    } else if (event.key === 'z') moving.onUndo();
  };

  function whileCarried(event: KeyboardEvent): void {
    if (event.key === 'Escape') cancel();
    else if (event.key === 'Enter' || event.key === ' ') drop();
    else if (event.key.startsWith('Arrow') && target) {
      const next = beside(target, event.key);
      if (next) show(next, true);
    } else if (event.key === 'Tab') return cancel();
    else return;
    event.preventDefault();
  }

  document.addEventListener('keydown', onKey);
  let stopDragging = (): void => undefined;
  let isOver = false;
  void draggingOn(root, { pick, over: (cell) => show(cell, false), drop, cancel }).then((stop) => {
    if (isOver) stop();
    else stopDragging = stop;
  });
  return () => {
    isOver = true;
    letGo();
    stopDragging();
    document.removeEventListener('keydown', onKey);
  };
}

interface Dragging {
  readonly pick: (card: HTMLElement) => void;
  readonly over: (cell: HTMLTableCellElement) => void;
  readonly drop: () => void;
  readonly cancel: () => void;
}

/** By mouse, fetched only where there is one. */
async function draggingOn(root: HTMLElement, { pick, over, drop, cancel }: Dragging): Promise<() => void> {
  if (!matchMedia('(any-pointer: fine)').matches) return () => undefined;
  const { draggable, dropTargetForElements } = await import('@atlaskit/pragmatic-drag-and-drop/element/adapter');
  let isDropped = false;
  const stops = [
    ...[...root.querySelectorAll<HTMLElement>('[data-card]')].map((element) => {
      element.draggable = true;
      return draggable({
        element,
        onDragStart: () => {
          isDropped = false;
          pick(element);
        },
        onDrop: () => {
          if (!isDropped) cancel();
        },
      });
    }),
    ...[...root.querySelectorAll<HTMLTableCellElement>('td[data-cell]')].map((element) =>
      dropTargetForElements({
        element,
        onDragEnter: () => over(element),
        onDrop: () => {
          isDropped = true;
          drop();
        },
      }),
    ),
  ];
  return () => stops.forEach((stop) => stop());
}

/** Sends a form of the board; the answer is what `deserialize` reads. */
export async function post(to: string, fields: Readonly<Record<string, string>>): Promise<string> {
  const answer = await fetch(to, {
    method: 'POST',
    headers: { accept: 'application/json', 'x-sveltekit-action': 'true' },
    body: new URLSearchParams(fields),
  });
  return answer.text();
}
