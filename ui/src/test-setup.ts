import { cleanup, configure } from '@solidjs/testing-library';
import { afterEach } from 'vitest';

configure({ asyncUtilTimeout: 20_000 });
afterEach(cleanup);
