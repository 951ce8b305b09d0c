import { session, signOut } from '../../stores/session.ts';
import { Button } from '../forms/button.tsx';

/** Who is signed in, and the way out. */
export function Account() {
  return (
    <div class="flex items-center gap-3">
      <span class="text-muted">{session().name}</span>
      <Button onClick={() => void signOut()}>Sign out</Button>
    </div>
  );
}
