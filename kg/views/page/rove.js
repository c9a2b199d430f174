// One tab stop for many marks: arrow keys go from one to the next in its row, and to the nearest of the next row.
// Each mark has a row and a column in its data, and a key by which it is found again when all are made anew.

function rove(holder, selector) {
  const marks = () => [...holder.querySelectorAll(selector)];
  const place = (mark) => [Number(mark.dataset.row), Number(mark.dataset.column)];
  holder.addEventListener('keydown', (event) => {
    const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
    const from = event.target.closest(selector);
    if (!step || !from) return;
    event.preventDefault();
    const [row, column] = place(from);
    const ahead = marks().filter((mark) => {
      const [r, c] = place(mark);
      return step[0] ? (r - row) * step[0] > 0 : r === row && (c - column) * step[1] > 0;
    });
    const far = (mark) => Math.abs(place(mark)[0] - row) * 1e6 + Math.abs(place(mark)[1] - column);
    const next = ahead.reduce((best, mark) => (best && far(best) <= far(mark) ? best : mark), null);
    if (next) settle(next);
  });
  holder.addEventListener('focusin', ({ target }) => { if (target.matches(selector)) stop(target); });
  const stop = (chosen) => marks().forEach((mark) => { mark.tabIndex = mark === chosen ? 0 : -1; });
  const settle = (mark) => { stop(mark); mark.focus(); mark.scrollIntoView({ block: 'nearest', inline: 'nearest' }); };
  return function replaceMarks(...content) {
    const focused = holder.contains(document.activeElement) && document.activeElement.dataset.key;
    const { scrollTop, scrollLeft } = holder;
    holder.replaceChildren(...content.filter(Boolean));
    [holder.scrollTop, holder.scrollLeft] = [scrollTop, scrollLeft];
    const again = focused && marks().find((mark) => mark.dataset.key === focused);
    const first = again || marks()[0];
    if (first) stop(first);
    if (again) again.focus();
  };
}
