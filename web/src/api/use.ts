// A view's data: what was last told at once, the answer when it comes, and again whenever the record changes.
import { useEffect, useReducer, useRef, useState } from 'preact/hooks';
import { ApiError, get, lastAnswer } from './client';
import { revision, useLive } from './live';

export interface Answer<T> { data: T | null; error: ApiError | null; loading: boolean; retry: () => void }

export function useApi<T>(path: string | null): Answer<T> {
  const now = revision(useLive());
  const seen = useRef('');
  const [state, set] = useState<{ path: string | null; data: T | null; error: ApiError | null }>({ path: null, data: null, error: null });
  const [round, retry] = useReducer<number, void>((n) => n + 1, 0);
  // The first revision that becomes known is the one that was asked under: no second round for it.
  if (seen.current === '' && now !== '') seen.current = now;
  const asked = now === '' ? seen.current : now;

  useEffect(() => {
    if (path === null) return undefined;
    const control = new AbortController();
    get<T>(path, control.signal).then(
      (data) => set({ path, data, error: null }),
      (reason: unknown) => {
        if (control.signal.aborted) return;
        const error = reason instanceof ApiError ? reason : new ApiError(0, String(reason instanceof Error ? reason.message : reason));
        set((old) => ({ path, data: old.path === path ? old.data : null, error }));
      },
    );
    return () => control.abort();
  }, [path, round, asked === seen.current ? '' : asked]);

  const current = state.path === path;
  const data = current && state.data !== null ? state.data : path === null ? null : (lastAnswer<T>(path) ?? null);
  const error = current ? state.error : null;
  return { data, error, loading: path !== null && data === null && error === null, retry: () => retry() };
}
