// What the program is given: the JSON that kg/views/payload.py writes. What is unknown, empty or false is left out.

export type Kind = 'person' | 'country' | 'organization' | 'place' | 'group' | 'thing';
export type Quad = 'verbal cooperation' | 'material cooperation' | 'verbal conflict' | 'material conflict';
export type Tone = Quad | 'none';
export type Standing =
  | 'asserted' | 'reported' | 'necessary' | 'future' | 'possible' | 'conditional' | 'hypothetical' | 'question' | 'denied';
export type Role = 'subject' | 'relation' | 'object' | 'source' | 'cue';
export type Range = [number, number];

export interface Entity {
  id: string; // put in when the data is read, as in statements and claims
  name: string;
  kind: Kind;
  names?: string[];
  wikidata?: string;
  country?: string; // the entity of its state
  code?: string; // ISO 3166-1 alpha-3 of its state
  sector?: string;
  part_of?: string;
  at?: [number, number]; // longitude and latitude
  degree?: number;
  asserted?: number;
  articles?: number;
  group?: number; // its community
}

export interface Coding {
  event?: string;
  mode?: string | null;
  quad?: Quad;
  cameo?: string | null;
  goldstein?: number | null;
}

export interface Statement extends Coding {
  id: string;
  pair: string; // the key of its two ends, put in when the data is read
  subject: string;
  object: string;
  relation: string;
  label: string;
  standing: Standing;
  claims: string[];
  confidence?: number;
  inferred?: boolean;
  disputed?: boolean;
  office?: boolean;
  first?: string;
  last?: string;
}

export interface Claim {
  id: string;
  article: string;
  standing: Standing;
  subject?: string; // the three only of a claim that makes no statement
  object?: string;
  label?: string;
  source?: string;
  speaker?: string; // the entity of its source
  when?: string;
  dated?: boolean; // its own words give the date, not the day of publication
  place?: string;
  event?: string;
  begin?: number; // days since 1970, worked out from `when`
  end?: number;
  statement?: Statement;
}

export interface Article {
  title: string;
  published?: string;
  publisher?: string;
  url?: string;
}

export interface Words extends Coding {
  sentence: Range;
  spans: Partial<Record<Role, Range>>;
  polarity: string;
  modality: string;
  confidence?: number;
  inferred?: boolean;
  cue?: string;
  quoted?: boolean;
  time?: string;
}

export interface Evidence {
  texts: Record<string, [number, string][]>;
  claims: Record<string, Words>;
  reasons: Record<string, [string, string, number][]>;
}

interface Look { name: string; light: string; dark: string }

export interface Palette {
  kinds: Record<Kind, Look>;
  quads: Record<Tone, Look & { short: string }>;
  standings: Record<Standing, { name: string; dashes: number[] | false }>;
}

export interface Payload {
  title: string;
  line: string;
  limit: number;
  claims_in_all: number; // of the graph, of which a page of a very large one holds the strongest
  palette: Palette;
  standings: Standing[];
  entities: Record<string, Entity>;
  statements: Record<string, Statement>;
  claims: Record<string, Claim>;
  articles: Record<string, Article>;
  flags: Record<string, string>;
}
