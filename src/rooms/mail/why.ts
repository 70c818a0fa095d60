// Why a letter did not leave, in words: a fault of a mail server by its number, or what no longer held.
import type { Language } from '#ground/visit.ts';
import { words } from '#words';
import { unreachable, unwanted } from './topics.ts';

export function why(fault: string, language: Language): string {
  const t = words(language);
  if (fault === unwanted) return t('letters.why-unwanted');
  if (fault === unreachable) return t('letters.why-unreachable');
  if (fault === 'too many today') return t('letters.why-many');
  if (fault === 'the team kept it back') return t('letters.why-kept');
  if (/ 5\d\d$/.test(fault)) return t('letters.why-refused', { code: fault });
  return /^(unknown|[A-Z0-9_]+( [0-9]{3})?)$/.test(fault) ? t('letters.why-fault', { code: fault }) : t('letters.why-over');
}
