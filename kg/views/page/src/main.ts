// Putting it together: every change redraws the picture, the panel and the controls.

import { showArticle } from './article';
import { showCards } from './cards';
import { bindControls, buildFilters, showControls, showLegend } from './controls';
import { byId } from './dom';
import { bindGraph, currentScene, draw, drawNow, loadFlags, showChosen } from './graph';
import { darkness } from './look';
import { data } from './model';
import { bindMap, frameSpots, mapScene, showMap } from './map';
import { showMatrix } from './matrix';
import { showPanel } from './panel';
import { bindSearch } from './search';
import { bindShare, pictureSvg } from './share';
import { pointAt } from './shapes';
import { listeners, picture, readAddress, select, state, tellAll, visibleStatements } from './state';
import { buildTime, showTime } from './time';
import { showTimeline } from './timeline';

const ROOM = 8000; // square pixels for an actor and its name
const LEAST_DRAWN = 14;
let opened = '';
const openMap = (): void => {
  if (opened !== state.view && state.view === 'map') { opened = state.view; frameSpots(); }
  else showMap();
  opened = state.view;
};

listeners.push(showControls, draw, openMap, showTimeline, showMatrix, showArticle, showPanel, showCards, showTime);
buildFilters();
buildTime();
showLegend();
bindControls();
bindSearch();
bindGraph();
bindMap();
bindShare();
if (window.matchMedia('(max-width: 760px)').matches) byId<HTMLDetailsElement>('legend').open = false;
fitLimit();
open(loadFlags());
window.addEventListener('hashchange', () => { readAddress(); showChosen(); });
darkness.addEventListener('change', () => { showLegend(); buildFilters(); tellAll(); });
// Another size is another sheet: what was chosen, or all, is brought into sight on it.
new ResizeObserver(() => { showChosen(); drawNow(); showMap(); showTimeline(); }).observe(byId('stage'));

// A small screen has room for fewer actors: the others come in by "Show more".
function fitLimit(): void {
  const { clientWidth, clientHeight } = byId('stage');
  if (clientWidth) data.limit = Math.min(data.limit, Math.max(LEAST_DRAWN, Math.round((clientWidth * clientHeight) / ROOM)));
}
function open(flags: Promise<unknown>): void {
  readAddress();
  if (state.entity || state.statement || state.pair) showChosen();
  void flags.then(draw);
}

// For tests and for whoever drives the page from its console.
Object.assign(window, {
  kg: {
    openStatement: (id: string) => select('statement', id),
    openEntity: (id: string) => select('entity', id),
    openPair: (key: string) => select('pair', key),
    visible: () => visibleStatements().map(({ id }) => id),
    pairs: () => [...picture().pairs.keys()],
    labels: () => currentScene().labels,
    icons: () => currentScene().actors.map(({ id, x, y, radius }) => ({ node: id, x, y, radius, left: x - radius, right: x + radius, top: y - radius, bottom: y + radius })),
    edgePoint: (key: string) => { const edge = currentScene().edges.find(({ pair }) => pair.key === key); return edge ? pointAt(edge.curve, 0.5) : null; },
    drawn: () => ({ nodes: currentScene().actors.length, edges: currentScene().edges.length }),
    map: () => { const { spots, arcs, nowhere } = mapScene(); return { spots: spots.map(({ id, x, y }) => ({ id, x, y })), arcs: arcs.map(({ pair }) => ({ key: pair.key, mean: pair.mean, reports: pair.reports })), nowhere }; },
    svg: () => new XMLSerializer().serializeToString(pictureSvg()),
  },
});
