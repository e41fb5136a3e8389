// The state of the record: /status is asked every few seconds (an ETag makes that cheap), less often while nobody looks.
import { useEffect, useState } from 'preact/hooks';
import { get } from './client';
import type { Status } from './types';

const EVERY = 4000;
const EVERY_FAILED = 10000;

interface Live { status: Status | null; failed: boolean; arrived: number | null }

let live: Live = { status: null, failed: false, arrived: null };
const listeners = new Set<(live: Live) => void>();
let timer: ReturnType<typeof setTimeout> | undefined;
let asking = false;

function tell(next: Live): void {
  live = next;
  for (const listener of [...listeners]) listener(live);
}

async function ask(): Promise<void> {
  if (asking) return;
  asking = true;
  try {
    const status = await get<Status>('/status');
    const before = live.status;
    if (status !== before || live.failed) {
      const changed = before !== null && before.revision !== status.revision;
      const arrived = changed ? Math.max(0, status.articles - before.articles) : live.arrived;
      tell({ status, failed: false, arrived });
    }
  } catch {
    if (!live.failed) tell({ ...live, failed: true });
  } finally {
    asking = false;
    plan();
  }
}

function plan(): void {
  clearTimeout(timer);
  if (document.hidden) return;
  timer = setTimeout(() => void ask(), live.failed ? EVERY_FAILED : EVERY);
}

export function startLive(): void {
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) void ask();
  });
  void ask();
}

export function useLive(): Live {
  const [state, set] = useState(live);
  useEffect(() => {
    set(live);
    listeners.add(set);
    return () => void listeners.delete(set);
  }, []);
  return state;
}

export const revision = (state: Live): string => String(state.status?.revision ?? '');
