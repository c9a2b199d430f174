// One way to draw, on a canvas and as SVG, so that what is saved is what is seen.

import { svg } from './dom';
import { flagUrl } from './look';

export interface Style { fill?: string; stroke?: string; width?: number; dash?: number[] | false; opacity?: number }
export interface Lettering { size: number; weight?: number; italic?: boolean; colour: string; halo?: string; anchor?: 'middle' | 'start' | 'end'; opacity?: number }
export interface At { x: number; y: number; scale: number }

export interface Pen {
  path(d: string, style: Style, at?: At): void;
  circle(x: number, y: number, radius: number, style: Style): void;
  text(text: string, x: number, y: number, lettering: Lettering): void;
  flag(source: string, x: number, y: number, width: number, height: number, opacity: number): void;
}

export const FAMILY = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif';
export const fontOf = ({ size, weight = 400, italic }: Lettering): string => `${italic ? 'italic ' : ''}${weight} ${size}px ${FAMILY}`;

const paths = new Map<string, Path2D>();
function pathOf(d: string): Path2D {
  let path = paths.get(d);
  if (!path) {
    path = new Path2D(d);
    paths.set(d, path);
  }
  return path;
}

const images = new Map<string, HTMLImageElement>();
// A flag as a picture; when one is not yet decoded, all is drawn again once it is.
export function imageOf(source: string, ready?: () => void): HTMLImageElement {
  let image = images.get(source);
  if (!image) {
    image = new Image(96, 64);
    image.src = flagUrl(source);
    images.set(source, image);
    if (ready) image.decode().then(ready, ready);
  }
  return image;
}

export class CanvasPen implements Pen {
  constructor(private readonly context: CanvasRenderingContext2D, private readonly ready?: () => void) {
    context.textBaseline = 'middle';
    context.lineJoin = 'round';
    context.lineCap = 'round';
  }

  path(d: string, style: Style, at?: At): void {
    const { context } = this;
    context.save();
    if (at) {
      context.translate(at.x, at.y);
      context.scale(at.scale, at.scale);
    }
    // Only glyphs come again and again: what moves is not worth keeping.
    this.paint(at ? pathOf(d) : new Path2D(d), style);
    context.restore();
  }

  circle(x: number, y: number, radius: number, style: Style): void {
    const path = new Path2D();
    path.arc(x, y, radius, 0, 2 * Math.PI);
    this.paint(path, style);
  }

  private paint(path: Path2D, { fill, stroke, width = 1, dash, opacity = 1 }: Style): void {
    const { context } = this;
    context.globalAlpha = opacity;
    if (fill) { context.fillStyle = fill; context.fill(path, 'evenodd'); }
    if (stroke) {
      context.setLineDash(dash || []);
      context.strokeStyle = stroke;
      context.lineWidth = width;
      context.stroke(path);
    }
    context.globalAlpha = 1;
  }

  text(text: string, x: number, y: number, lettering: Lettering): void {
    const { context } = this;
    context.font = fontOf(lettering);
    context.textAlign = lettering.anchor === 'start' ? 'left' : lettering.anchor === 'end' ? 'right' : 'center';
    context.globalAlpha = lettering.opacity ?? 1;
    if (lettering.halo) {
      context.setLineDash([]);
      context.strokeStyle = lettering.halo;
      context.lineWidth = 4;
      context.strokeText(text, x, y);
    }
    context.fillStyle = lettering.colour;
    context.fillText(text, x, y);
    context.globalAlpha = 1;
  }

  flag(source: string, x: number, y: number, width: number, height: number, opacity: number): void {
    const image = imageOf(source, this.ready);
    if (!image.complete || !image.naturalWidth) return;
    const { context } = this;
    context.save();
    context.globalAlpha = opacity;
    context.beginPath();
    context.roundRect(x - width / 2, y - height / 2, width, height, Math.min(4, height / 6));
    context.clip();
    context.drawImage(image, x - width / 2, y - height / 2, width, height);
    context.restore();
  }
}

// XML has no place for most control characters, whatever a name holds.
export const inXml = (text: string): string => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd');
const short = (value: number): string => String(Math.round(value * 10) / 10);

export class SvgPen implements Pen {
  constructor(private readonly holder: SVGElement) {}

  private styled({ fill, stroke, width, dash, opacity }: Style): Record<string, unknown> {
    return {
      fill: fill ?? 'none', 'fill-rule': fill ? 'evenodd' : null, stroke, 'stroke-width': stroke ? width : null, 'stroke-linecap': stroke ? 'round' : null,
      'stroke-dasharray': dash ? dash.join(' ') : null, opacity: opacity === 1 ? null : opacity,
    };
  }

  path(d: string, style: Style, at?: At): void {
    const transform = at ? `translate(${short(at.x)} ${short(at.y)}) scale(${at.scale.toFixed(3)})` : null;
    this.holder.append(svg('path', { d, ...this.styled(style), transform }));
  }

  circle(x: number, y: number, radius: number, style: Style): void {
    this.holder.append(svg('circle', { cx: short(x), cy: short(y), r: short(radius), ...this.styled(style) }));
  }

  text(text: string, x: number, y: number, { size, weight, italic, colour, halo, anchor = 'middle', opacity }: Lettering): void {
    this.holder.append(svg('text', {
      x: short(x), y: short(y + 0.35 * size), 'font-size': size, 'font-weight': weight, 'font-style': italic ? 'italic' : null, fill: colour,
      'text-anchor': anchor, stroke: halo, 'stroke-width': halo ? 3.5 : null, 'stroke-linejoin': 'round', 'paint-order': halo ? 'stroke' : null, opacity,
    }, inXml(text)));
  }

  flag(source: string, x: number, y: number, width: number, height: number, opacity: number): void {
    this.holder.append(svg('image', { x: short(x - width / 2), y: short(y - height / 2), width: short(width), height: short(height), href: flagUrl(source), opacity, preserveAspectRatio: 'xMidYMid slice' }));
  }
}
