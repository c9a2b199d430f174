// What the page knows: the data that was written into it, and look-ups made from it once.

const data = JSON.parse(document.getElementById('data').textContent);
const { entities, statements, claims, articles, palette } = data;
const nodeOf = new Map(data.nodes.map((node) => [node.id, node]));
const edgeOf = new Map(data.edges.map((edge) => [edge.id, edge]));
const rankOf = new Map(Object.keys(entities).map((id, rank) => [id, rank]));
const statementsOf = new Map(Object.keys(entities).map((id) => [id, []]));
const OWN_VOICE = "Article's own voice";
const NO_EVENT = 'No event type';

for (const [id, statement] of Object.entries(statements)) {
  statement.id = id;
  for (const end of new Set([statement.subject, statement.object])) statementsOf.get(end).push(statement);
}
for (const [id, claim] of Object.entries(claims)) claim.id = id;

// The strongest first: asserted, between actors, of many claims, of a strong event, of high confidence.
// Timeline and matrix are of actors: what is done with a thing is in the picture and the panel.
const betweenActors = (list) => list.filter(({ subject, object }) => !isThing(subject) && !isThing(object));
const isThing = (id) => entities[id].kind === 'thing';
function strength(statement) {
  return [
    data.standings.indexOf(statement.standing),
    statement.event ? 0 : 1,
    isThing(statement.subject) + isThing(statement.object),
    -statement.claims.length,
    -Math.abs(statement.goldstein || 0),
    -(statement.confidence || 0),
  ];
}
const ordered = Object.values(statements)
  .map((statement) => [strength(statement), statement])
  .sort(([a, x], [b, y]) => {
    const first = a.findIndex((value, i) => value !== b[i]);
    return first < 0 ? (x.id < y.id ? -1 : 1) : a[first] - b[first];
  })
  .map(([, statement]) => statement);
const strengthOf = new Map(ordered.map((statement, rank) => [statement.id, rank]));
for (const list of statementsOf.values()) list.sort((a, b) => strengthOf.get(a.id) - strengthOf.get(b.id));

const claimsOf = (statement) => statement.claims.map((id) => claims[id]);
const sourceOf = (claim) => claim.source || OWN_VOICE;
const eventOf = (claim) => claim.event || NO_EVENT;
const nameOf = (id) => entities[id].name;
const quadOf = (statement) => statement.quad || 'none';
const other = (statement, id) => (statement.subject === id ? statement.object : statement.subject);
const plural = (count, one, many) => `${count.toLocaleString('en')} ${count === 1 ? one : many || one + 's'}`;

// What follows from the state alone is worked out once for each change of it.
let changes = 0;
function oncePerChange(work) {
  let [made, at] = [null, -1];
  return () => {
    if (at !== changes) [made, at] = [work(), changes];
    return made;
  };
}

// What the filters offer: each value with the number of claims, or of entities, that have it.
function counted(values) {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) || 0) + 1);
  return counts;
}
const allClaims = Object.values(claims);
const FACETS = {
  standing: { name: 'Standing', values: counted(allClaims.map((claim) => claim.standing)), label: (key) => palette.standings[key].name },
  kind: { name: 'Kinds of entity', values: counted(Object.values(entities).map((entity) => entity.kind)), label: (key) => palette.kinds[key].name },
  event: { name: 'Event types', values: counted(allClaims.map(eventOf)), label: (key) => key },
  source: { name: 'Sources', values: counted(allClaims.map(sourceOf)), label: (key) => key },
  article: { name: 'Articles', values: counted(allClaims.map((claim) => claim.article)), label: (key) => articles[key].title },
};
