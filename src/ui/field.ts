/** What somebody typed in a field of a form, without the spaces around it and never longer than `most`. */
export function fieldIn(form: Pick<FormData, 'get'>, name: string, most: number): string {
  const typed = form.get(name);
  return typeof typed === 'string' ? typed.trim().slice(0, most) : '';
}
