// Keeps a draft while somebody writes: some seconds after the last letter, without a page that moves.

export type Word = 'kept' | 'not-kept';

/** `send` keeps the form and answers what it began with from now on, or null when it could not. */
export function keepWhile(
  form: HTMLFormElement,
  send: (fields: FormData) => Promise<{ readonly revision: number; readonly begun: unknown } | null>,
  tell: (word: Word) => void,
  seconds = 4,
): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let busy = false;
  const later = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void keep(), seconds * 1000);
  };
  const keep = async (): Promise<void> => {
    if (busy) return later();
    busy = true;
    const fields = new FormData(form);
    fields.set('auto', 'yes');
    const kept = await send(fields).catch(() => null);
    busy = false;
    if (kept) {
      set(form, 'revision', String(kept.revision));
      set(form, 'begun', JSON.stringify(kept.begun));
    }
    tell(kept ? 'kept' : 'not-kept');
  };
  // Whoever hands it in is done with drafts.
  const stop = (): void => clearTimeout(timer);
  form.addEventListener('input', later);
  form.addEventListener('submit', stop);
  return () => {
    stop();
    form.removeEventListener('input', later);
    form.removeEventListener('submit', stop);
  };
}

function set(form: HTMLFormElement, name: string, value: string): void {
  const field = form.elements.namedItem(name);
  if (field instanceof HTMLInputElement) field.value = value;
}
