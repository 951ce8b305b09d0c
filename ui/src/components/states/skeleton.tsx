import { Index } from 'solid-js';

/** Stands where lines will be, and says that they are coming. */
export function Skeleton(props: { readonly lines?: number }) {
  return (
    <div role="status" aria-label="Loading" class="flex flex-col gap-3 py-2">
      <Index each={Array.from({ length: props.lines ?? 6 })}>
        {() => <div class="bg-line h-9 rounded motion-safe:animate-pulse" />}
      </Index>
    </div>
  );
}

/** For the time before anything else of the page is known. */
export function SkeletonPage() {
  return (
    <main class="mx-auto max-w-6xl p-6">
      <Skeleton />
    </main>
  );
}
