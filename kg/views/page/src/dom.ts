// Elements made by hand: whatever comes from an article is set as text, never as markup.

type Child = Node | string | null | undefined | false | Child[];
type Attributes = Record<string, unknown>;

const SVG = 'http://www.w3.org/2000/svg';

export const byId = <T extends HTMLElement = HTMLElement>(id: string): T => document.getElementById(id) as T;

function append(node: Element, children: Child[]): void {
  for (const child of children) {
    if (Array.isArray(child)) append(node, child);
    else if (child) node.append(child);
  }
}
function filled<T extends Element>(node: T, attributes: Attributes, children: Child[]): T {
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') node.addEventListener(key.slice(2), value as EventListener);
    else if (value !== null && value !== undefined && value !== false) node.setAttribute(key, value === true ? '' : String(value));
  }
  append(node, children);
  return node;
}
export const el = <K extends keyof HTMLElementTagNameMap>(name: K, attributes: Attributes = {}, ...children: Child[]): HTMLElementTagNameMap[K] =>
  filled(document.createElement(name), attributes, children);
export const svg = (name: string, attributes: Attributes = {}, ...children: Child[]): SVGElement =>
  filled(document.createElementNS(SVG, name), attributes, children);

export const button = (text: Child, act: (event: Event) => void, attributes: Attributes = {}): HTMLButtonElement =>
  el('button', { type: 'button', onclick: act, ...attributes }, text);
export const tag = (text: string, attributes: Attributes = {}): HTMLElement => el('span', { class: 'tag', dir: 'auto', ...attributes }, text);
export const link = (url: string, text: string): HTMLElement =>
  el('a', { href: url, target: '_blank', rel: 'noopener noreferrer', dir: 'auto' }, text);

export const shorten = (text: string, length: number): string =>
  (text.length > length ? `${text.slice(0, length - 1).trimEnd()}…` : text);
export const plural = (count: number, one: string, many = `${one}s`): string => `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
export const signed = (score: number): string => `${score > 0 ? '+' : score < 0 ? '−' : ''}${Math.abs(score).toFixed(1)}`;
export const calm = (): boolean => window.matchMedia('(prefers-reduced-motion: reduce)').matches;

export function download(name: string, blob: Blob): void {
  const anchor = el('a', { download: name, href: URL.createObjectURL(blob) });
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(anchor.href), 1000);
}
