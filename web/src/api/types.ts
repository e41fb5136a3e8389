// The shapes that /api/v1 answers with (server/openapi.json). Fields that an older database may lack are optional.
export interface Party { name: string; kb?: string | null; english?: string | null; type?: string | null }
export interface Span { begin: number; end: number }

export interface List<Row> { rows: Row[]; offset: number; limit: number; more: boolean; total: number | null }

export interface WatchState { folder: string; files: number; coded: number; faults: number; waiting: number; stories?: boolean; problem?: string | null }

export interface Status {
  version: string;
  schema: number;
  articles: number;
  outlets: number;
  events: number;
  quotes: number;
  stories: number;
  first: string | null;
  last: string | null;
  revision: number | string;
  stories_stale?: boolean;
  watch: WatchState | null;
}

export interface StoryBrief {
  story: number;
  title: string;
  outlet: string | null;
  first: string | null;
  last: string | null;
  articles: number;
  origins: number;
  outlets: string[];
  contradictions: number;
  facts: number;
  actors: Party[];
  places: Party[];
  weight?: number;
}

export interface Front { top: StoryBrief[]; newest: StoryBrief[]; contested: StoryBrief[] }

export interface StoryArticle {
  article?: number;
  origin: number;
  id: string;
  uri: string;
  outlet: string | null;
  agency?: string | null;
  published: string | null;
  title: string;
}

export interface StoryJoin { a: number; b: number; odds: number; by_hand: boolean; because?: { kind: string; words: string }[] }

export interface Story {
  brief: StoryBrief;
  story: { story: number; origins: number; articles: StoryArticle[]; joins: StoryJoin[]; follows: { story: number } | null };
  actors: (Party & { articles: number })[];
  places: (Party & { lat: number | null; lon: number | null; articles: number })[];
  before: StoryBrief[];
  after: StoryBrief[];
}

export interface Telling extends Span {
  article: number;
  uri: string;
  kind: string;
  text: string;
  sentence: (Span & { text: string }) | null;
  type?: string;
  mode?: string | null;
  status?: string;
  actor?: string[];
  recipient?: string[];
  place?: string | null;
  date?: string | null;
  via?: string[];
  speaker?: string | null;
  value?: number | string;
  high?: number | null;
  bound?: string;
  what?: string;
  unit?: string | null;
}

export interface Fact {
  kind: string;
  articles: number;
  origins: number;
  silent: number[];
  contradiction: boolean;
  contradictions: { kind: string; members: [number, number]; sense: string | null }[];
  members: Telling[];
}

export interface Facts {
  story: number | string;
  articles: StoryArticle[];
  cut: boolean;
  facts: Fact[];
  offset?: number;
  limit?: number;
  more?: boolean;
  total?: number | null;
}

interface ArticleRow {
  article: number;
  id: string;
  uri: string;
  address: string | null;
  outlet: string | null;
  published: string | null;
  title: string;
  version?: number;
}

export interface SearchRow extends ArticleRow, Span { sentence: string; marks: Span[] }

export interface EventRow extends ArticleRow, Span {
  event: number;
  date: string | null;
  type: string;
  mode: string | null;
  quad: number;
  status: string;
  actor: Party[];
  recipient: Party[];
  via: Party[];
  place: Party | null;
  words: string;
  rule: string;
  confidence: number;
}

export interface QuoteRow extends ArticleRow, Span {
  quote: number;
  kind: string;
  speaker: Party | null;
  via: Party[];
  words: string;
  rule: string;
  confidence: number;
}

export interface Mention extends Span { form: string }
export interface Entity {
  id: string;
  type: string;
  name: string;
  english: string | null;
  kb: string | null;
  key: string | null;
  country: string | null;
  sector: string | null;
  at?: { lat: number; lon: number } | null;
  roles: { office: string; country: string | null; of: string | null; begin: number; end: number }[];
  mentions: Mention[];
}
export interface Quote extends Span {
  id: string;
  kind: string;
  speaker: string | null;
  cue: Span | null;
  via: string[];
  rule: string;
  confidence: number;
}
export interface Event extends Span {
  id: string;
  type: string;
  mode: string | null;
  cameo: string | null;
  quad: number;
  intensity: number | null;
  context: string[];
  trigger: Span;
  actor: string[];
  recipient: string[];
  place: string | null;
  date: string | null;
  status: string;
  via: string[];
  quote: string | null;
  rule: string;
  confidence: number;
}
export interface Count extends Span {
  value: number;
  high: number | null;
  bound: string;
  what: string;
  unit: string | null;
  event: string | null;
}
export interface Block extends Span { kind: string }

export interface Article {
  article: {
    id: number;
    name?: string;
    uri: string;
    address: string | null;
    outlet: string | null;
    published: string | null;
    title: string;
    version: number;
    story: number | null;
  };
  text: string;
  record: {
    id: string;
    language: string;
    author: string | null;
    blocks: Block[];
    entities: Entity[];
    dates: (Span & { value: string })[];
    quotes: Quote[];
    events: Event[];
    counts: Count[];
  };
}

export interface ActorRow extends Party {
  articles: number;
  country?: string | null;
  first?: string | null;
  last?: string | null;
}

export interface Office {
  office: string;
  organ?: string | null;
  organ_name?: string | null;
  body?: string | null;
  of?: string | Party | null;
  from?: string | null;
  to?: string | null;
  first?: string | null;
  last?: string | null;
  articles?: number;
  times?: number;
  note?: string | null;
  line?: string;
  person?: string;
  person_name?: string | null;
  person_english?: string | null;
}

export interface LexiconEntry extends Party {
  country?: string | null;
  country_name?: string | null;
  country_english?: string | null;
  sector?: string | null;
  kind?: string | null;
  spellings?: string[];
  shared?: string[];
  short?: string[];
  long?: string[];
  offices?: Office[];
  holders?: Office[];
  line?: string;
  lat?: number | null;
  lon?: number | null;
}

export interface ActorPage {
  lexicon: { found: LexiconEntry[]; near?: LexiconEntry[] } | null;
  database: Record<string, unknown> | null;
  spellings: { form: string; times: number }[];
  years: { year: string | number; articles: number; quotes: number; did: number; undergone: number }[];
  offices: Office[];
  met: { nodes: (Party & { kb: string; articles: number })[]; links: { a: string; b: string; times: number }[] };
}

export interface Period {
  period: string;
  events: number;
  quad: [number, number, number, number];
  score: number | null;
  types: Record<string, number>;
}
export interface Series { by: string; periods: Period[] }

export interface Towards { events: number; cooperation: number; conflict: number; score: number | null }
export interface Dyad { a: string; b: string; by: string; periods: { period: string; a_to_b: Towards; b_to_a: Towards }[] }

export interface OutletRow {
  outlet: string;
  articles: number;
  first: string | null;
  last: string | null;
  events: number;
  quotes: number;
  stories: number;
  firsts: number;
  alone: number;
  copies: number;
}
export interface OutletPage extends OutletRow {
  months: { period: string; articles: number }[];
  actors: (Party & { articles?: number; times?: number })[];
  countries: { country?: string; code?: string; kb?: string; name?: string; english?: string | null; articles?: number; events?: number; times?: number }[];
  types: Record<string, number>;
}
