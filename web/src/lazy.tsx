// A part of a page that is loaded when it is shown first. (Preact's compat layer would bring more than is needed.)
import type { ComponentChildren, ComponentType, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';

type Loader<P> = () => Promise<{ default: ComponentType<P> }>;

/** The component of a module, loaded once; before that nothing, or what `fallback` shows. */
export function lazy<P extends object>(load: Loader<P>, fallback: ComponentChildren = null): ComponentType<P> {
  let made: ComponentType<P> | null = null;
  let coming: Promise<void> | null = null;
  return function Lazy(props: P): JSX.Element {
    const [, again] = useState(0);
    const [failed, fail] = useState<Error | null>(null);
    useEffect(() => {
      if (made) return undefined;
      let here = true;
      coming ??= load().then((module) => void (made = module.default)).catch((reason: unknown) => {
        coming = null;
        throw reason;
      });
      coming.then(() => here && again((n) => n + 1), (reason: unknown) => here && fail(reason instanceof Error ? reason : new Error(String(reason))));
      return () => void (here = false);
    }, []);
    if (failed) throw failed;
    const Made = made;
    return Made ? <Made {...props} /> : <>{fallback}</>;
  };
}
