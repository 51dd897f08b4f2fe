import type { en } from './en-reasons.ts';

export type Meaning = keyof typeof en;

/** Meta's codes by what they mean to a reader. */
const meanings: Record<Meaning, readonly number[]> = {
  token: [0, 190],
  permission: [3, 10, 131005],
  fault: [1, 2, 131000, 131016],
  away: [133004],
  upgrading: [131057],
  tooFast: [4, 80007, 130429],
  pairTooFast: [131056],
  spam: [131048],
  classification: [131064],
  cap: [131049],
  stopped: [131050],
  window: [131047],
  unreachable: [131026],
  experiment: [130472],
  blocked: [130403],
  changed: [137000],
  phoneNeeded: [131062],
  payment: [131042],
  locked: [368, 131031],
  country: [130497],
  displayName: [131037],
  unregistered: [131045, 133000, 133010],
  unknown: [33, 803],
  registration: [133005, 133006, 133008, 133009, 133015, 133016],
  itself: [131021],
  content: [100, 131008, 131009, 135000],
  kind: [131051, 131055],
  file: [131053],
  fileIn: [131052],
  'template.count': [132000],
  'template.unknown': [132001],
  'template.long': [132005],
  'template.rule': [132007],
  'template.form': [132012, 132018],
  'template.paused': [132015],
  'template.disabled': [132016],
  'template.flow': [132068, 132069],
  'template.refused': [131063, 134100, 134101, 134102],
  'template.most': [2388019],
  'template.part': [2388040, 2388047, 2388072, 2388073],
  'template.deleted': [2388023],
  'template.taken': [2388024],
  'template.missing': [2388043],
  'template.variables': [2388293],
  'template.edge': [2388299],
};

const byCode = new Map(
  (Object.entries(meanings) as [Meaning, readonly number[]][]).flatMap(([meaning, codes]) =>
    codes.map((code) => [code, meaning] as const),
  ),
);

/** What a code of Meta's means; null for one that nobody here knows. */
export function meaningOf(code: number): Meaning | null {
  return byCode.get(code >= 200 && code <= 299 ? 10 : code) ?? null;
}
