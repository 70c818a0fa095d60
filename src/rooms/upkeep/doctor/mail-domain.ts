// What the name server says about a domain that sends mail, as internet.nl looks at it.
import { ok, warning, wrong, type Finding } from './finding.ts';

/** SPF: who may send for this domain; it ends by refusing everybody else, and asks for ten look-ups at most. */
export function spfOf(records: readonly string[], domain: string): Finding {
  const found = records.filter((record) => /^v=spf1(\s|$)/i.test(record));
  if (found.length === 0) return wrong('spf-none', { domain });
  if (found.length > 1) return wrong('spf-two', { domain });
  const terms = found[0]!.toLowerCase().split(/\s+/).slice(1);
  const lookUps = terms.filter((term) => /^[+?~-]?(include:|a$|a[:/]|mx$|mx[:/]|ptr|exists:)|^redirect=/.test(term)).length;
  if (lookUps > 10) return wrong('spf-many', { domain, count: lookUps });
  const isStrict = terms.some((term) => term === '-all' || term === '~all' || term.startsWith('redirect='));
  return isStrict ? ok('spf', { domain }) : warning('spf-loose', { domain });
}

/** DMARC: what receivers do with mail that is not from this domain after all. */
export function dmarcOf(records: readonly string[], domain: string): Finding {
  const found = records.find((record) => /^v=DMARC1\s*;/i.test(record));
  if (found === undefined) return wrong('dmarc-none', { domain });
  const policy = /;\s*p\s*=\s*(\w+)/i.exec(found)?.[1]?.toLowerCase() ?? 'none';
  return policy === 'quarantine' || policy === 'reject' ? ok('dmarc', { domain, policy }) : warning('dmarc-loose', { domain });
}
