// Asks the server, keeps the last answers (so that "back" shows at once what was there), and says what went wrong.
export class ApiError extends Error {
  constructor(readonly status: number, message: string, readonly hint: string | null = null) {
    super(message);
  }
}

const MOST_KEPT = 80;
const kept = new Map<string, { etag: string | null; value: unknown }>();

function keep(path: string, entry: { etag: string | null; value: unknown }): void {
  kept.delete(path);
  kept.set(path, entry);
  const oldest = kept.keys().next();
  if (kept.size > MOST_KEPT && !oldest.done) kept.delete(oldest.value);
}

async function problem(response: Response): Promise<ApiError> {
  try {
    const body = (await response.json()) as { error?: { message?: string; hint?: string | null } };
    return new ApiError(response.status, body.error?.message ?? response.statusText, body.error?.hint ?? null);
  } catch {
    return new ApiError(response.status, response.statusText);
  }
}

export function lastAnswer<T>(path: string): T | undefined {
  return kept.get(path)?.value as T | undefined;
}

/** GET /api/v1 + path. An answer that hasn't changed since (304) is the same object again. */
export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  const known = kept.get(path);
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (known?.etag) headers['If-None-Match'] = known.etag;
  const init: RequestInit = { headers, cache: 'no-store', credentials: 'same-origin' };
  if (signal) init.signal = signal;
  const response = await fetch(`/api/v1${path}`, init);
  if (response.status === 304 && known) return known.value as T;
  if (!response.ok) throw await problem(response);
  const value = (await response.json()) as T;
  keep(path, { etag: response.headers.get('ETag'), value });
  return value;
}

/** A query string of what is set, in a fixed order; empty values are left out. */
export function query(values: Record<string, string | number | null | undefined>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== null && value !== undefined && value !== '') search.set(name, String(value));
  }
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
}

/** An address out of the data as a link, only where it is one of the web. */
export function webAddress(address: string | null | undefined): string | null {
  if (!address) return null;
  try {
    const url = new URL(address);
    return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null;
  } catch {
    return null;
  }
}
