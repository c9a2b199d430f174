// Putting it together: every change redraws the picture, the panel and the controls.

listeners.push(draw, showTimeline, showMatrix, showPanel, showControls);
buildFilters();
showLegend();
bindControls();
if (window.matchMedia('(max-width: 760px)').matches) byId('legend').open = false;
readAddress();
window.addEventListener('hashchange', readAddress);
darkness.addEventListener('change', () => { showLegend(); buildFilters(); tellAll(); });
new ResizeObserver(() => { draw(); fit(); showTimeline(); }).observe(box);

// For tests and for whoever drives the page from its console.
window.kg = {
  openStatement: (id) => select('statement', id),
  openEntity: (id) => select('entity', id),
  visible: () => visibleStatements().map((statement) => statement.id),
  labels: () => placed.map(({ text, left, right, top, bottom, node, edge }) => ({ text, left, right, top, bottom, node, edge })),
  icons: () => shown.order.map(iconBox),
  edgePoint: (id) => network.canvasToDOM(network.body.edges[`${statements[id].subject}\u0000${statements[id].object}`].edgeType.getPoint(0.5)),
  drawn: () => ({ nodes: shown.order.length, edges: shown.groups.size }),
};
