import { render } from 'solid-js/web';
import { App } from './app.tsx';
import { signIn } from './stores/session.ts';
import './styles.css';

void signIn();
render(() => <App />, document.getElementById('app')!);
