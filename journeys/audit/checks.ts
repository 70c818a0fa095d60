// What is looked at on a page, each as a list of sentences: an empty one is good.
import axe from 'axe-core';
import { CspEvaluator } from 'csp_evaluator/dist/evaluator.js';
import { Severity } from 'csp_evaluator/dist/finding.js';
import { CspParser } from 'csp_evaluator/dist/parser.js';
import { HtmlValidate } from 'html-validate';
import type { Page } from 'playwright-core';

/** Everything that axe-core knows of WCAG 2.0 to 2.2 and of good practice, the sizes of targets too. */
export async function accessibility(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    interface Violation {
      readonly id: string;
      readonly nodes: readonly { readonly html: string }[];
    }
    const { axe } = globalThis as unknown as { axe: { run: (what: Document, how: object) => Promise<{ violations: readonly Violation[] }> } };
    const { violations } = await axe.run(document, { resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } });
    return violations.map(({ id, nodes }) => `axe ${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' ')}`);
  });
}

const validator = new HtmlValidate({
  root: true,
  extends: ['html-validate:standard'],
  rules: {
    // Matters of spelling that Svelte decides: <!doctype html>, <br/>, and spaces that nobody sees.
    'doctype-style': 'off',
    'void-style': 'off',
    'no-trailing-whitespace': 'off',
    'attribute-boolean-style': 'off',
    'attribute-empty-style': 'off',
    // A session is called what its host calls it.
    'long-title': 'off',
  },
});

/** The page as it was sent, by html-validate. */
export async function markup(html: string): Promise<string[]> {
  const { results } = await validator.validateString(html);
  return results.flatMap(({ messages }) => messages.map(({ ruleId, message, line, column }) => `html ${ruleId} at ${line}:${column}: ${message}`));
}

/** The content security policy, by csp_evaluator: everything it calls a fault, or perhaps one. */
export function policy(header: string | undefined): string[] {
  if (header === undefined) return ['csp: there is none'];
  const findings = new CspEvaluator(new CspParser(header).csp).evaluate();
  return findings
    .filter(({ severity }) => severity < Severity.STRICT_CSP)
    .map(({ directive, description, value = '' }) => `csp ${directive} ${value}: ${description}`);
}

/** Nothing scrolls sideways. */
export const sideways = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth > clientWidth ? [`scrolls ${scrollWidth - clientWidth} px sideways`] : [];
  });

export interface Focus {
  readonly faults: readonly string[];
  readonly stops: number;
}

/** What a keyboard comes by, one after the other: each shows that it has the focus, and nothing lies over it. */
export async function focus(page: Page, most = 60): Promise<Focus> {
  const faults: string[] = [];
  await page.evaluate(() => (document.activeElement instanceof HTMLElement ? document.activeElement.blur() : undefined));
  let stops = 0;
  for (; stops < most; stops++) {
    await page.keyboard.press('Tab');
    const fault = await page.evaluate(whatIsWrongWithFocus);
    if (fault === 'end') break;
    if (fault !== null) faults.push(fault);
  }
  return { faults, stops };
}

/** Runs in the page. */
function whatIsWrongWithFocus(): string | null {
  const it = document.activeElement;
  if (!(it instanceof HTMLElement || it instanceof SVGElement) || it === document.body) return 'end';
  // A hidden input shows its focus on the label that is seen instead.
  const shown = [
    it,
    it.closest('label'),
    it.id === '' ? null : document.querySelector(`label[for="${CSS.escape(it.id)}"]`),
    it.nextElementSibling,
  ].filter((one) => one !== null);
  const hasRing = shown.some((one) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
    return (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2) || boxShadow !== 'none';
  });
  const what = `${it.tagName.toLowerCase()} "${(it.textContent || it.getAttribute('aria-label') || it.getAttribute('name') || '').trim().slice(0, 40)}"`;
  if (!hasRing) return `focus: ${what} does not show it`;
  const { left, top, width, height } = it.getBoundingClientRect();
  const over = document.elementFromPoint(left + width / 2, top + Math.min(height / 2, 20));
  const isCovered = over !== null && width > 2 && !shown.some((one) => one.contains(over) || over.contains(one));
  return isCovered && getComputedStyle(over).position !== 'static' ? `focus: ${what} lies under ${over.tagName.toLowerCase()}` : null;
}

export interface Targets {
  readonly faults: readonly string[];
  readonly count: number;
}

/** Everything to press is 24 by 24 pixels, or has that room to itself, or is a word in a sentence (WCAG 2.5.8). */
export const targets = (page: Page): Promise<Targets> =>
  page.evaluate(() => {
    const wanted = 24;
    interface Target {
      readonly it: Element;
      readonly box: DOMRect;
    }
    const all: Target[] = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button]')]
      .map((it) => ({ it, box: (it instanceof HTMLInputElement ? (it.labels?.[0] ?? it) : it).getBoundingClientRect() }))
      .filter(({ it, box }) => box.width > 1 && box.height > 1 && it.checkVisibility({ visibilityProperty: true, opacityProperty: false }));
    const isBig = ({ box }: Target) => box.width >= wanted - 0.5 && box.height >= wanted - 0.5;
    const isInSentence = ({ it }: Target) =>
      getComputedStyle(it).display === 'inline' && (it.parentElement?.textContent?.trim().length ?? 0) > (it.textContent?.trim().length ?? 0);
    const middle = ({ box }: Target) => [box.left + box.width / 2, box.top + box.height / 2] as const;
    const hasRoom = (one: Target) => {
      const [x, y] = middle(one);
      return all.every((other) => {
        if (other.it === one.it || other.it.contains(one.it) || one.it.contains(other.it)) return true;
        const [nearX, nearY] = [Math.max(other.box.left, Math.min(x, other.box.right)), Math.max(other.box.top, Math.min(y, other.box.bottom))];
        return Math.hypot(x - nearX, y - nearY) >= wanted / 2 - 0.5;
      });
    };
    const faults = all
      .filter((one) => !isBig(one) && !isInSentence(one) && !hasRoom(one))
      .map(
        ({ it, box }) =>
          `target: ${it.tagName.toLowerCase()} "${(it.textContent ?? '').trim().slice(0, 30)}" is ${Math.round(box.width)} x ${Math.round(box.height)}`,
      );
    return { faults, count: all.length };
  });
