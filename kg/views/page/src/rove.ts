// One tab stop for many marks: arrow keys go from one to the next in its row, and to the nearest of the next row. Each
// mark has a row and a column in its data, and a key by which it is found again when all are made anew.

const STEPS: Record<string, [number, number]> = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

export function rove(holder: HTMLElement, selector: string): (...content: (Node | null | false)[]) => void {
  const marks = (): HTMLElement[] => [...holder.querySelectorAll<HTMLElement>(selector)];
  const place = (mark: HTMLElement): [number, number] => [Number(mark.dataset['row']), Number(mark.dataset['column'])];
  const stop = (chosen: HTMLElement): void => marks().forEach((mark) => { mark.tabIndex = mark === chosen ? 0 : -1; });
  const settle = (mark: HTMLElement): void => { stop(mark); mark.focus(); mark.scrollIntoView({ block: 'nearest', inline: 'nearest' }); };
  holder.addEventListener('keydown', (event) => {
    const step = STEPS[event.key];
    const from = (event.target as HTMLElement).closest<HTMLElement>(selector);
    if (!step || !from) return;
    event.preventDefault();
    const [row, column] = place(from);
    const ahead = marks().filter((mark) => {
      const [r, c] = place(mark);
      return step[0] ? (r - row) * step[0] > 0 : r === row && (c - column) * step[1] > 0;
    });
    const far = (mark: HTMLElement): number => Math.abs(place(mark)[0] - row) * 1e6 + Math.abs(place(mark)[1] - column);
    const next = ahead.reduce<HTMLElement | null>((best, mark) => (best && far(best) <= far(mark) ? best : mark), null);
    if (next) settle(next);
  });
  holder.addEventListener('focusin', ({ target }) => { if ((target as HTMLElement).matches(selector)) stop(target as HTMLElement); });
  return (...content) => {
    const active = document.activeElement as HTMLElement | null;
    const focused = active && holder.contains(active) ? active.dataset['key'] : undefined;
    const { scrollTop, scrollLeft } = holder;
    holder.replaceChildren(...content.filter((each): each is Node => Boolean(each)));
    [holder.scrollTop, holder.scrollLeft] = [scrollTop, scrollLeft];
    const again = focused ? [...holder.querySelectorAll<HTMLElement>('[data-key]')].find((mark) => mark.dataset['key'] === focused) : undefined;
    const first = (again?.matches(selector) ? again : undefined) ?? marks()[0];
    if (first) stop(first);
    again?.focus();
  };
}
