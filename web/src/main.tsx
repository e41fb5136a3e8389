import './styles/fonts.css';
import './styles/page.css';
import { render } from 'preact';
import { App } from './app';
import { startLive } from './api/live';

history.scrollRestoration = 'manual';
const root = document.getElementById('app');
if (root) {
  startLive();
  render(<App />, root);
}
