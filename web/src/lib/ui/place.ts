export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

export type Placement = 'below-end' | 'below-start' | 'above-end' | 'above-start' | 'beside';

const margin = 8;

/**
 * Where a box of this size goes beside its button, in pixels of the view: at the side asked for, at the other one where that has no
 * room, and always wholly in sight. `end` is the right in a language that runs to the right.
 */
export function place(
  anchor: Box,
  size: { width: number; height: number },
  view: { width: number; height: number },
  placement: Placement,
  isRtl: boolean,
  gap = 6,
): { left: number; top: number } {
  const within = (at: number, length: number, whole: number) => Math.max(margin, Math.min(at, whole - length - margin));
  if (placement === 'beside') {
    const left = isRtl ? anchor.left - size.width - 10 : anchor.left + anchor.width + 10;
    const top = anchor.top + anchor.height - size.height;
    return { left: within(left, size.width, view.width), top: within(top, size.height, view.height) };
  }
  const [vertical, edge] = placement.split('-');
  const keepsLeft = (edge === 'start') !== isRtl;
  const left = keepsLeft ? anchor.left : anchor.left + anchor.width - size.width;
  const above = anchor.top - gap - size.height;
  const below = anchor.top + anchor.height + gap;
  const roomAbove = above >= margin;
  const roomBelow = below + size.height <= view.height - margin;
  const isAbove = vertical === 'above' ? roomAbove || !roomBelow : !roomBelow && roomAbove;
  return { left: within(left, size.width, view.width), top: within(isAbove ? above : below, size.height, view.height) };
}
