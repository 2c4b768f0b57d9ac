/** Types for the checker only; nothing of this is embedded. docs/html.md tells the form of the data. */

/** A value of the capture. Objects keep the order of their members, and members that stand twice. */
type Value = string | null | boolean | NumberText | Members | Left | Value[];
interface NumberText { number: string }              // as written
interface Members { members: [string, Value][] }
interface Left { left: number }                      // bytes of a body that is not in the report
type Maybe = Value | undefined;

interface Found { rule: number; pointer: string; message: string; done: string | null }

type Column = Int8Array | Int16Array | Int32Array | Float64Array;
type Columns = Record<'at' | 'time' | 'method' | 'host' | 'type' | 'mime' | 'protocol' | 'address' | 'page' | 'status' | 'wire' | 'size' | 'set'
  | 'flags' | 'source' | 'value' | 'origin', Column>;
interface Table { words: string[]; column: Column }  // -1: none

/** A block of packed values as it stands. */
interface Block { k: string[][]; s: any[]; v: any[]; f: [number, number, number, number, number][] }

/** data.js: the capture, by rows in the order of the index. Times in milliseconds, -1: not known. */
interface Capture {
  count: number;
  title: string;
  start: number | null;      // ms since 1970
  duration: number;
  options: { bodies: string; redact: boolean; custom: string; links: boolean };
  sources: [string, string, number][];
  rules: { id: string; level: 'error' | 'warning' | 'info'; title: string; count: number }[];
  pages: { id: string; title: string; at: number | null; timings: [string, number][]; source: number }[];
  types: string[];
  at: Column; time: Column; phases: Column[];
  status: Column; wire: Column; size: Column; flags: Column; page: Column; source: Column; type: Column; set: Column;
  method(row: number): string;
  origin(row: number): string;        // scheme, host, port
  host(row: number): string;          // host and port only
  path(row: number): string;
  url(row: number): string;
  mime(row: number): string;
  protocol(row: number): string;
  address(row: number): string;
  level(row: number): 0 | 1 | 2 | 3;  // worst finding: none, info, warning, error
  rulesOf(row: number): number[];
  entry(row: number): Value;          // decodes its chunk; the last few stay; null: it is not in this file
  found(row: number): Found[];
  pointer(row: number): string;       // "/log/entries/12"
  general: Found[];                   // findings of no row
  log(): Members;                     // without pages and entries
  pageValues(): Value[];
  chunkText(chunk: number): string;   // the block as it stands, for searches
  chunkOf(row: number): number;
  tables: { method: Table; origin: Table; mime: Table; protocol: Table; address: Table };
  problems: string[];                 // what is missing in this file, for people: to be shown as notes
}

/** filter.js: parseQuery(text, capture) -> Query, searchDeep(capture, query, rows, onProgress) -> DeepSearch */
interface Query {
  text: string;
  problems: string[];                 // words that are not understood, to be shown below the box
  test(row: number): boolean;         // all terms but the deep ones
  deep: boolean;                      // has terms that need the entries themselves (header:, body:, any:)
  testDeep(row: number): boolean;     // the deep terms; may decode a chunk
}

type Test = (row: number) => boolean;
type Compile = (text: string) => Test | string;
interface Deep { may: RegExp[]; test(entry: Value): boolean }  // texts that a chunk has when an entry in it passes

/** Runs testDeep() over rows, in slices, so that the page stays alive. */
interface DeepSearch {
  cancel(): void;
  done: Promise<Uint32Array | null>;  // those that match, in the order given; null: cancelled
}
type OnProgress = (seen: number, total: number) => void;

/** view.js */
interface View {
  capture: Capture;
  ends: Float64Array;                 // of rows, for axes: times out of all proportion do not count
  end: number;                        // of the capture, or of its last page's timings; at least 1
  rows: Uint32Array;                  // what is shown, in order
  selected: number;                   // row, -1: none; not always one of `rows`
  sort: string; down: boolean;        // key of a column (list.js)
  text: string; query: Query;         // what it says, and what is understood
  page: number;                       // -1: all, -2: what has no page
  source: number;                     // -1: all
  scale: 'capture' | 'page' | 'row';
  window: [number, number] | null;    // of the brush, ms since the start
  busy: number;                       // of a deep search, percent; 0: none runs
  /** What is not told stays. A window sets the scale as long as it is there. */
  set(changes: Partial<Pick<View, 'sort' | 'down' | 'text' | 'page' | 'source' | 'scale' | 'window'>>): void;
  select(row: number): void;
  on(listener: (what: string) => void): void; // what has changed: 'rows' (also their axis), 'selected', 'busy'
}

/** waterfall.js: the times that the waterfall spans. `base`: what a row's times are relative to. */
interface Axis { from: number; to: number; base(row: number): number; ofRow: boolean; marks?: boolean }

/** list.js */
interface ColumnOf {
  key: string; title: string;
  name: string;                       // class of its cells
  least: number;                      // its width, or the least
  grow?: number;                      // its share of what is left
  keep: number;                       // the highest goes first when the list is narrow; 0 stays
  text?(capture: Capture, row: number): string;
}
type Fill = (row: number) => void;    // a cell anew
interface Line { element: HTMLElement; fill: Fill[]; index: number; row: number; top: number } // -1: of none
type List = ReturnType<typeof createList>;

/** detail.js: what the tabs are made of. `url`: as the entry has it; `mark`: a pointer that Raw shows, below the entry. */
interface Opened {
  capture: Capture; row: number; entry: Value; url: string; request: Value; response: Value; post: Maybe; content: Maybe;
  found: Found[]; query: { raw?: string; rows: (() => HTMLElement)[] };
  mark: string | undefined;
  jump(pointer: string): void;
}
type TabFill = (opened: Opened) => (Node | string)[];
interface Detail {
  show(row: number): void;
  hide(): void;
  turn(by: number): void;             // to the next tab, or the one before
}
