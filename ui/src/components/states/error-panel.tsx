import type { ApiError } from '../../api/api-error.ts';
import { Button } from '../forms/button.tsx';

/** What went wrong, in the words of the server, and a way to try again. */
export function ErrorPanel(props: { readonly error: ApiError; readonly onRetry: () => void }) {
  return (
    <div role="alert" class="border-bad bg-raised flex flex-col items-start gap-3 rounded border p-4">
      <p>
        <strong class="text-bad font-semibold">This could not be loaded.</strong> {props.error.message}
      </p>
      <Button onClick={() => props.onRetry()}>Try again</Button>
    </div>
  );
}
