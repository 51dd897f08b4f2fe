import type { Person } from './people.ts';
import type { Template } from './templates.ts';

/** The code an accepted template fails with for the person's sake: marketing they stopped, had enough of, or get in the USA. */
export function failureOfTemplate(person: Person, template: Template | undefined): number | undefined {
  if (person.isUnreachable) return 131026;
  if (template?.category !== 'MARKETING') return undefined;
  if (person.stopsMarketing) return 131050;
  return person.isCapped || isAmerican(person.waId) ? 131049 : undefined;
}

/** A number of the USA; Canada and others share its country code. */
function isAmerican(waId: string): boolean {
  return /^1\d{10}$/.test(waId) && !ELSEWHERE.has(waId.slice(1, 4));
}

const ELSEWHERE = new Set(
  (
    '204 226 236 249 250 263 289 306 343 354 365 367 368 382 403 416 418 428 431 437 438 450 468 474 506 514 519 548 579 581 584 587 ' +
    '604 613 639 647 672 683 705 709 742 753 778 780 782 807 819 825 867 873 879 902 905 ' +
    '242 246 264 268 284 345 441 473 649 658 664 721 758 767 784 809 829 849 868 869 876'
  ).split(' '),
);
