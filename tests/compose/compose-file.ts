import { parse } from 'yaml';
import { interpolate } from './interpolate.ts';

export type Service = {
  image: string;
  init?: boolean;
  profiles?: string[];
  entrypoint?: string[];
  command?: string[];
  environment?: Record<string, unknown>;
  ports?: string[];
  volumes?: string[];
  networks?: string[];
  network_mode?: string;
  configs?: { source: string; target: string; uid?: string }[];
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test?: string[] };
};

export type ComposeFile = {
  services: Record<string, Service>;
  networks?: Record<string, unknown>;
  volumes?: Record<string, unknown>;
  configs?: Record<string, { file?: string; content?: string }>;
};

/** A compose file as it is written, anchors resolved and variables not. */
export const parseCompose = (text: string): ComposeFile => parse(text, { merge: true });

/** A compose file with its variables filled in. Throws for a missing required variable, like docker compose. */
export const resolveCompose = (text: string, environment: Record<string, string>): ComposeFile =>
  mapTexts(parseCompose(text), (value) => interpolate(value, environment)) as ComposeFile;

/** Every text in it, with its path. */
export function textsIn(node: unknown, path: string[] = []): { path: string[]; text: string }[] {
  if (typeof node === 'string') return [{ path, text: node }];
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) => textsIn(value, [...path, key]));
}

function mapTexts(node: unknown, change: (text: string) => string): unknown {
  if (typeof node === 'string') return change(node);
  if (Array.isArray(node)) return node.map((item) => mapTexts(item, change));
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, mapTexts(value, change)]));
}
