// What the page knows: the data that was written into it, and look-ups made from it once.

const data = JSON.parse(document.getElementById('data').textContent);
const { entities, statements, claims, articles, palette } = data;
const nodeOf = new Map(data.nodes.map((node) => [node.id, node]));
const rankOf = new Map(Object.keys(entities).map((id, rank) => [id, rank]));
const statementsOf = new Map(Object.keys(entities).map((id) => [id, []]));
const OWN_VOICE = "Article's own voice";
const NO_EVENT = 'No event type';

for (const [id, statement] of Object.entries(statements)) {
  statement.id = id;
  for (const end of new Set([statement.subject, statement.object])) statementsOf.get(end).push(statement);
}
for (const [id, claim] of Object.entries(claims)) claim.id = id;

// They come with the strongest first.
const ordered = Object.values(statements);
const strengthOf = new Map(ordered.map((statement, rank) => [statement.id, rank]));

// Timeline and matrix are of actors: what is done with a thing is in the picture and the panel.
const isThing = (id) => entities[id].kind === 'thing';
const betweenActors = (list) => list.filter(({ subject, object }) => !isThing(subject) && !isThing(object));

// The words of a claim are parsed only when somebody first asks for them: they are most of a large page.
let evidence = null;
function inFull(claim) {
  evidence ||= JSON.parse(document.getElementById('evidence').textContent);
  return { ...claim, ...evidence[claim.id] };
}

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
  standing: { name: 'Polarity and modality', values: counted(allClaims.map((claim) => claim.standing)), label: (key) => palette.standings[key].name },
  kind: { name: 'Kinds of entity', values: counted(Object.values(entities).map((entity) => entity.kind)), label: (key) => palette.kinds[key].name },
  event: { name: 'Event types', values: counted(allClaims.map(eventOf)), label: (key) => key },
  source: { name: 'Sources', values: counted(allClaims.map(sourceOf)), label: (key) => key },
  article: { name: 'Articles', values: counted(allClaims.map((claim) => claim.article)), label: (key) => articles[key].title },
};
