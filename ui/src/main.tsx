import { render } from 'solid-js/web';
import { App } from './app.tsx';
import { oneTimeToken, signIn } from './stores/session.ts';
import './styles.css';

void signIn();
// the address with the token, opened where Danube is shown already, loads nothing anew
window.addEventListener('hashchange', () => {
  if (oneTimeToken() !== null) void signIn();
});
render(() => <App />, document.getElementById('app')!);
