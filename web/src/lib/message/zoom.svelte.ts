import type { Attachment } from 'svelte/attachments';

const most = 6;

/** How far a picture is enlarged and moved: by wheel, by dragging, by two fingers, by keys. */
export class Zoom {
  scale = $state(1);
  #x = $state(0);
  #y = $state(0);
  readonly transform = $derived(`translate(${this.#x}px, ${this.#y}px) scale(${this.scale})`);

  by(factor: number): void {
    this.scale = Math.min(most, Math.max(1, this.scale * factor));
    if (this.scale < 1.02) this.reset();
  }

  reset(): void {
    this.scale = 1;
    this.#x = 0;
    this.#y = 0;
  }

  /** Moves the enlarged picture by an arrow key. */
  nudge(code: string): void {
    const step = 60;
    if (code === 'ArrowLeft') this.#x += step;
    if (code === 'ArrowRight') this.#x -= step;
    if (code === 'ArrowUp') this.#y += step;
    if (code === 'ArrowDown') this.#y -= step;
  }

  /** Follows pointers on the stage; a click on the picture enlarges it, or brings it back. */
  readonly follow: Attachment<HTMLElement> = (stage) => {
    const fingers = new Map<number, PointerEvent>();
    let moved = 0;
    const gap = () => {
      const [one, two] = [...fingers.values()];
      return one && two ? Math.hypot(one.clientX - two.clientX, one.clientY - two.clientY) : 0;
    };
    const isPicture = (event: Event) => event.target instanceof HTMLImageElement;
    const down = (event: PointerEvent) => {
      if (!isPicture(event)) return;
      fingers.set(event.pointerId, event);
      moved = 0;
    };
    const move = (event: PointerEvent) => {
      const last = fingers.get(event.pointerId);
      if (!last) return;
      const before = gap();
      fingers.set(event.pointerId, event);
      const [dx, dy] = [event.clientX - last.clientX, event.clientY - last.clientY];
      moved += Math.abs(dx) + Math.abs(dy);
      if (fingers.size === 2 && before > 0) this.by(gap() / before);
      else if (this.scale > 1) {
        this.#x += dx;
        this.#y += dy;
      }
    };
    const up = (event: PointerEvent) => {
      const wasDown = fingers.delete(event.pointerId);
      if (!wasDown || fingers.size > 0 || moved > 6 || event.type !== 'pointerup') return;
      if (this.scale > 1) this.reset();
      else this.by(2.5);
    };
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      this.by(event.deltaY < 0 ? 1.15 : 1 / 1.15);
    };
    stage.addEventListener('pointerdown', down);
    stage.addEventListener('wheel', wheel, { passive: false });
    addEventListener('pointermove', move);
    addEventListener('pointerup', up);
    addEventListener('pointercancel', up);
    return () => {
      stage.removeEventListener('pointerdown', down);
      stage.removeEventListener('wheel', wheel);
      removeEventListener('pointermove', move);
      removeEventListener('pointerup', up);
      removeEventListener('pointercancel', up);
    };
  };
}
